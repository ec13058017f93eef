#include "ui/files/PathLines.h"

#include "base/DisplayText.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

bool isPlainText(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    return text.toUtf8() == bytes && std::ranges::none_of(text, [](QChar character) {
               return character.category() == QChar::Other_Control;
           });
}

QString asText(const QByteArray &bytes)
{
    return isPlainText(bytes) ? QString::fromUtf8(bytes) : base::displayText(bytes);
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

// In octal, which cannot run into what comes after it.
QByteArray octal(char byte)
{
    return '\\' + QByteArray::number(static_cast<uchar>(byte), 8).rightJustified(3, '0');
}

QString quoted(QByteArray bytes)
{
    if (isPlainText(bytes)) {
        return u'\'' + QString::fromUtf8(bytes.replace('\'', "'\\''")) + u'\'';
    }
    QByteArray word;
    for (const char byte : std::as_const(bytes)) {
        const bool isPrintable = byte >= ' ' && byte <= '~' && byte != '\'' && byte != '\\';
        word += isPrintable ? QByteArray(1, byte) : octal(byte);
    }
    return QStringLiteral("$'") + QString::fromLatin1(word) + u'\'';
}

// Of a path, for who takes it for a pattern: glob(7).
QByteArray withoutWildcards(const QByteArray &path)
{
    QByteArray result;
    for (const char byte : path) {
        if (QByteArrayView("*?[\\").contains(byte)) {
            result += '\\';
        }
        result += byte;
    }
    return result;
}

QString userPart(const PaneAddress &address)
{
    return address.user.isEmpty() ? QString() : address.user + u'@';
}

} // namespace

QString nameLines(const QList<files::FilePath> &paths)
{
    QStringList lines;
    for (const files::FilePath &path : paths) {
        lines << asText(path.name());
    }
    return lines.join(u'\n');
}

QString pathLines(const QList<files::FilePath> &paths)
{
    QStringList lines;
    for (const files::FilePath &path : paths) {
        lines << asText(path.bytes());
    }
    return lines.join(u'\n');
}

// It marks lines with these escapes by a backslash in front (coreutils manual, "md5sum
// invocation").
QString checksumLine(const QByteArray &name, const QByteArray &sha256)
{
    QByteArray escaped = name;
    escaped.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
    const QString mark = escaped != name ? QStringLiteral("\\") : QString();
    return mark + QString::fromLatin1(sha256.toHex()) + QStringLiteral("  ") + asText(escaped);
}

QString urlLines(const std::optional<PaneAddress> &address, const QList<files::FilePath> &paths)
{
    QString start = QStringLiteral("file://");
    if (address) {
        const QString user = address->user.isEmpty()
            ? QString()
            : QString::fromLatin1(address->user.toUtf8().toPercentEncoding()) + u'@';
        const QString port
            = address->port == 22 ? QString() : u':' + QString::number(address->port);
        start = QStringLiteral("sftp://") + user + bracketed(address->host) + port;
    }
    QStringList lines;
    for (const files::FilePath &path : paths) {
        lines << start
                + QString::fromLatin1(path.bytes().toPercentEncoding(QByteArrayLiteral("/")));
    }
    return lines.join(u'\n');
}

// scp(1) of today speaks SFTP: no shell of the server sees the path, but scp looks for wildcards in
// it (source: scp.c of OpenSSH 10.0, sink_sftp()).
QString scpLine(const PaneAddress &address, const QList<files::FilePath> &paths)
{
    QStringList words{QStringLiteral("scp"), QStringLiteral("-rp")};
    if (address.port != 22) {
        words << QStringLiteral("-P") << QString::number(address.port);
    }
    if (!address.jumpHosts.isEmpty()) {
        words << QStringLiteral("-J") << quoted(address.jumpHosts.toUtf8());
    }
    const QString server = userPart(address) + bracketed(address.host) + u':';
    for (const files::FilePath &path : paths) {
        words << quoted(server.toUtf8() + withoutWildcards(path.bytes()));
    }
    words << QStringLiteral(".");
    return words.join(u' ');
}

} // namespace ui
