// TerminalLogs: has the terminals of all tabs logged, where a session, its group or the settings
// say so, lets old logs go, and shows the past ones.

#pragma once

#include "ui/main/Services.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>

namespace archive {
struct PastLog;
} // namespace archive

namespace ui {

class Actions;
class ConnectionPage;
class PastLogsWindow;
class SessionTabs;

class TerminalLogs final : public QObject
{
    Q_OBJECT

public:
    // All outlive this. `showSettings` is for the way from there to the settings. Without an
    // archive nothing is logged.
    TerminalLogs(const Services &services, const Actions &actions, SessionTabs &tabs,
                 std::function<void()> showSettings, QWidget &window);

private:
    void follow(ConnectionPage *page);
    void prune();
    void showPast();
    void play(const archive::PastLog &log, std::chrono::milliseconds place);

    const Services m_services;
    const std::function<void()> m_showSettings;
    QWidget &m_window;
    QPointer<PastLogsWindow> m_past;
    QElapsedTimer m_sincePruned;
};

} // namespace ui
