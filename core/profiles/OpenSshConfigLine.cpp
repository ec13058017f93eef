#include "profiles/OpenSshConfigLine.h"

namespace profiles {
namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

qsizetype skipBlanks(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isBlank(text[at])) {
        ++at;
    }
    return at;
}

// What a backslash makes literal outside and inside quotes.
bool isEscapable(char c, char quote)
{
    return c == '\'' || c == '"' || c == '\\' || (quote == 0 && c == ' ');
}

// The word that begins at `at`, which moves behind it. Absent if a quote does not end.
std::optional<QByteArray> takeWord(QByteArrayView text, qsizetype &at)
{
    QByteArray word;
    char quote = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && at + 1 < text.size() && isEscapable(text[at + 1], quote)) {
            word += text[++at];
        } else if (quote == 0 && isBlank(c)) {
            break;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
        } else if (quote != 0 && c == quote) {
            quote = 0;
        } else {
            word += c;
        }
    }
    return quote == 0 ? std::optional(word) : std::nullopt;
}

std::optional<QByteArrayList> splitArguments(QByteArrayView text)
{
    QByteArrayList words;
    for (qsizetype at = skipBlanks(text, 0); at < text.size(); at = skipBlanks(text, at)) {
        if (text[at] == '#') {
            break;
        }
        const auto word = takeWord(text, at);
        if (!word) {
            return std::nullopt;
        }
        words.append(*word);
    }
    return words;
}

// In time that grows with the product of the lengths at most, whatever the pattern.
bool matchesPattern(QByteArrayView pattern, QByteArrayView name)
{
    qsizetype p = 0;
    qsizetype n = 0;
    qsizetype star = -1; // the last one, and what it has to swallow at least
    qsizetype swallowed = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            swallowed = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star >= 0) {
            p = star + 1;
            n = ++swallowed;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

} // namespace

std::optional<OpenSshConfigLine> OpenSshConfigLine::parse(QByteArrayView line)
{
    while (!line.isEmpty() && QByteArrayView(" \t\r\n\f").contains(line.last(1))) {
        line.chop(1);
    }
    const QByteArrayView text = line.sliced(skipBlanks(line, 0));
    qsizetype end = 0;
    while (end < text.size() && !isBlank(text[end]) && text[end] != '=' && text[end] != '"') {
        ++end;
    }
    OpenSshConfigLine result;
    result.keyword = text.first(end).toByteArray().toLower();
    if (result.keyword.isEmpty() || result.keyword.startsWith('#')) {
        return std::nullopt;
    }
    qsizetype rest = skipBlanks(text, end);
    if (rest < text.size() && text[rest] == '=') {
        rest = skipBlanks(text, rest + 1);
    }
    const auto arguments = splitArguments(text.sliced(rest));
    if (!arguments || arguments->isEmpty()) {
        return std::nullopt;
    }
    result.arguments = *arguments;
    return result;
}

bool matchesHostPatterns(const QByteArrayList &patterns, QByteArrayView name)
{
    bool isMatch = false;
    for (const QByteArray &pattern : patterns) {
        const bool isNegated = pattern.startsWith('!');
        const QByteArrayView plain = QByteArrayView(pattern).sliced(isNegated ? 1 : 0);
        if (matchesPattern(plain, name)) {
            if (isNegated) {
                return false;
            }
            isMatch = true;
        }
    }
    return isMatch;
}

} // namespace profiles
