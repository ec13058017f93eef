// SyncModel: a plan of what is synchronized as the rows of a table, those that the user wants to
// see. Owns the plan.

#pragma once

#include "synchronize/SyncPlan.h"

#include <QAbstractTableModel>
#include <QList>

#include <vector>

namespace ui {

class SyncModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Path, LeftSize, LeftTime, Act, RightSize, RightTime, Why };
    static constexpr int columns = 7;

    enum class Shown { Differences, Everything, Copies, Deletions, Conflicts, Unreadable };

    explicit SyncModel(QObject *parent = nullptr);

    void setPlan(synchronize::SyncPlan plan);
    const synchronize::SyncPlan &plan() const { return m_plan; }

    // Of the plan; what the user has said of single rows is forgotten.
    void setRules(const synchronize::SyncRules &rules);

    // Rows that are shown stay until the next call, whatever is said of them.
    void setShown(Shown shown);
    Shown shown() const { return m_shown; }

    synchronize::Action action(int row) const
    {
        return m_plan.action(m_rows[static_cast<size_t>(row)]);
    }

    // What one of these rows, of this model, may take.
    QList<synchronize::Action> choices(const QList<int> &rows) const;

    // Rows that can not take it keep what they have; what is in directories goes along.
    void setAction(const QList<int> &rows, synchronize::Action action);

    // To the next one of its choices; a deletion is one of these only if the rules ask for it.
    void cycle(int row);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex &index, int role) const override;

signals:
    void planChanged();

private:
    bool isShown(qsizetype row) const;
    void choose();
    void tellChange(qsizetype first, qsizetype end);
    QString text(qsizetype row, int column) const;
    QVariant actionData(qsizetype row, int role) const;

    synchronize::SyncPlan m_plan;
    Shown m_shown = Shown::Differences;
    std::vector<qsizetype> m_rows; // of the plan, ascending
};

} // namespace ui
