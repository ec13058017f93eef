// LogModel: the lines of a log as the rows of a table. Looks for new ones a few times each second,
// for they come from other threads.

#pragma once

#include "log/SessionLog.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <deque>
#include <memory>

namespace ui {

class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Level, Source, Text, ColumnCount };

    explicit LogModel(QObject *parent = nullptr);

    // Null: no rows.
    void setLog(std::shared_ptr<logging::SessionLog> log);

    const std::shared_ptr<logging::SessionLog> &log() const { return m_log; }
    const logging::LogLine &line(int row) const { return m_lines.at(static_cast<size_t>(row)); }

    void refresh(); // now

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<logging::SessionLog> m_log; // shared with who writes to it
    std::deque<logging::LogLine> m_lines;
    QTimer m_clock;
};

} // namespace ui
