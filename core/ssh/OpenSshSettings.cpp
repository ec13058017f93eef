#include "ssh/OpenSshSettings.h"

#include "net/IpAddress.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/OpenSshConfigLine.h"
#include "ssh/OpenSshAlgorithms.h"
#include "ssh/OpenSshForwards.h"

#include <QHash>
#include <QProcessEnvironment>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace ssh {
namespace {

using profiles::OpenSshConfig;
using profiles::OpenSshOptions;
using profiles::Profile;

// Seconds of ssh_config(5) in plain digits, as `ssh -G` prints them; absent for "none" and what is
// no number.
std::optional<std::chrono::seconds> secondsOf(const OpenSshOptions &options, QStringView keyword)
{
    bool isNumber = false;
    const int number = options.value(keyword).value_or(QString()).toInt(&isNumber);
    return isNumber && number >= 0 ? std::optional(std::chrono::seconds(number)) : std::nullopt;
}

// Where a new key is not to be stored, and no known one is.
QStringList knownHostsFiles(const OpenSshOptions &options, QStringView keyword)
{
    QStringList files = options.files(keyword);
    files.replaceInStrings(QStringLiteral("none"), QStringLiteral("/dev/null"));
    return files;
}

void applyConnectTimeout(ConnectionSettings &settings, const OpenSshOptions &options)
{
    const auto seconds = secondsOf(options, u"connecttimeout");
    if (seconds && seconds->count() > 0 && settings.timeouts.connect == Timeouts().connect) {
        settings.timeouts.connect = *seconds;
    }
}

void applyAliveInterval(ConnectionSettings &settings, const OpenSshOptions &options)
{
    if (const auto seconds = secondsOf(options, u"serveraliveinterval")) {
        settings.timeouts.keepAlive = *seconds;
    }
}

void applyUserKnownHosts(ConnectionSettings &settings, const OpenSshOptions &options)
{
    if (settings.knownHostsFiles.isEmpty()) {
        settings.knownHostsFiles = knownHostsFiles(options, u"userknownhostsfile");
    }
}

void applyGlobalKnownHosts(ConnectionSettings &settings, const OpenSshOptions &options)
{
    if (options.value(u"globalknownhostsfile")) {
        settings.globalKnownHostsFiles = knownHostsFiles(options, u"globalknownhostsfile");
    }
}

bool isYes(const OpenSshOptions &options, QStringView keyword)
{
    const QString value = options.value(keyword).value_or(QString());
    return value == QStringLiteral("yes") || value == QStringLiteral("true");
}

void applyHostKeyAlias(ConnectionSettings &settings, const OpenSshOptions &options)
{
    settings.hostKeyAlias = options.value(u"hostkeyalias").value_or(settings.hostKeyAlias);
}

void applyHashing(ConnectionSettings &settings, const OpenSshOptions &options)
{
    settings.hashKnownHosts = settings.hashKnownHosts || isYes(options, u"hashknownhosts");
}

void applyCompression(ConnectionSettings &settings, const OpenSshOptions &options)
{
    settings.transport.compress = settings.transport.compress || isYes(options, u"compression");
}

void applyAliveCount(ConnectionSettings &settings, const OpenSshOptions &options)
{
    bool isNumber = false;
    const int count = options.value(u"serveralivecountmax").value_or(QString()).toInt(&isNumber);
    if (isNumber && count > 0) {
        settings.keepAliveCount = std::min(count, profiles::highestKeepAliveCount);
    }
}

void applyAddressFamily(ConnectionSettings &settings, const OpenSshOptions &options)
{
    const QString family = options.value(u"addressfamily").value_or(QString());
    if (family == QStringLiteral("inet")) {
        settings.addressFamily = base::AddressFamily::IPv4;
    } else if (family == QStringLiteral("inet6")) {
        settings.addressFamily = base::AddressFamily::IPv6;
    }
}

// A name would have to be looked up first, which we do not do for our own address.
bool isNumericAddress(const QString &text)
{
    return net::IpAddress::parse(text).has_value();
}

void applyBindAddress(ConnectionSettings &settings, const OpenSshOptions &options)
{
    const QString address = options.value(u"bindaddress").value_or(QString());
    if (settings.bindAddress.isEmpty() && isNumericAddress(address)) {
        settings.bindAddress = address;
    }
}

// "1073741824" of `ssh -G`, or "1G" as it may be written; 0 for "default" and what is no amount.
quint64 bytesOf(const QString &text)
{
    const qsizetype unit
        = text.isEmpty() ? -1 : QStringLiteral("KMG").indexOf(text.back().toUpper());
    bool isNumber = false;
    const quint64 number = (unit < 0 ? text : text.chopped(1)).toULongLong(&isNumber);
    const quint64 factor = quint64{1} << (10 * static_cast<quint64>(unit + 1));
    const bool fits = number <= static_cast<quint64>(std::numeric_limits<qint64>::max()) / factor;
    return isNumber && fits ? number * factor : 0;
}

// "3600" of `ssh -G`, or "1h30m" (sshd_config(5), TIME FORMATS); 0 for "none" and what is no time.
std::chrono::seconds timeOf(const QString &text)
{
    static const QHash<QChar, qint64> units{
        {u's', 1}, {u'm', 60}, {u'h', 3600}, {u'd', 86400}, {u'w', 604800}};
    constexpr qint64 longest = std::numeric_limits<qint32>::max();
    qint64 total = 0;
    qint64 number = 0;
    const bool hasUnit = text.isEmpty() || text.back().isLetter();
    for (const QChar c : hasUnit ? text.toLower() : text.toLower() + u's') {
        const int digit = c.digitValue();
        if (digit < 0 && !units.contains(c)) {
            return {};
        }
        total += digit < 0 ? std::exchange(number, 0) * units.value(c) : 0;
        number = digit < 0 ? 0 : number * 10 + digit;
        if (number > longest || total > longest) {
            return {};
        }
    }
    return std::chrono::seconds(total);
}

struct RekeyLimit
{
    quint64 bytes = 0;
    std::chrono::seconds time{0};
    bool isPossible = true; // neither is so small that a connection would do nothing else
};

RekeyLimit rekeyLimitOf(const OpenSshOptions &options)
{
    const QStringList words = options.value(u"rekeylimit").value_or(QString()).split(u' ');
    RekeyLimit limit{bytesOf(words.value(0)), timeOf(words.value(1))};
    limit.isPossible = (limit.bytes == 0 || limit.bytes >= profiles::lowestRekeyBytes)
        && (limit.time.count() == 0 || limit.time >= profiles::shortestRekeyTime);
    return limit;
}

void applyRekeyLimit(ConnectionSettings &settings, const OpenSshOptions &options)
{
    const RekeyLimit limit = rekeyLimitOf(options);
    if (limit.isPossible && settings.transport.rekeyBytes == 0) {
        settings.transport.rekeyBytes = limit.bytes;
    }
    if (limit.isPossible && settings.transport.rekeyTime.count() == 0) {
        settings.transport.rekeyTime = limit.time;
    }
}

void applyCertificates(ConnectionSettings &settings, const OpenSshOptions &options)
{
    for (const QString &value : options.values(u"certificatefile")) {
        if (const auto file = options.expanded(value)) {
            settings.certificateFiles.append(*file);
        }
    }
}

// The variables of ours that SendEnv names, then those of SetEnv, as ssh sends them.
void applyEnvironment(ConnectionSettings &settings, const OpenSshOptions &options)
{
    QByteArrayList patterns;
    for (const QString &value : options.values(u"sendenv")) {
        const QByteArray pattern = value.toUtf8();
        if (!pattern.startsWith('-')) {
            patterns.append(pattern);
        } else { // without OpenSSH's client: it takes back what came before
            patterns.removeIf([&pattern](const QByteArray &earlier) {
                return profiles::matchesHostPatterns({pattern.sliced(1)}, earlier);
            });
        }
    }
    Variables configured;
    const auto ours = QProcessEnvironment::systemEnvironment();
    for (const QString &name : ours.keys()) {
        if (profiles::matchesHostPatterns(patterns, name.toLocal8Bit())) {
            configured.insert(name.toLocal8Bit(), ours.value(name).toLocal8Bit());
        }
    }
    for (const QString &value : options.values(u"setenv")) {
        const qsizetype equals = value.indexOf(u'=');
        if (equals > 0) {
            configured.insert(value.first(equals).toUtf8(), value.sliced(equals + 1).toUtf8());
        }
    }
    configured.insert(settings.environment);
    settings.environment = configured;
}

void applyRemoteCommand(ConnectionSettings &settings, const OpenSshOptions &options)
{
    if (settings.startupCommand.isEmpty()) {
        const QString command = options.value(u"remotecommand").value_or(QString());
        settings.startupCommand = command == QStringLiteral("none") ? QString() : command;
    }
}

void applyRequestTty(ConnectionSettings &settings, const OpenSshOptions &options)
{
    static const QHash<QString, CommandTerminal> uses{
        {QStringLiteral("yes"), CommandTerminal::LikeOurs},
        {QStringLiteral("true"), CommandTerminal::LikeOurs},
        {QStringLiteral("force"), CommandTerminal::Always},
    };
    if (settings.commandTerminal == CommandTerminal::Never) {
        settings.commandTerminal
            = uses.value(options.value(u"requesttty").value_or(QString()), CommandTerminal::Never);
    }
}

// "yes", or which agent (ssh_config(5)).
void applyForwardAgent(ConnectionSettings &settings, const OpenSshOptions &options)
{
    const QString value = options.value(u"forwardagent").value_or(QStringLiteral("no"));
    if (settings.forwardsAgent || value == QStringLiteral("no")
        || value == QStringLiteral("false")) {
        return;
    }
    settings.forwardsAgent = true;
    if (value != QStringLiteral("yes") && value != QStringLiteral("true")) {
        settings.forwardedAgent = options.expanded(value).value_or(value);
    }
}

void applyForwardX11(ConnectionSettings &settings, const OpenSshOptions &options)
{
    settings.forwardsX11 = settings.forwardsX11 || isYes(options, u"forwardx11");
}

void applyForwardFailure(ConnectionSettings &settings, const OpenSshOptions &options)
{
    settings.endsOnForwardFailure = isYes(options, u"exitonforwardfailure");
}

struct Rule
{
    QLatin1StringView keyword;
    void (*apply)(ConnectionSettings &settings, const OpenSshOptions &options);
};

constexpr std::array rules{
    Rule{QLatin1StringView("connecttimeout"), applyConnectTimeout},
    Rule{QLatin1StringView("serveraliveinterval"), applyAliveInterval},
    Rule{QLatin1StringView("userknownhostsfile"), applyUserKnownHosts},
    Rule{QLatin1StringView("globalknownhostsfile"), applyGlobalKnownHosts},
    Rule{QLatin1StringView("hostkeyalias"), applyHostKeyAlias},
    Rule{QLatin1StringView("hashknownhosts"), applyHashing},
    Rule{QLatin1StringView("compression"), applyCompression},
    Rule{QLatin1StringView("serveralivecountmax"), applyAliveCount},
    Rule{QLatin1StringView("addressfamily"), applyAddressFamily},
    Rule{QLatin1StringView("bindaddress"), applyBindAddress},
    Rule{QLatin1StringView("rekeylimit"), applyRekeyLimit},
    Rule{QLatin1StringView("certificatefile"), applyCertificates},
    Rule{QLatin1StringView("sendenv"), applyEnvironment},
    Rule{QLatin1StringView("setenv"), [](ConnectionSettings &, const OpenSshOptions &) { }},
    Rule{QLatin1StringView("remotecommand"), applyRemoteCommand},
    Rule{QLatin1StringView("requesttty"), applyRequestTty},
    Rule{QLatin1StringView("forwardagent"), applyForwardAgent},
    Rule{QLatin1StringView("forwardx11"), applyForwardX11},
    Rule{QLatin1StringView("exitonforwardfailure"), applyForwardFailure},
};

// What a session is started with, which ssh has none of on a jump host.
bool isAboutSessions(const QString &keyword)
{
    static const QStringList keywords{
        QStringLiteral("sendenv"),
        QStringLiteral("setenv"),
        QStringLiteral("remotecommand"),
        QStringLiteral("requesttty"),
        QStringLiteral("forwardagent"),
        QStringLiteral("localforward"),
        QStringLiteral("remoteforward"),
        QStringLiteral("dynamicforward"),
        QStringLiteral("exitonforwardfailure"),
        QStringLiteral("forwardx11"),
        QStringLiteral("forwardx11trusted"),
        QStringLiteral("permitlocalcommand"),
    };
    return keywords.contains(keyword);
}

bool isHonored(const OpenSshOptions::Line &line, const OpenSshOptions &options)
{
    if (line.keyword == QStringLiteral("identityfile")
        || line.keyword == QStringLiteral("certificatefile")) {
        return options.expanded(line.value).has_value();
    }
    if (line.keyword == QStringLiteral("rekeylimit")) {
        return rekeyLimitOf(options).isPossible;
    }
    if (line.keyword == QStringLiteral("bindaddress")) {
        return isNumericAddress(line.value);
    }
    if (concernsForwards(line.keyword)) {
        return isHonoredForward(line, options);
    }
    // ssh turns it off by itself when UserKnownHostsFile is not the usual one (ssh_config(5)).
    if (line.keyword == QStringLiteral("updatehostkeys")) {
        return options.value(u"userknownhostsfile").has_value()
            && (line.value == QStringLiteral("false") || line.value == QStringLiteral("no"));
    }
    return OpenSshOptions::appliedKeywords().contains(line.keyword)
        || std::ranges::any_of(rules,
                               [&](const Rule &rule) { return rule.keyword == line.keyword; });
}

QStringList linesNotHonored(const OpenSshOptions &options)
{
    QStringList lines;
    for (const OpenSshOptions::Line &line : options.lines()) {
        if (const auto leftOut = algorithmsLeftOut(options, line.keyword)) {
            if (!leftOut->isEmpty()) {
                lines.append(line.keyword + u' ' + leftOut->join(u','));
            }
        } else if (!isHonored(line, options)) {
            lines.append(line.toString());
        }
    }
    return lines;
}

QStringList linesNotHonoredOnTheWay(const QList<OpenSshOptions> &jumpHosts)
{
    QStringList lines;
    for (const OpenSshOptions &jumpHost : jumpHosts) {
        for (const QString &line : linesNotHonored(jumpHost)) {
            if (!isAboutSessions(line.section(u' ', 0, 0))) {
                lines.append(jumpHost.alias() + QStringLiteral(": ") + line);
            }
        }
    }
    return lines;
}

} // namespace

