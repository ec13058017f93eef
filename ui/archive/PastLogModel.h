// PastLogModel: past logs, or the lines that a search has found in them, as rows of a list. Used by
// PastLogsWindow.

#pragma once

#include "archive/PastLog.h"

#include <QAbstractListModel>
#include <QList>

#include <variant>

namespace ui {

class PastLogModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using Row = std::variant<archive::PastLog, archive::LogMatch>;

    using QAbstractListModel::QAbstractListModel;

    void showLogs(const QList<archive::PastLog> &logs);
    void showMatches(const QList<archive::LogMatch> &matches);

    // Null for an index that is no row.
    const Row *row(const QModelIndex &index) const;

    // The log of the row, whatever it is.
    static const archive::PastLog &logOf(const Row &row);

    // "Web shop · web01 · 9 Nov 2026 07:12": safe to show.
    static QString heading(const Row &row);

    // Below that, for a log: how large it is, and of what form.
    static QString about(const archive::PastLog &log);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void setRows(QList<Row> rows);

    QList<Row> m_rows;
};

} // namespace ui
