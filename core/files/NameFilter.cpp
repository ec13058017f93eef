#include "files/NameFilter.h"

namespace files {
namespace {

QRegularExpression expressionFor(const QString &pattern)
{
    if (pattern.isEmpty()) {
        return QRegularExpression();
    }
    const bool hasWildcard
        = pattern.contains(QLatin1Char('*')) || pattern.contains(QLatin1Char('?'));
    const QString expression = hasWildcard
        ? QRegularExpression::wildcardToRegularExpression(
              pattern, QRegularExpression::NonPathWildcardConversion)
        : QRegularExpression::escape(pattern);
    return QRegularExpression(expression,
                              QRegularExpression::CaseInsensitiveOption
                                  | QRegularExpression::DotMatchesEverythingOption);
}

} // namespace

NameFilter::NameFilter(Hidden hidden, const QString &pattern)
    : m_hidden(hidden)
    , m_pattern(expressionFor(pattern))
{
}

bool NameFilter::passes(const FileEntry &entry) const
{
    if (m_hidden == Hidden::Exclude && entry.isHidden()) {
        return false;
    }
    return m_pattern.pattern().isEmpty()
        || m_pattern.match(QString::fromUtf8(entry.name)).hasMatch();
}

} // namespace files
