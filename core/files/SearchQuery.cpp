#include "files/SearchQuery.h"

#include "files/SearchMark.h"

#include <QByteArrayList>
#include <QRegularExpression>

#include <algorithm>

namespace files {
namespace {

constexpr qint64 secondsOfDay = 24 * 60 * 60;

QByteArray quoted(QByteArray word)
{
    return '\'' + word.replace('\'', "'\\''") + '\'';
}

// A text without wildcards may stand anywhere in a name.
QString pattern(const QString &name)
{
    const bool hasWildcard = name.contains(u'*') || name.contains(u'?') || name.contains(u'[');
    return hasWildcard ? name : u'*' + name + u'*';
}

} // namespace

bool SearchQuery::matches(const FileEntry &entry, qint64 now) const
{
    const bool isRegular = entry.attributes.type() == FileType::Regular;
    const bool wantsFile = leastBytes || mostBytes || !content.isEmpty();
    if (wantsFile && (!isRegular || !entry.attributes.size)) {
        return false;
    }
    if ((leastBytes && *entry.attributes.size < *leastBytes)
        || (mostBytes && *entry.attributes.size > *mostBytes)) {
        return false;
    }
    if (withinDays) { // as find(1) counts: whole days
        const auto time = entry.attributes.modificationTime;
        if (!time || (now - *time) / secondsOfDay >= *withinDays) {
            return false;
        }
    }
    if (name.isEmpty()) {
        return true;
    }
    const auto expression = QRegularExpression::fromWildcard(
        pattern(name), Qt::CaseInsensitive, QRegularExpression::NonPathWildcardConversion);
    return expression.match(QString::fromUtf8(entry.name)).hasMatch();
}

QByteArray SearchQuery::findCommand(const FilePath &directory) const
{
    QByteArray tests;
    if (!name.isEmpty()) {
        tests += " -iname " + quoted(pattern(name).toUtf8());
    }
    if (leastBytes && *leastBytes > 0) {
        tests += " -size +" + QByteArray::number(*leastBytes - 1) + 'c';
    }
    if (mostBytes) {
        tests += " -size -" + QByteArray::number(*mostBytes + 1) + 'c';
    }
    if (withinDays) {
        tests += " -mtime -" + QByteArray::number(*withinDays);
    }
    const QByteArray mark = "printf '" + searchMark.toByteArray() + "\\0'; ";
    QByteArray script = "cd " + quoted(directory.bytes()) + " || exit 1; ";
    if (leastBytes || mostBytes || !content.isEmpty()) {
        tests = " -type f" + tests;
    }
    if (content.isEmpty()) {
        script += "find . -print0 -prune >/dev/null 2>&1 || exit 127; " + mark + "find . ! -name ."
            + tests + " -print0 2>/dev/null; exit 0";
    } else {
        // 1 says that nothing was found, 2 that the option is not known (grep(1)).
        script += "grep --null -q x /dev/null 2>/dev/null; test $? -eq 1 || exit 127; " + mark
            + "find ." + tests + " -exec grep -lF --null -e " + quoted(content)
            + " {} + 2>/dev/null; exit 0";
    }
    return "sh -c " + quoted(script);
}

QList<QByteArray> foundPaths(const QByteArray &output)
{
    QList<QByteArray> paths;
    const QByteArray whole = output.first(output.lastIndexOf('\0') + 1); // perhaps it was cut off
    for (QByteArray path : whole.split('\0')) {
        if (path.startsWith("./")) {
            path.remove(0, 2);
        }
        const QByteArrayList names = path.split('/');
        const bool isSafe = std::ranges::all_of(
            names, [](const QByteArray &part) { return safeLocalName(part).has_value(); });
        if (isSafe) {
            paths.append(path);
        }
    }
    return paths;
}

} // namespace files
