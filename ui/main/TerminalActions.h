// TerminalActions: what the keys and the menu do with the terminals of the tab in front.

#pragma once

#include <QObject>

#include <functional>

class QAction;

namespace ui {

class Actions;
class ConnectionPage;
class SessionTabs;
class TerminalSplits;

class TerminalActions final : public QObject
{
    Q_OBJECT

public:
    // Both outlive this.
    TerminalActions(Actions &actions, SessionTabs &tabs, QObject *parent = nullptr);

    // Which of them can be used just now.
    void update();

private:
    void onTerminals(QAction *action, std::function<void(TerminalSplits &)> call);

    Actions &m_actions;
    SessionTabs &m_tabs;
};

} // namespace ui