ConnectionSettings withoutSessions(ConnectionSettings settings)
{
    settings.environment.clear();
    settings.startupCommand.clear();
    settings.commandTerminal = CommandTerminal::Never;
    settings.forwardsAgent = false;
    settings.forwardsX11 = false;
    settings.forwards.clear();
    settings.endsOnForwardFailure = false;
    return settings;
}

base::Result<ConnectionSettings> withOpenSsh(ConnectionSettings settings,
                                             const OpenSshOptions &options)
{
    settings.typedHost = options.alias();
    for (const Rule &rule : rules) {
        rule.apply(settings, options);
    }
    settings.forwards += forwardsOf(options);
    return withAlgorithms(settings.transport, options)
        .transform([&settings](const profiles::Transport &transport) {
            settings.transport = transport;
            return settings;
        });
}

base::Result<ConnectionSettings> settingsForOpenSsh(
    const profiles::OpenSshHost &host, const Profile &profile,
    const std::function<ConnectionSettings(const Profile &profile)> &settingsOf)
{
    const auto settingsWith = [&settingsOf](const OpenSshOptions &options, const Profile &own) {
        return options.appliedTo(own).and_then(
            [&](const Profile &applied) { return withOpenSsh(settingsOf(applied), options); });
    };
    auto target = settingsWith(host.options, profile);
    if (!target || !std::holds_alternative<DirectRoute>(target->route)) {
        return target; // ProxyCommand and ProxyJump exclude each other
    }
    // The first jump host has the way that the configuration says, the others come through it.
    for (const OpenSshOptions &options : host.jumpHosts) {
        auto hop = settingsWith(options, OpenSshConfig::profileFor(options.alias()));
        if (!hop) {
            return hop;
        }
        *hop = withoutSessions(std::move(*hop));
        if (!std::holds_alternative<DirectRoute>(target->route)) {
            hop->route = target->route;
        }
        target->route = JumpVia{std::make_shared<const ConnectionSettings>(std::move(*hop))};
    }
    return target;
}

QStringList notHonored(const profiles::OpenSshHost &host)
{
    return linesNotHonored(host.options) + linesNotHonoredOnTheWay(host.jumpHosts);
}

QStringList notHonoredByJumpHost(const profiles::OpenSshHost &host)
{
    return linesNotHonoredOnTheWay(host.jumpHosts + QList{host.options});
}

} // namespace ssh
