#include "profiles/import/PuttyImport.h"

#include "profiles/TargetName.h"
#include "profiles/Variable.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;
using Values = QHash<QString, QString>; // by the setting's name

constexpr qsizetype longestLine = qsizetype{64} * 1024;
constexpr qsizetype mostForwards = 100;

// ProxyMethod of a session.
enum class Proxy {
    None,
    Socks4,
    Socks5,
    Http,
    Telnet,
    Command,
    SshForward,
    SshCommand,
    SshSubsystem
};

// At `separator`, but not behind a backslash, which is taken away from what follows it.
QStringList splitEscaped(const QString &text, QChar separator)
{
    QStringList parts{QString()};
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] == u'\\' && at + 1 < text.size()) {
            parts.last() += text[++at];
        } else if (text[at] == separator) {
            parts.append(QString());
        } else {
            parts.last() += text[at];
        }
    }
    return parts;
}

// "L8080=host:80", "4R127.0.0.2:81=[fe80::1]:81", "D1080=", and "L1081=D" of old versions.
std::optional<Forward> forwardOf(const QString &key, const QString &value)
{
    QString source = key;
    if (source.startsWith(u'4') || source.startsWith(u'6')) {
        source.removeFirst(); // the address family, which a forward of ours takes as it comes
    }
    const QChar letter = source.isEmpty() ? QChar() : source.front();
    source = source.sliced(source.isEmpty() ? 0 : 1);
    const bool isDynamic = letter == u'D' || value == "D"_L1;
    if (!isDynamic && letter != u'L' && letter != u'R') {
        return std::nullopt;
    }
    const Forward::Kind kind = isDynamic ? Forward::Kind::Dynamic
        : letter == u'L'                 ? Forward::Kind::Local
                                         : Forward::Kind::Remote;
    const auto forward = Forward::parse(kind, isDynamic ? source : source + u':' + value);
    return forward ? std::optional(*forward) : std::nullopt;
}

