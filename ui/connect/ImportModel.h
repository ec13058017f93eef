// ImportModel: the sessions of a foreign file as rows to tick, each with what becomes of it.

#pragma once

#include "profiles/import/ImportedSession.h"

#include <QAbstractTableModel>
#include <QSet>

namespace ui {

class ImportModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Address, Group, Remark, ColumnCount };

    explicit ImportModel(QObject *parent = nullptr);

    // Ticks what can be imported, is not there already, and starts no program of its own accord.
    void setSessions(const profiles::ImportedSessions &imported);
    const profiles::ImportedSessions &sessions() const { return m_imported; }

    const QSet<qsizetype> &chosen() const { return m_chosen; }
    void chooseAll();
    void chooseNone();

    // All of these, or none if all are chosen already.
    void toggle(const QModelIndexList &rows);

    // Rows that cannot be imported, and those that are there already.
    int impossibleCount() const;
    int knownCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void chosenChanged();

private:
    QString text(qsizetype row, int column) const;
    void tellChosen();

    profiles::ImportedSessions m_imported;
    QSet<qsizetype> m_chosen;
};

} // namespace ui
