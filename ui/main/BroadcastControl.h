// BroadcastControl: begins and ends typing into several terminals of a window: asks which, and once
// more where one of them is on a production server.

#pragma once

#include <QObject>

class QAction;

namespace ui {

class SessionTabs;
class SheetHost;
class TerminalPane;
class TypingBroadcast;

class BroadcastControl final : public QObject
{
    Q_OBJECT

public:
    // The action starts it or stops it. Questions are sheets in `host`, or in the window of a tab
    // that has one. All outlive this.
    BroadcastControl(QAction &action, SessionTabs &tabs, SheetHost &host,
                     QObject *parent = nullptr);

private:
    void toggle();
    void start(const QList<TerminalPane *> &panes, const QStringList &cautions);
    void begin(const QList<TerminalPane *> &panes);

    QAction &m_action;
    SessionTabs &m_tabs;
    SheetHost &m_host;
    TypingBroadcast *m_broadcast;
};

} // namespace ui
