// FleetGroups: equal outputs of many hosts folded into groups, and what differs between two of
// them.

#pragma once

#include "commands/FleetRun.h"
#include "commands/OutputGroups.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QTreeWidget;

namespace ui {

class ComparisonView;
class PlainLabel;

class FleetGroups final : public QWidget
{
    Q_OBJECT

public:
    explicit FleetGroups(QWidget *parent = nullptr);

    // Borrowed; null: nothing to show.
    void setRun(commands::FleetRun *run);

    qsizetype count() const { return m_groups.size(); }

signals:
    void changed(); // the groups did

private:
    QWidget *createList();
    QWidget *createComparison();
    void refresh();
    void fillList(const QByteArray &chosen);
    void fillOthers(const QByteArray &chosen);
    void showChosen();
    const commands::OutputStore &outputOf(commands::CommandBatch::Index host) const;
    const commands::OutputGroup *chosen() const;
    const commands::OutputGroup *find(const QByteArray &digest) const;
    QString titleOf(const commands::OutputGroup &group) const;
    QByteArray textOf(const commands::OutputGroup &group, bool &isWhole) const;

    QPointer<commands::FleetRun> m_run;
    QList<commands::OutputGroup> m_groups;
    QComboBox *m_stream = nullptr;
    QTreeWidget *m_list = nullptr;
    QComboBox *m_other = nullptr; // to compare with
    ComparisonView *m_view = nullptr;
    PlainLabel *m_note = nullptr;
    QTimer m_settle; // many outcomes make one change
};

} // namespace ui
