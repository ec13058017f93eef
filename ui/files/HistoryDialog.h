// HistoryDialog: what was done to the files of one place and can be undone, the latest first. Not
// modal; stays in step with the history.

#pragma once

#include <QDialog>

class QPushButton;
class QTreeWidget;

namespace ui {

class ChangeHistory;

class HistoryDialog final : public QDialog
{
    Q_OBJECT

public:
    // `place` is what the user calls it. The history must outlive this.
    HistoryDialog(const ChangeHistory &history, const QString &place, QWidget *parent);

signals:
    void undoRequested(quint64 change);

private:
    void fill(const ChangeHistory &history);

    QTreeWidget *m_list;
    QPushButton *m_undo;
};

} // namespace ui