void takeForwards(ImportedSession &session, const Values &values)
{
    for (const QString &part : values.value(u"PortForwardings"_s).split(u',', Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(u'=');
        const QString key = QString(equals < 0 ? part : part.first(equals)).remove(u'\\');
        const QString value = equals < 0 ? QString() : part.sliced(equals + 1).remove(u'\\');
        auto forward = forwardOf(key, value);
        if (!forward || session.profile.forwards.size() >= mostForwards) {
            session.lose(u"PortForwardings"_s, part);
            continue;
        }
        const bool isForAll = forward->kind == Forward::Kind::Remote
            ? values.value(u"RemotePortAcceptAll"_s) == "1"_L1
            : values.value(u"LocalPortAcceptAll"_s) == "1"_L1;
        if (isForAll && forward->listen.host.isEmpty()) {
            forward->listen.host = u"*"_s;
        }
        session.profile.forwards.append(*forward);
    }
}

void takeProxy(ImportedSession &session, const Values &values)
{
    const QString method = values.value(u"ProxyMethod"_s, u"0"_s);
    const QString host = values.value(u"ProxyHost"_s);
    const QString port = values.value(u"ProxyPort"_s);
    const QString user = values.value(u"ProxyUsername"_s);
    session.hadSecret |= !values.value(u"ProxyPassword"_s).isEmpty();
    switch (static_cast<Proxy>(method.toInt())) {
    case Proxy::None:
        return;
    case Proxy::Socks5:
    case Proxy::Http: {
        base::ProxyAddress proxy;
        proxy.kind = method.toInt() == static_cast<int>(Proxy::Socks5)
            ? base::ProxyAddress::Kind::Socks5
            : base::ProxyAddress::Kind::Http;
        proxy.host = host;
        proxy.port = port.toUShort();
        proxy.user = user;
        if (!isAcceptableHost(host) || proxy.port == 0) {
            session.hinder(Obstacle::BadRoute, host);
        } else {
            session.profile.route.proxy = proxy;
        }
        return;
    }
    case Proxy::SshForward:
        session.addJumpHost(host, user, port);
        return;
    default: // SOCKS 4, Telnet, a program with words of PuTTY's own, other ways through SSH
        session.hinder(Obstacle::BadRoute, u"ProxyMethod="_s + method);
    }
}

// Of PuTTY, which writes it into every session: nobody's choice.
constexpr QLatin1StringView puttyType("xterm");

void takeShell(ImportedSession &session, const Values &values)
{
    Profile &profile = session.profile;
    profile.startupCommand = values.value(u"RemoteCommand"_s).left(longestLine);
    for (const QString &pair : values.value(u"Environment"_s).split(u',', Qt::SkipEmptyParts)) {
        const QString line = splitEscaped(pair, u'=').join(u'=');
        if (Variable::parse(line)) {
            profile.environment.append(line);
        } else {
            session.lose(u"Environment"_s, pair);
        }
    }
    profile.forwardAgent = values.value(u"AgentFwd"_s) == "1"_L1;
    profile.forwardX11 = values.value(u"X11Forward"_s) == "1"_L1;
    profile.transport.compress = values.value(u"Compression"_s) == "1"_L1;
    const QString type = values.value(u"TerminalType"_s);
    if (type != puttyType && type != TerminalChoice::usualType
        && TerminalChoice::isAcceptableType(type)) {
        profile.terminal.type = type;
    }
    const qint64 ping = values.value(u"PingInterval"_s).toLongLong() % 100000 * 60
        + values.value(u"PingIntervalSecs"_s).toLongLong() % 100000;
    if (ping > 0) {
        profile.transport.keepAliveInterval
            = std::min(std::chrono::seconds(ping), longestKeepAlive);
    }
}

ImportedSession sessionOf(const QString &name, const Values &values)
{
    ImportedSession session = importedSession();
    session.setName(name);
    const QString protocol = values.value(u"Protocol"_s, u"ssh"_s);
    if (name == "Default Settings"_L1) {
        session.hinder(Obstacle::Template);
    } else if (protocol != "ssh"_L1) {
        session.hinder(Obstacle::OtherProtocol, protocol);
    }
    const QString host = values.value(u"HostName"_s).trimmed();
    const qsizetype at = host.lastIndexOf(u'@'); // PuTTY takes "user@host" too
    session.setHost(at < 0 ? host : host.sliced(at + 1));
    const QString user = values.value(u"UserName"_s);
    session.setUser(at < 0 || !user.isEmpty() ? user : host.first(at));
    session.setPort(values.value(u"PortNumber"_s));
    session.addKeyFile(values.value(u"PublicKeyFile"_s));
    takeProxy(session, values);
    takeShell(session, values);
    takeForwards(session, values);
    return session;
}

// "\\" and "\"" of a string in a .reg file.
QString unquoted(QStringView text)
{
    QString result;
    for (qsizetype at = 0; at < text.size(); ++at) {
        at += text[at] == u'\\' && at + 1 < text.size() ? 1 : 0;
        result += text[at];
    }
    return result;
}

// A line of a .reg file that sets something: "Name"="text" or "Name"=dword:00000016.
void takeEntry(const QString &line, Values &values)
{
    static const QRegularExpression entry(
        uR"x(\A"((?:[^"\\]|\\.)*)"=(?:"((?:[^"\\]|\\.)*)"|dword:([0-9A-Fa-f]{1,8}))\z)x"_s);
    if (const auto match = entry.match(line); match.hasMatch()) {
        values.insert(unquoted(match.capturedView(1)),
                      match.hasCaptured(3) ? QString::number(match.captured(3).toUInt(nullptr, 16))
                                           : unquoted(match.capturedView(2)));
    }
}

} // namespace

ImportedSession puttySession(QByteArrayView name, QByteArrayView content)
{
    Values values;
    for (const QString &line : importedText(content).split(u'\n')) {
        const qsizetype equals = line.indexOf(u'=');
        if (equals > 0 && line.size() <= longestLine) {
            const QString value = line.sliced(equals + 1);
            values.insert(line.first(equals), value.endsWith(u'\r') ? value.chopped(1) : value);
        }
    }
    return sessionOf(withoutPercent(name), values);
}

std::optional<ImportedSessions> puttyRegistry(QByteArrayView content)
{
    const QString text = importedText(content);
    if (!text.startsWith("Windows Registry Editor"_L1) && !text.startsWith("REGEDIT"_L1)) {
        return std::nullopt;
    }
    static constexpr QLatin1StringView folder("\\SimonTatham\\PuTTY\\Sessions\\");
    ImportedSessions result;
    QString name;
    Values values;
    const auto finish
        = [&] { return name.isEmpty() || result.add(sessionOf(std::exchange(name, {}), values)); };
    for (const QString &raw : text.split(u'\n')) {
        const QString line = raw.trimmed();
        if (line.size() > longestLine) {
            continue;
        }
        if (!line.startsWith(u'[')) {
            takeEntry(line, values);
            continue;
        }
        if (!finish()) {
            return result;
        }
        values.clear();
        const qsizetype at = line.indexOf(folder, 0, Qt::CaseInsensitive);
        if (at > 0 && line.endsWith(u']') && !line.startsWith("[-"_L1)) { // "[-" takes it away
            name = withoutPercent(line.sliced(at + folder.size()).chopped(1).toUtf8());
        }
    }
    finish();
    return result;
}

} // namespace profiles
