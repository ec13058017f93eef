#include "profiles/Forward.h"

#include "profiles/TargetName.h"

#include <QHash>
#include <QLatin1StringView>
#include <QStringList>

namespace profiles {
namespace {

constexpr QLatin1StringView kindField("kind");
constexpr QLatin1StringView listenField("listen");
constexpr QLatin1StringView targetField("target");
constexpr QLatin1StringView startsField("start");
constexpr QLatin1StringView hostField("host");
constexpr QLatin1StringView portField("port");
constexpr QLatin1StringView pathField("path");

constexpr qsizetype longestPath = 107; // sun_path of unix(7), without the null at its end

const QHash<Forward::Kind, QString> &kindNames()
{
    static const QHash<Forward::Kind, QString> names{
        {Forward::Kind::Local, QStringLiteral("local")},
        {Forward::Kind::Remote, QStringLiteral("remote")},
        {Forward::Kind::Dynamic, QStringLiteral("dynamic")},
    };
    return names;
}

// "[::1]:80" has two words, "/run/a:b" one: the rest after a path stays together.
QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    bool isBracketed = false;
    for (const QChar c : text) {
        if (c == u'[' && word.isEmpty()) {
            isBracketed = true;
        } else if (c == u']' && isBracketed) {
            isBracketed = false;
        } else if ((c == u':' || c == u' ') && !isBracketed) {
            words.append(word);
            word.clear();
        } else {
            word += c;
        }
    }
    words.append(word);
    return words;
}

// A path, of which both ends may be one, begins where a word begins with a slash.
bool isPath(const QString &word)
{
    return word.startsWith(u'/');
}

std::optional<quint16> portOf(const QString &word)
{
    bool isNumber = false;
    const uint number = word.toUInt(&isNumber);
    return isNumber && number <= 65535 ? std::optional(static_cast<quint16>(number)) : std::nullopt;
}

// Takes the words of the target from the end, if there is one.
base::Result<ForwardEnd, ForwardError> takeTarget(QStringList &words)
{
    ForwardEnd target;
    if (words.size() > 1 && isPath(words.last())) {
        target.path = words.takeLast();
        return target;
    }
    if (words.size() < 3) {
        return base::Failure(ForwardError::NoTarget);
    }
    const auto port = portOf(words.takeLast());
    if (!port || *port == 0) {
        return base::Failure(ForwardError::NoTargetPort);
    }
    target.port = *port;
    target.host = words.takeLast();
    return target;
}

base::Result<ForwardEnd, ForwardError> listenOf(const QStringList &words)
{
    ForwardEnd listen;
    if (words.size() == 1 && isPath(words.first())) {
        listen.path = words.first();
        return listen;
    }
    const auto port = portOf(words.value(words.size() - 1));
    if (!port) {
        return base::Failure(ForwardError::NoListenPort);
    }
    if (words.size() > 2) {
        return base::Failure(ForwardError::TooMuch);
    }
    listen.port = *port;
    if (words.size() == 2) { // an empty one stands for all addresses (ssh(1))
        listen.host = words.first().isEmpty() ? QStringLiteral("*") : words.first();
    }
    return listen;
}

bool isBadHost(const QString &host)
{
    return !host.isEmpty() && host != QStringLiteral("*") && !isAcceptableHost(host);
}

bool isBadPath(const QString &path)
{
    return !path.isEmpty() && (!isPath(path) || path.toUtf8().size() > longestPath);
}

ForwardEnd endFromJson(const QJsonObject &object)
{
    const int port = object.value(portField).toInt(0);
    return {object.value(hostField).toString(),
            static_cast<quint16>(port < 0 || port > 65535 ? 0 : port),
            object.value(pathField).toString()};
}

QJsonObject endToJson(const ForwardEnd &end)
{
    QJsonObject object;
    if (end.isPath()) {
        object.insert(pathField, end.path);
        return object;
    }
    if (!end.host.isEmpty()) {
        object.insert(hostField, end.host);
    }
    object.insert(portField, end.port);
    return object;
}

} // namespace

QString ForwardEnd::toString() const
{
    if (isPath()) {
        return path;
    }
    QString number = QString::number(port);
    if (host.isEmpty()) {
        return number;
    }
    return (isIpv6Address(host) ? u'[' + host + u']' : host) + u':' + number;
}

base::Result<Forward, ForwardError> Forward::parse(Kind kind, const QString &text)
{
    if (text.trimmed().isEmpty()) {
        return base::Failure(ForwardError::Empty);
    }
    Forward forward;
    forward.kind = kind;
    QStringList words = wordsOf(text.trimmed());
    if (kind != Kind::Dynamic) {
        const auto target = takeTarget(words);
        if (!target) {
            return base::Failure(target.error());
        }
        forward.target = *target;
    }
    const auto listen = listenOf(words);
    if (!listen) {
        return base::Failure(listen.error());
    }
    forward.listen = *listen;
    if (const auto problem = forward.problem()) {
        return base::Failure(*problem);
    }
    return forward;
}

std::optional<ForwardError> Forward::problem() const
{
    if (isBadHost(listen.host) || isBadPath(listen.path) || isBadPath(target.path)) {
        return ForwardError::BadHost;
    }
    if (kind == Kind::Remote && listen.isPath()) {
        return ForwardError::RemoteSocket;
    }
    if (kind == Kind::Dynamic || target.isPath()) {
        return std::nullopt;
    }
    if (target.host.isEmpty()) {
        return ForwardError::NoTarget;
    }
    if (!isAcceptableHost(target.host)) {
        return ForwardError::BadHost;
    }
    return target.port == 0 ? std::optional(ForwardError::NoTargetPort) : std::nullopt;
}

QString Forward::toString() const
{
    return kind == Kind::Dynamic ? listen.toString() : listen.toString() + u':' + target.toString();
}

// A server decides by itself too (GatewayPorts in sshd_config).
bool Forward::isOpenToOthers() const
{
    static const QStringList loopback{QString(), QStringLiteral("localhost"),
                                      QStringLiteral("::1")};
    return !listen.isPath() && !loopback.contains(listen.host)
        && !listen.host.startsWith(QStringLiteral("127."));
}

std::optional<Forward> Forward::fromJson(const QJsonObject &object)
{
    Forward forward;
    const QString name = object.value(kindField).toString();
    if (!kindNames().values().contains(name)) {
        return std::nullopt;
    }
    forward.kind = kindNames().key(name);
    forward.listen = endFromJson(object.value(listenField).toObject());
    if (forward.kind != Kind::Dynamic) {
        forward.target = endFromJson(object.value(targetField).toObject());
    }
    forward.startsWithSession = object.value(startsField).toBool(true);
    return forward.problem() ? std::nullopt : std::optional(forward);
}

QJsonObject Forward::toJson() const
{
    QJsonObject object{{kindField, kindNames().value(kind)}, {listenField, endToJson(listen)}};
    if (kind != Kind::Dynamic) {
        object.insert(targetField, endToJson(target));
    }
    if (!startsWithSession) {
        object.insert(startsField, false);
    }
    return object;
}

QList<Forward> forwardsFromJson(const QJsonArray &array)
{
    QList<Forward> forwards;
    for (const QJsonValue value : array) {
        if (const auto forward = Forward::fromJson(value.toObject())) {
            forwards.append(*forward);
        }
    }
    return forwards;
}

QJsonArray toJson(const QList<Forward> &forwards)
{
    QJsonArray array;
    for (const Forward &forward : forwards) {
        array.append(forward.toJson());
    }
    return array;
}

} // namespace profiles
