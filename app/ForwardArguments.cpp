#include "app/ForwardArguments.h"

#include "app/ArgumentText.h"
#include "app/CommandLineOptions.h"
#include "base/DisplayText.h"
#include "ui/errors/ForwardErrorText.h"

#include <QCommandLineParser>
#include <QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using profiles::Forward;

struct Option
{
    Forward::Kind kind;
    QCommandLineOption option;
};

std::array<Option, 3> forwardOptions(const CommandLineOptions &options)
{
    return {Option{Forward::Kind::Local, options.localForward},
            Option{Forward::Kind::Remote, options.remoteForward},
            Option{Forward::Kind::Dynamic, options.dynamicForward}};
}

} // namespace

base::Result<ForwardRequest, UsageError> parseForward(const QByteArrayList &words,
                                                      const QCommandLineParser &parser,
                                                      const CommandLineOptions &options)
{
    if (words.size() != 1 || words.first().isEmpty()) {
        return usage(u"tunnel needs one server: ponto tunnel TARGET -L [ADDRESS:]PORT:HOST:PORT"_s);
    }
    ForwardRequest request{QString::fromUtf8(words.first()), {}};
    for (const auto &[kind, option] : forwardOptions(options)) {
        for (const QString &value : parser.values(option)) {
            const QString text = textOf(value);
            const auto forward = Forward::parse(kind, text);
            if (!forward) {
                return usage(u"-%1 %2: %3"_s.arg(option.names().first(), base::displayText(text),
                                                 ui::forwardErrorText(forward.error())));
            }
            request.forwards.append(*forward);
        }
    }
    return request;
}

base::Result<ProxyRequest, UsageError> parseProxy(const QByteArrayList &words)
{
    if (words.size() != 3 || words.first().isEmpty() || words.at(1).isEmpty()) {
        return usage(u"proxy needs a session, a host and a port: ponto proxy TARGET HOST PORT"_s);
    }
    const auto port = numberBetween(1, 65535, QString::fromUtf8(words.last()),
                                    u"The port must be a number, 1 to 65535."_s);
    if (!port) {
        return base::Failure(port.error());
    }
    const QByteArray ascii = QUrl::toAce(QString::fromUtf8(words.at(1)));
    // A numeric address with a zone is none for toAce().
    return ProxyRequest{QString::fromUtf8(words.first()), ascii.isEmpty() ? words.at(1) : ascii,
                        static_cast<quint16>(*port)};
}

base::Result<void, UsageError> checkForwardOptions(const CommandLine::Request &request,
                                                   const QCommandLineParser &parser,
                                                   const CommandLineOptions &options)
{
    if (std::holds_alternative<ForwardRequest>(request)) {
        return {};
    }
    for (const auto &[kind, option] : forwardOptions(options)) {
        if (parser.isSet(option)) {
            return usage(u"-%1 is for tunnel only."_s.arg(option.names().first()));
        }
    }
    return {};
}

} // namespace app
