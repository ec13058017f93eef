// TabNameEdit: the field over a tab in which its name is written. Enter and leaving it keep what
// was written, Escape does not; without a name the tab has its usual title again.

#pragma once

#include <QLineEdit>

class QTabBar;

namespace ui {

class TabNameEdit final : public QLineEdit
{
    Q_OBJECT

public:
    // Over that tab, with the focus; deletes itself when it is done.
    TabNameEdit(QTabBar &bar, int index, const QString &name);

signals:
    void named(const QString &name); // or given up

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void finish(bool keep);

    bool m_isFinished = false;
};

} // namespace ui
