// TerminalPane: one terminal of a tab: its screen, the shell behind it, and above them a line with
// its title and how its shell ended. Used by TerminalSplits.
//
// It stays when its shell ends or its connection is lost, so that nothing on the screen is lost.

#pragma once

#include "base/Result.h"
#include "terminal/ByteStream.h"
#include "ui/terminal/TerminalMark.h"

#include <QSize>
#include <QWidget>

#include <functional>
#include <memory>

namespace ui {

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

    // For the accessible name, "Terminal on web01", and for files.
    void setHost(const QString &host);

    // How a shell is opened from now on, when the user wants a new one.
    void setOpener(const ShellOpener &opener) { m_opener = opener; }

    // The same, and opens one at once, in the place of the one before.
    void join(const ShellOpener &opener);

    // Lets go of the shell, whose connection ends.
    void leave();

    // The shell has ended by itself, and none took its place.
    bool hasEnded() const { return m_hasEnded; }

    // What the program in it calls itself: one plain line, perhaps empty.
    const QString &remoteTitle() const { return m_remoteTitle; }

    // Where its shell is on the server, if it tells: an absolute path, or empty.
    const QByteArray &directory() const { return m_directory; }

    // Which one of several it is, from 1: its name as long as it has no better one.
    void setNumber(int number);

    // With several terminals each one has its title above it.
    void setTitleShown(bool shown);
    void setCurrent(bool current);
    void setZoomed(bool zoomed);

    // Says something above the screen that needs no answer.
    void showNotice(const QString &text);

signals:
    void titleChanged();
    void recordingChanged();
    void directoryChanged();
    void happened(ui::TerminalMark mark); // whether somebody looks or not
    void zoomRequested();
    void closeRequested();

private:
    void openShell();
    void handleEnd(const base::Result<int> &exitStatus);
    void updateTitle();
    void connectBridge();
    void offerClipboard(const QString &text);

    PaneTitle *m_title;
    NoticeBar *m_notice;
    NoticeBar *m_warning;
    NoticeBar *m_clipboard;
    TerminalView *m_view;
    TerminalBridge *m_bridge;
    TerminalRecorder *m_recorder;
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
