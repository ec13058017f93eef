#include "ui/connect/SessionFilter.h"

#include "ui/connect/SessionModel.h"

#include <QRegularExpression>
#include <QSignalBlocker>

namespace ui {
namespace {

// All of the words, in any order.
QRegularExpression expressionOf(const QString &text)
{
    QString pattern;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        pattern += QStringLiteral("(?=.*%1)").arg(QRegularExpression::escape(word));
    }
    return QRegularExpression(pattern.isEmpty() ? pattern : u'^' + pattern,
                              QRegularExpression::CaseInsensitiveOption
                                  | QRegularExpression::DotMatchesEverythingOption);
}

} // namespace

SessionFilter::SessionFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setFilterRole(SessionModel::SearchRole);
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true); // the name of a group finds what is in it
}

// Of thousands of rows every second one may go. Told one after the other, as the base class does,
// each has the view lay out all others again, which takes half a second.
void SessionFilter::setText(const QString &text)
{
    beginResetModel();
    {
        const QSignalBlocker quiet(this);
        setFilterRegularExpression(expressionOf(text));
    }
    endResetModel();
}

} // namespace ui
