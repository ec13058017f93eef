// FleetModel: the hosts of a run and what has come of each so far, as the rows of a table.

#pragma once

#include "commands/FleetRun.h"

#include <QAbstractTableModel>
#include <QPointer>
#include <QTimer>

namespace ui {

class FleetModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Host, State, Status, Duration, FirstLine, ColumnCount };

    // Ways to choose rows.
    enum class Outcome { Any, Succeeded, Failed, Unfinished };

    // A number or a text to sort by, instead of what is shown.
    static constexpr int sortRole = Qt::UserRole;

    explicit FleetModel(QObject *parent = nullptr);

    // Borrowed; null: no rows.
    void setRun(commands::FleetRun *run);

    commands::FleetRun *run() const { return m_run; }

    bool has(int row, Outcome outcome) const;

    // Why there is no exit status; empty if there is one, a signal, or no end yet.
    QString sentence(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(int row, int column) const;
    QString stateText(int row) const;
    QString firstLine(int row) const;
    QVariant sortKey(int row, int column) const;
    std::chrono::milliseconds duration(int row) const;
    void handleChange(commands::CommandBatch::Index host);
    void tellTime();

    QPointer<commands::FleetRun> m_run;
    QTimer m_clock; // of the durations
};

} // namespace ui
