// LoginOrderList: the ways to log in, with a check for each and buttons that move them up and down.
// Used by LoginPage.

#pragma once

#include "profiles/LoginOrder.h"

#include <QWidget>

class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace ui {

class LoginOrderList final : public QWidget
{
    Q_OBJECT

public:
    explicit LoginOrderList(QWidget *parent = nullptr);

    void load(const profiles::LoginOrder &order);
    profiles::LoginOrder order() const;

    // The agent and the default keys have switches elsewhere on the page: they keep their place in
    // the order when they are off.
    void setSwitchedOn(profiles::LoginSource source, bool isOn);

signals:
    void switched(profiles::LoginSource source, bool isOn); // by its check here

private:
    void add(profiles::LoginSource source, bool isChecked);
    void moveCurrent(int by);
    void updateButtons();
    void handleCheck(const QListWidgetItem *item);

    QListWidget *m_list;
    QToolButton *m_up;
    QToolButton *m_down;
};

} // namespace ui
