#include "synchronize/PathFilter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace synchronize {
namespace {

// From behind "[": up to "]", or nothing if there is none.
QString characterClass(QStringView &rest)
{
    const qsizetype negation = rest.startsWith(u'!') || rest.startsWith(u'^') ? 1 : 0;
    const qsizetype end = rest.indexOf(u']', negation + 1); // "[]a]" holds a bracket
    if (end < 0) {
        return {};
    }
    QString members = rest.sliced(negation, end - negation).toString();
    members.replace(u'\\', u"\\\\"_s).replace(u'[', u"\\["_s).replace(u']', u"\\]"_s);
    members.replace(u'^', u"\\^"_s);
    rest = rest.sliced(end + 1);
    return (negation > 0 ? u"(?!/)[^"_s : u"(?!/)["_s) + members + u']';
}

QString expressionOfGlob(QStringView glob)
{
    QString expression;
    while (!glob.isEmpty()) {
        const QChar first = glob.front();
        if (glob.startsWith(u"**/")) {
            expression += u"(?:.*/)?"_s;
            glob = glob.sliced(3);
            continue;
        }
        if (glob.startsWith(u"**")) {
            expression += u".*"_s;
            glob = glob.sliced(2);
            continue;
        }
        glob = glob.sliced(1);
        if (first == u'[') {
            const QString members = characterClass(glob);
            expression += members.isEmpty() ? u"\\["_s : members;
        } else if (first == u'*') {
            expression += u"[^/]*"_s;
        } else {
            expression += first == u'?' ? u"[^/]"_s : QRegularExpression::escape(first);
        }
    }
    return expression;
}

// For paths whose directories end with a slash: matches what the pattern names, and what is in it.
QString expressionOf(QString pattern)
{
    const bool isDirectoryAlone = pattern.endsWith(u'/');
    while (pattern.endsWith(u'/')) {
        pattern.chop(1);
    }
    const bool isPath = pattern.contains(u'/');
    while (pattern.startsWith(u'/')) {
        pattern.remove(0, 1);
    }
    if (pattern.isEmpty()) {
        return {};
    }
    return (isPath ? QString() : u"(?:.*/)?"_s) + expressionOfGlob(pattern)
        + (isDirectoryAlone ? u"/.*"_s : u"(?:/.*)?"_s);
}

QRegularExpression expressionOf(const QStringList &patterns)
{
    QStringList expressions;
    for (const QString &pattern : patterns) {
        if (const QString expression = expressionOf(pattern); !expression.isEmpty()) {
            expressions.append(expression);
        }
    }
    if (expressions.isEmpty()) {
        return {};
    }
    return QRegularExpression(
        QRegularExpression::anchoredPattern(u"(?:"_s + expressions.join(u'|') + u')'),
        QRegularExpression::DotMatchesEverythingOption);
}

bool matches(const QRegularExpression &expression, const QByteArray &path, PathFilter::Kind kind)
{
    QString text = QString::fromUtf8(path);
    if (kind == PathFilter::Kind::Directory) {
        text += u'/';
    }
    return expression.match(text).hasMatch();
}

bool isHidden(const QByteArray &path)
{
    return path.startsWith('.') || path.contains("/.");
}

} // namespace

PathFilter::PathFilter(const FilterRules &rules)
    : m_include(expressionOf(rules.include))
    , m_exclude(expressionOf(rules.exclude))
    , m_hidden(rules.hidden)
{
}

bool PathFilter::excludes(const QByteArray &path, Kind kind) const
{
    if (m_hidden == files::Hidden::Exclude && isHidden(path)) {
        return true;
    }
    return !m_exclude.pattern().isEmpty() && matches(m_exclude, path, kind);
}

bool PathFilter::includes(const QByteArray &path, Kind kind) const
{
    return m_include.pattern().isEmpty() || matches(m_include, path, kind);
}

} // namespace synchronize
