#include "archive/LogQuery.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace archive {
namespace {

constexpr qsizetype longestText = 1000;
constexpr qsizetype mostTerms = 20;

// FTS5 finds letters and digits alone.
bool isSearchable(QStringView term)
{
    return std::ranges::any_of(term.toUcs4(),
                               [](char32_t c) { return QChar::isLetterOrNumber(c); });
}

// In quotation marks everything is text; two of them stand for one.
QString quoted(QStringView term)
{
    return u'"' + term.toString().replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

QString LogQuery::expression() const
{
    QStringList terms;
    bool isPhrase = false; // every second part stands in quotation marks
    for (const QStringView part : QStringView(text).left(longestText).split(u'"')) {
        if (isPhrase && isSearchable(part)) {
            terms.append(quoted(part));
        } else if (!isPhrase) {
            for (const QString &word : part.toString().simplified().split(u' ')) {
                if (isSearchable(word)) {
                    terms.append(quoted(word) + u'*');
                }
            }
        }
        isPhrase = !isPhrase;
    }
    return terms.mid(0, mostTerms).join(u" AND "_s);
}

} // namespace archive
