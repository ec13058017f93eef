#include "app/RemoteFileArgument.h"

#include "profiles/TargetAddress.h"

#include <QRegularExpression>

namespace app {
namespace {

std::optional<RemoteFile> parseUrl(const QByteArray &argument)
{
    const QString url = QString::fromUtf8(argument);
    const auto address = profiles::TargetAddress::parse(url);
    if (!address) {
        return RemoteFile{url, {}}; // whoever connects says what is wrong with it
    }
    if (address->purpose != profiles::TargetAddress::Purpose::Files) {
        return std::nullopt;
    }
    const QByteArray home = "/~/";
    const bool isBelowHome = address->path.startsWith(home);
    return RemoteFile{url, isBelowHome ? address->path.sliced(home.size()) : address->path};
}

} // namespace

std::optional<RemoteFile> parseRemoteFile(const QByteArray &argument)
{
    if (argument.contains("://")) {
        return parseUrl(argument);
    }
    // Latin-1 maps every byte to one character and back, whatever encoding the path has.
    static const QRegularExpression form(
        QStringLiteral(
            R"(^((?:[^:\[\]]*@)?(?:\[[^\[\]]*\]|[^:\[\]]+)(?::[0-9]{1,5}(?=:))?):(.*)$)"),
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(argument));
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    return RemoteFile{QString::fromUtf8(match.captured(1).toLatin1()),
                      match.captured(2).toLatin1()};
}

} // namespace app
