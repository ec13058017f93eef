#include "profiles/import/ImportedSession.h"

#include "base/DisplayText.h"
#include "profiles/TargetName.h"

#include <QStringDecoder>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;

constexpr qsizetype mostSessions = 20000;
constexpr qsizetype mostLost = 64;
constexpr qsizetype longestName = 200;
constexpr qsizetype longestNotes = qsizetype{16} * 1024;
constexpr qsizetype longestPath = 4096;
constexpr qsizetype longestDetail = 200;
constexpr qsizetype mostKeyFiles = 16;
constexpr qsizetype mostJumpHosts = 8;

// Brackets around an IPv6 address are how people write it, not part of it.
QString withoutBrackets(const QString &host)
{
    return host.startsWith(u'[') && host.endsWith(u']') ? host.sliced(1, host.size() - 2) : host;
}

std::optional<quint16> portOf(const QString &text)
{
    bool isNumber = false;
    const quint16 port = text.toUShort(&isNumber);
    return isNumber && port != 0 ? std::optional(port) : std::nullopt;
}

// As Windows-1252 has them between 0x80 and 0x9F (WHATWG Encoding Standard, index-windows-1252);
// elsewhere it is Latin-1. Qt knows the name only where it was built with ICU.
constexpr char16_t windowsLetters[]
    = u"\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D"
      u"\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D"
      u"\u017E\u0178";

QString fromWindows(QByteArrayView bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (c >= u'\x80' && c <= u'\x9F') {
            c = windowsLetters[c.unicode() - 0x80];
        }
    }
    return text;
}

QString decoded(QByteArrayView bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8.decode(bytes);
    return utf8.hasError() ? fromWindows(bytes) : text;
}

QString bounded(const QString &text, qsizetype longest)
{
    return QString(text).remove(QChar(u'\0')).trimmed().left(longest);
}

bool isAbsolute(const QString &path)
{
    return path.startsWith(u'/') && path.size() <= longestPath && !path.contains(QChar(0));
}

} // namespace

void ImportedSession::hinder(Obstacle why, const QString &detail)
{
    if (obstacle == Obstacle::None) {
        obstacle = why;
        obstacleDetail = detail.left(longestDetail);
    }
}

void ImportedSession::setHost(const QString &host)
{
    const QString name = withoutBrackets(host.trimmed());
    if (name.isEmpty()) {
        hinder(Obstacle::NoHost);
    } else if (!isAcceptableHost(name)) {
        hinder(Obstacle::BadHost, name);
    } else {
        profile.host = name;
    }
}

void ImportedSession::setUser(const QString &user)
{
    if (user.trimmed().isEmpty()) {
        return;
    }
    if (!isAcceptableUser(user)) {
        hinder(Obstacle::BadUser, user);
    } else {
        profile.user = user;
    }
}

void ImportedSession::setPort(const QString &port)
{
    if (port.trimmed().isEmpty()) {
        return;
    }
    if (const auto number = portOf(port.trimmed())) {
        profile.port = *number;
    } else {
        hinder(Obstacle::BadPort, port);
    }
}

void ImportedSession::setName(const QString &name)
{
    QString shown;
    for (const char32_t c : bounded(name, longestName).toUcs4()) {
        if (!base::isInvisible(c)) {
            shown += QString::fromUcs4(&c, 1);
        }
    }
    profile.name = shown;
}

void ImportedSession::setNotes(const QString &notes)
{
    profile.notes = bounded(notes, longestNotes);
}

void ImportedSession::setRemoteDirectory(const QString &name, const QString &path)
{
    if (isAbsolute(path)) {
        profile.remoteDirectory = path;
    } else {
        lose(name, path);
    }
}

void ImportedSession::setLocalDirectory(const QString &name, const QString &path)
{
    if (isAbsolute(path)) {
        profile.localDirectory = path;
    } else {
        lose(name, path);
    }
}

void ImportedSession::addKeyFile(const QString &file)
{
    const QString path = bounded(file, longestPath);
    if (!path.isEmpty() && profile.identityFiles.size() < mostKeyFiles
        && !profile.identityFiles.contains(path)) {
        profile.identityFiles.append(path);
    }
}

void ImportedSession::addJumpHost(const QString &host, const QString &user, const QString &port)
{
    TargetAddress address;
    address.host = withoutBrackets(host.trimmed());
    address.user = user.trimmed();
    address.port = port.trimmed().isEmpty() ? std::nullopt : portOf(port.trimmed());
    const bool hasBadUser = !address.user.isEmpty() && !isAcceptableUser(address.user);
    const bool hasBadPort = !port.trimmed().isEmpty() && !address.port;
    if (!isAcceptableHost(address.host) || hasBadUser || hasBadPort
        || profile.route.jumpHosts.size() >= mostJumpHosts) {
        hinder(Obstacle::BadRoute, address.host);
        return;
    }
    profile.route.jumpHosts.append(address);
}

void ImportedSession::lose(const QString &name, const QString &value)
{
    const QString text = bounded(value, longestDetail);
    if (!text.isEmpty() && lost.size() < mostLost) {
        lost.append(name.left(longestDetail) + u'=' + text);
    }
}

bool ImportedSessions::add(ImportedSession session)
{
    if (sessions.size() >= mostSessions) {
        isCut = true;
        return false;
    }
    sessions.append(std::move(session));
    return true;
}

ImportedSession importedSession()
{
    ImportedSession session;
    session.profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return session;
}

QString importedText(QByteArrayView bytes)
{
    if (bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF")) {
        return QStringDecoder(QStringDecoder::Utf16).decode(bytes);
    }
    const QByteArrayView mark("\xEF\xBB\xBF");
    return decoded(bytes.startsWith(mark) ? bytes.sliced(mark.size()) : bytes);
}

QString withoutPercent(QByteArrayView text)
{
    QByteArray bytes;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QByteArray digits = text[at] == '%' && at + 2 < text.size()
            ? text.sliced(at + 1, 2).toByteArray()
            : QByteArray();
        bool isNumber = false;
        const uint byte = digits.toUInt(&isNumber, 16);
        const bool isEscape = isNumber && digits[0] != '+' && digits[0] != '-' && digits[0] != ' ';
        bytes += isEscape ? static_cast<char>(byte) : text[at];
        at += isEscape ? 2 : 0;
    }
    return importedText(bytes);
}

} // namespace profiles
