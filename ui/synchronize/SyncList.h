// SyncList: the table of what is synchronized. Space, a double click and a menu change what is done
// about the selected rows.

#pragma once

#include <QTreeView>

namespace ui {

class SyncModel;

class SyncList final : public QTreeView
{
    Q_OBJECT

public:
    // The model is borrowed.
    explicit SyncList(SyncModel &model, QWidget *parent = nullptr);

    // While it is carried out nothing can be changed.
    void setLocked(bool locked) { m_isLocked = locked; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QList<int> selectedRows() const;
    void cycleSelected();
    void showMenu(QPoint position);

    SyncModel &m_model;
    bool m_isLocked = false;
};

} // namespace ui
