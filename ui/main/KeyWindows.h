// KeyWindows: opens the windows for the keys of servers and for the user's own, each of them once.

#pragma once

#include "ui/main/Services.h"

#include <QList>
#include <QObject>
#include <QPointer>

class QWidget;

namespace ui {

class Actions;
class HostKeyWindow;
class KeysWindow;
class SessionTabs;
struct InstallTarget;

class KeyWindows final : public QObject
{
    Q_OBJECT

public:
    // All are borrowed; `mainWindow` owns this.
    KeyWindows(const Services &services, const Actions &actions, const SessionTabs &tabs,
               QWidget &mainWindow);

private:
    void showHostKeys();
    void showKeys();
    QList<InstallTarget> installTargets() const;

    Services m_services;
    const SessionTabs &m_tabs;
    QWidget &m_mainWindow;
    QPointer<HostKeyWindow> m_hostKeys; // while they are open
    QPointer<KeysWindow> m_keys;
};

} // namespace ui
