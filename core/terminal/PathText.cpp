#include "terminal/PathText.h"

namespace terminal {
namespace {

constexpr qsizetype longestPath = 4096; // PATH_MAX of Linux

// Spaces can not be told from those between words.
bool belongsToPath(QChar character)
{
    constexpr QStringView never = u"\"'`<>|;&()[]{}*?$,:=\\";
    return character.isPrint() && !character.isSpace() && !never.contains(character);
}

} // namespace

TextSpan pathSpanAt(const QString &line, qsizetype index)
{
    if (index < 0 || index >= line.size() || !belongsToPath(line[index])) {
        return {};
    }
    qsizetype first = index;
    while (first > 0 && belongsToPath(line[first - 1])) {
        --first;
    }
    qsizetype end = index + 1;
    while (end < line.size() && belongsToPath(line[end])) {
        ++end;
    }
    QStringView word = QStringView(line).sliced(first, end - first);
    while (word.endsWith(u'.') && !word.endsWith(u"/.") && !word.endsWith(u"..")) {
        word.chop(1);
    }
    const bool isUrl = word.startsWith(u"//"); // the colon before has ended the word
    if (isUrl || index >= first + word.size() || !word.contains(u'/')) {
        return {};
    }
    return {first, word.size()};
}

QByteArray pathAt(const QString &line, qsizetype index, const QByteArray &directory)
{
    const TextSpan span = pathSpanAt(line, index);
    if (span.length == 0) {
        return {};
    }
    const QStringView word = QStringView(line).sliced(span.begin, span.length);
    QByteArray path = word.toUtf8();
    if (!path.startsWith('/')) {
        if (directory.isEmpty() || path.startsWith('~') || path.startsWith('-')) {
            return {};
        }
        path.prepend(directory.endsWith('/') ? directory : directory + '/');
    }
    return path.size() > longestPath ? QByteArray() : path;
}

} // namespace terminal
