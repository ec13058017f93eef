#include "archive/LogExcerpt.h"

#include "base/DisplayText.h"

#include <QFile>
#include <QStringList>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace archive {
namespace {

constexpr qint64 longestLine = qint64{64} * 1024; // as terminal::PlainLog cuts them

constexpr qsizetype tabWidth = 8;

QString shown(const QByteArray &line)
{
    QString text;
    for (const QChar c : QString::fromUtf8(line)) {
        text += c == u'\t' ? QString(tabWidth - text.size() % tabWidth, u' ') : QString(c);
    }
    return base::displayText(text);
}

} // namespace

base::Result<LogExcerpt> LogExcerpt::read(const QString &path, qint64 line)
{
    QFile file(path);
    errno = 0;
    if (!file.open(QIODevice::ReadOnly)) {
        return base::Failure(
            base::Error::fromErrno(errno != 0 ? errno : EIO, u"open for reading"_s, path));
    }
    QStringList lines;
    LogExcerpt excerpt;
    qint64 number = 1;
    while (!file.atEnd() && number <= line + linesAfter) {
        const QByteArray bytes = file.readLine(longestLine);
        if (bytes.isEmpty()) {
            break; // it can be read no further
        }
        lines.append(shown(bytes.chopped(bytes.endsWith('\n') ? 1 : 0)));
        if (lines.size() > linesBefore + linesAfter) {
            lines.removeFirst();
            ++excerpt.firstLine;
        }
        ++number;
    }
    excerpt.isWhole = excerpt.firstLine == 1 && file.atEnd();
    excerpt.text = lines.join(u'\n');
    return excerpt;
}

} // namespace archive
