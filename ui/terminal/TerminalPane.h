// TerminalPane: one terminal of a tab: its screen, the shell behind it, and above them a line with
// its title and how its shell ended. Used by TerminalSplits.
//
// It stays when its shell ends or its connection is lost, so that nothing on the screen is lost.

#pragma once

#include "base/Result.h"
#include "terminal/ByteStream.h"
#include "ui/terminal/AutomaticLog.h"
#include "ui/terminal/ShellCommand.h"
#include "ui/terminal/TerminalAppearance.h"
#include "ui/terminal/TerminalMark.h"

#include <QSize>
#include <QWidget>

#include <functional>
#include <memory>

namespace ui {

class BroadcastBar;
class CommandsPanel;
class NoticeBar;
class PaneTitle;
class TerminalBridge;
class TerminalRecorder;
class TerminalView;

// Opens a shell on a screen of that size in cells. Null: there is no connection just now.
using ShellOpener = std::function<std::unique_ptr<terminal::ByteStream>(QSize cells)>;

class TerminalPane final : public QWidget
{
    Q_OBJECT

public:
    explicit TerminalPane(QWidget *parent = nullptr);
    ~TerminalPane() override;

    TerminalView &view() const { return *m_view; }
    TerminalBridge &bridge() const { return *m_bridge; }
    TerminalRecorder &recorder() const { return *m_recorder; }
    AutomaticLog &log() const { return *m_log; }

    // For the accessible name, "Terminal on web01", and for files.
    void setHost(const QString &host);
    const QString &host() const { return m_host; }

    void setAppearance(const TerminalAppearance &appearance);

    // How a shell is opened from now on, when the user wants a new one.
    void setOpener(const ShellOpener &opener) { m_opener = opener; }

    // The same, and opens one at once, in the place of the one before.
    void join(const ShellOpener &opener);

    // Lets go of the shell, whose connection ends.
    void leave();

    bool hasShell() const { return m_shell != nullptr && m_ending.isEmpty(); }

    // The shell has ended by itself, and none took its place.
    bool hasEnded() const { return m_hasEnded; }

    // What the program in it calls itself: one plain line, perhaps empty.
    const QString &remoteTitle() const { return m_remoteTitle; }

    // What it is called beside others: that, or "Terminal 2".
    QString name() const;

    // Where its shell is on the server, if it tells: an absolute path, or empty.
    const QByteArray &directory() const { return m_directory; }

    // Which one of several it is, from 1: its name as long as it has no better one.
    void setNumber(int number);

    // With several terminals each one has its title above it.
    void setTitleShown(bool shown);
    void setCurrent(bool current);
    void setZoomed(bool zoomed);

    // The list of its commands, or how the shell can be made to tell them.
    void showCommands();

    // Of the latest command, into the clipboard. Says how much it was, or why not.
    void copyLastOutput();

    // What is typed here goes to others too, as the text says. Empty: no more.
    void showBroadcast(const QString &text);

    // Says something above the screen that needs no answer.
    void showNotice(const QString &text);

signals:
    void titleChanged();
    void recordingChanged();
    void directoryChanged();
    void happened(ui::TerminalMark mark); // whether somebody looks or not
    void commandFinished(const ui::ShellCommand &command); // as far as the shell tells
    void shellGone(); // it has ended or was lost; another may follow
    void endedWell(); // with status 0, and the appearance says that the terminal is to close
    void stopBroadcastRequested();
    void zoomRequested();
    void closeRequested();

private:
    static QString endText(int status);
    static QString shortEndText(int status);
    void openShell();
    void handleEnd(const base::Result<int> &exitStatus);
    void updateTitle();
    void connectBridge();
    void connectLogs();
    void offerClipboard(const QString &text);

    PaneTitle *m_title;
    NoticeBar *m_notice;
    NoticeBar *m_warning;
    NoticeBar *m_clipboard;
    TerminalView *m_view;
    TerminalBridge *m_bridge;
    TerminalRecorder *m_recorder;
    AutomaticLog *m_log;
    CommandsPanel *m_commands;
    BroadcastBar *m_broadcast;
    QString m_host;
    TerminalAppearance::Ending m_whenEnded = TerminalAppearance::Ending::Keep;
    ShellOpener m_opener; // null while there is no connection
    std::unique_ptr<terminal::ByteStream> m_shell;
    QString m_remoteTitle;
    QByteArray m_directory;
    QString m_ending; // how the shell ended, in two or three words; empty while it runs
    int m_number = 1;
    bool m_hasEnded = false;
    bool m_mayFillClipboard = false; // the user has said so once
};

} // namespace ui
