// SessionFilter: the rows of a SessionModel in which a text is found, with the groups above them.
// For the sidebar.

#pragma once

#include <QSortFilterProxyModel>

namespace ui {

class SessionFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit SessionFilter(QObject *parent = nullptr);

    // Compares without case; empty: all rows. Views are reset, with what was selected and open.
    void setText(const QString &text);
};

} // namespace ui
