// SessionFilter: the rows of a SessionModel in which words are found, with the groups above them.
// For the sidebar.

#pragma once

#include <QSortFilterProxyModel>

namespace ui {

class SessionFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit SessionFilter(QObject *parent = nullptr);

    // Each of its words must be there, in any field, whatever its case; empty: all rows. Views are
    // reset, with what was selected and open.
    void setText(const QString &text);
};

} // namespace ui
