// LoginOrderList: the ways to log in, with a check for each and buttons that move them up and down.
// Used by LoginPage.

#pragma once

#include "profiles/LoginOrder.h"

#include <QWidget>

class QListWidget;
class QToolButton;

namespace ui {

class LoginOrderList final : public QWidget
{
    Q_OBJECT

public:
    explicit LoginOrderList(QWidget *parent = nullptr);

    // The keys of the agent and the default keys have no check here: LoginPage has their switches.
    void load(const profiles::LoginOrder &order);
    profiles::LoginOrder order() const;

private:
    void add(profiles::LoginSource source, bool isChecked);
    void moveCurrent(int by);
    void updateButtons();

    QListWidget *m_list;
    QToolButton *m_up;
    QToolButton *m_down;
};

} // namespace ui
