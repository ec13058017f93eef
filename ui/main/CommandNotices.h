// CommandNotices: tells the desktop when a command that took long has ended in a terminal of a tab
// while nobody looked at it. For shells that mark their commands.

#pragma once

#include <QObject>

namespace settings {
class Settings;
}

namespace ui {

class ConnectionPage;
class DesktopNotices;
struct ShellCommand;
class TerminalPane;
class TerminalSplits;

class CommandNotices final : public QObject
{
    Q_OBJECT

public:
    // All outlive this.
    CommandNotices(ConnectionPage &page, TerminalSplits &terminals, settings::Settings &settings);

private:
    void note(const TerminalPane &pane, const ShellCommand &command);

    ConnectionPage &m_page;
    settings::Settings &m_settings;
    DesktopNotices *m_notices;
};

} // namespace ui
