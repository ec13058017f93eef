// LoginOrderList: the ways to log in, with a check for each and buttons that move them up and down.
// Used by LoginPage.

#pragma once

#include "profiles/EffectiveProfile.h"
#include "profiles/LoginOrder.h"

#include <QSet>
#include <QWidget>

#include <optional>

class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace ui {

class PlainLabel;

class LoginOrderList final : public QWidget
{
    Q_OBJECT

public:
    explicit LoginOrderList(QWidget *parent = nullptr);

    // Absent: as it is inherited.
    void load(const std::optional<profiles::LoginOrder> &own);
    const std::optional<profiles::LoginOrder> &own() const { return m_own; }

    void showInherited(const profiles::LoginOrder &order, const profiles::ValueOrigin &origin);

    // The agent and the default keys have switches elsewhere on the page: they keep their place in
    // the order when they are off.
    void setSwitchedOn(profiles::LoginSource source, bool isOn);

signals:
    void switched(profiles::LoginSource source, bool isOn); // by its check here

private:
    profiles::LoginOrder order() const; // as it is shown
    void fill();
    void add(profiles::LoginSource source, bool isChecked);
    void moveCurrent(int by);
    void takeOrder(); // the user changed it
    void updateButtons();
    void handleCheck(const QListWidgetItem *item);

    std::optional<profiles::LoginOrder> m_own;
    profiles::LoginOrder m_inherited = profiles::defaultLoginOrder();
    profiles::ValueOrigin m_origin; // of the inherited one
    QSet<profiles::LoginSource> m_switchedOff;
    QListWidget *m_list;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_reset;
    PlainLabel *m_remark;
};

} // namespace ui
