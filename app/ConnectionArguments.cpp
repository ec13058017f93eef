#include "app/ConnectionArguments.h"

#include "app/ArgumentText.h"
#include "profiles/ProxyText.h"
#include "profiles/TargetName.h"
#include "profiles/Transport.h"
#include "ssh/Algorithms.h"
#include "ui/errors/ErrorText.h"

#include <QCommandLineParser>

#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr uint longestTimeoutSeconds = 24 * 60 * 60;

base::Result<profiles::LoginOrder, UsageError> loginOrderOf(const QString &list)
{
    const auto order = profiles::loginOrderFromNames(textOf(list).split(u',', Qt::SkipEmptyParts));
    if (!order) {
        return usage(quoted(order.error().subject) + u" is no way to log in: --help lists them."_s);
    }
    if (order->isEmpty()) {
        return usage(u"The login order names no way to log in."_s);
    }
    return *order;
}

base::Result<QStringList, UsageError> parseCiphers(const QString &list)
{
    QStringList ciphers = list.split(u',', Qt::SkipEmptyParts);
    const QStringList known = ssh::supportedAlgorithms(profiles::AlgorithmList::Cipher);
    for (const QString &cipher : std::as_const(ciphers)) {
        if (!known.contains(cipher)) {
            return usage(quoted(cipher) + u" is no cipher here. There are "_s + known.join(u", "_s)
                         + u'.');
        }
    }
    return ciphers;
}

base::Result<void, UsageError> parseTransport(const QCommandLineParser &parser,
                                              const CommandLineOptions &options,
                                              ConnectionOptions &result)
{
    result.compress = parser.isSet(options.compress);
    result.sftpServer = textOf(parser.value(options.sftpServer)).trimmed();
    if (parser.isSet(options.keepAlive)) {
        const auto seconds
            = numberBetween(0, static_cast<uint>(profiles::longestKeepAlive.count()),
                            parser.value(options.keepAlive),
                            u"The keep-alive time must be a number of seconds, or 0 for never."_s);
        if (!seconds) {
            return base::Failure(seconds.error());
        }
        result.keepAlive = std::chrono::seconds(*seconds);
    }
    const auto ciphers = parseCiphers(textOf(parser.value(options.cipher)));
    if (!ciphers) {
        return base::Failure(ciphers.error());
    }
    result.ciphers = *ciphers;
    return {};
}

// "none" as in ssh_config(5): the saved jump hosts do not count.
base::Result<QStringList, UsageError> parseJumpHosts(const QString &text)
{
    if (text == u"none"_s) {
        return QStringList();
    }
    QStringList hosts;
    for (const QString &host : text.split(u',')) {
        if (host.trimmed().isEmpty()) {
            return usage(u"-J needs names of sessions, hosts of ~/.ssh/config or "
                         "user@host[:port], with commas between them."_s);
        }
        hosts.append(host.trimmed());
    }
    return hosts;
}

base::Result<void, UsageError> parseRoute(const QCommandLineParser &parser,
                                          const CommandLineOptions &options,
                                          ConnectionOptions &result)
{
    if (parser.isSet(options.jump)) {
        const auto hosts = parseJumpHosts(textOf(parser.value(options.jump)));
        if (!hosts) {
            return base::Failure(hosts.error());
        }
        result.jumpHosts = *hosts;
    }
    if (parser.isSet(options.proxy)) {
        const auto proxy = profiles::parseProxy(textOf(parser.value(options.proxy)));
        if (!proxy) {
            return usage(u"--proxy: "_s + ui::proxyErrorText(proxy.error()));
        }
        result.proxy = *proxy;
    }
    if (parser.isSet(options.proxyCommand)) {
        result.proxyCommand = textOf(parser.value(options.proxyCommand));
        if (result.proxyCommand.trimmed().isEmpty() || result.proxy) {
            return usage(result.proxy ? u"--proxy and --proxy-command exclude each other."_s
                                      : u"--proxy-command needs a command."_s);
        }
    }
    return {};
}

// Who logs in, and how; the rest is left as it is.
base::Result<ConnectionOptions, UsageError> parseLogin(const QCommandLineParser &parser,
                                                       const CommandLineOptions &options)
{
    ConnectionOptions result;
    if (parser.isSet(options.user)) {
        result.user = textOf(parser.value(options.user));
        if (!profiles::isAcceptableUser(result.user)) {
            return usage(quoted(result.user) + u" can not be used as a user name."_s);
        }
    }
    if (parser.isSet(options.loginOrder)) {
        const auto order = loginOrderOf(parser.value(options.loginOrder));
        if (!order) {
            return base::Failure(order.error());
        }
        result.loginOrder = *order;
    }
    result.identityFiles = textsOf(parser.values(options.identity));
    result.useAgent = !parser.isSet(options.noAgent);
    result.useDefaultKeys = !parser.isSet(options.noDefaultKeys);
    return result;
}

} // namespace

base::Result<ssh::LogLevel, UsageError> parseLogLevel(const QString &name)
{
    static const QStringList names{u"error"_s, u"warning"_s, u"info"_s, u"debug"_s, u"trace"_s};
    const qsizetype index = names.indexOf(name);
    if (index < 0) {
        return usage(u"The log level must be error, warning, info, debug or trace."_s);
    }
    return static_cast<ssh::LogLevel>(index);
}

base::Result<ConnectionOptions, UsageError> parseConnection(const QCommandLineParser &parser,
                                                            const CommandLineOptions &options)
{
    auto login = parseLogin(parser, options);
    if (!login) {
        return login;
    }
    ConnectionOptions result = *login;
    if (parser.isSet(options.port)) {
        const auto port = numberBetween(1, 65535, parser.value(options.port),
                                        u"The port must be a number from 1 to 65535."_s);
        if (!port) {
            return base::Failure(port.error());
        }
        result.port = static_cast<quint16>(*port);
    }
    if (parser.isSet(options.timeout)) {
        const auto seconds
            = numberBetween(1, longestTimeoutSeconds, parser.value(options.timeout),
                            u"The time limit must be a number of seconds, 1 or more."_s);
        if (!seconds) {
            return base::Failure(seconds.error());
        }
        result.connectTimeout = std::chrono::seconds(*seconds);
    }
    if (parser.isSet(options.policy)) {
        result.hostKeyPolicy = hostkeys::policyFromName(parser.value(options.policy));
        if (!result.hostKeyPolicy) {
            return usage(u"The host key policy must be reject, warn, auto-add or ask."_s);
        }
    }
    if (const auto transport = parseTransport(parser, options, result); !transport) {
        return base::Failure(transport.error());
    }
    if (const auto route = parseRoute(parser, options, result); !route) {
        return base::Failure(route.error());
    }
    result.knownHostsFiles = textsOf(parser.values(options.knownHosts));
    result.hashKnownHosts = parser.isSet(options.hashNames);
    result.useStoredSecrets = !parser.isSet(options.noKeyring);
    return result;
}

} // namespace app
