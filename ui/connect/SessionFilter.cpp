#include "ui/connect/SessionFilter.h"

#include "ui/connect/SessionModel.h"

#include <QSignalBlocker>

namespace ui {

SessionFilter::SessionFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setFilterRole(SessionModel::SearchRole);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
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
        setFilterFixedString(text);
    }
    endResetModel();
}

} // namespace ui
