#include "ui/files/PathLines.h"

#include "base/DisplayText.h"

#include <QByteArrayList>
#include <QStringList>

namespace ui {
namespace {

QString asText(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    return text.toUtf8() == bytes && !bytes.contains('\n') ? text : base::displayText(bytes);
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
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

// scp(1) of today speaks SFTP and takes the path as it is: it is quoted for the local shell alone.
QString scpLine(const PaneAddress &address, const QList<files::FilePath> &paths)
{
    QStringList words{QStringLiteral("scp"), QStringLiteral("-rp")};
    if (address.port != 22) {
        words << QStringLiteral("-P") << QString::number(address.port);
    }
    for (const files::FilePath &path : paths) {
        words << quoted(userPart(address) + bracketed(address.host) + u':' + asText(path.bytes()));
    }
    words << QStringLiteral(".");
    return words.join(u' ');
}

} // namespace ui
