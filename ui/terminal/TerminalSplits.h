// TerminalSplits: the terminals of one tab beside and above each other, each with a shell of its
// own on the same connection. There is always at least one.
//
// It knows nothing of connections: who owns one says how a shell is opened, with join().

#pragma once

#include "ui/terminal/Neighbor.h"
#include "ui/terminal/SplitLayout.h"
#include "ui/terminal/TerminalAppearance.h"
#include "ui/terminal/TerminalPane.h"

#include <QHash>
#include <QWidget>

class QMenu;
class QSplitter;

namespace ui {

class TerminalSplits final : public QWidget
{
    Q_OBJECT

public:
    using Direction = ui::Direction;

    explicit TerminalSplits(QWidget *parent = nullptr);
    ~TerminalSplits() override;

    // For the accessible names, "Terminal on web01".
    void setHost(const QString &host);
    void setAppearance(const TerminalAppearance &appearance);
    void setCaution(const QString &caution); // see TerminalView
    void setLogStarter(const LogStarter &starter); // see AutomaticLog

    // A connection is there: opens a shell in each terminal but those whose shell has ended by
    // itself, if others have not.
    void join(ShellOpener opener);

    // The connection goes. What is on the screens stays.
    void leave();
    bool isJoined() const { return m_opener != nullptr; }

    // Each shell has ended by itself.
    bool haveAllEnded() const;

    // Below all that was received so far, in each terminal.
    void announce(const QString &text);

    int count() const { return static_cast<int>(m_panes.size()); }
    const QList<TerminalPane *> &panes() const { return m_panes; } // in the order they were opened
    TerminalPane &current() const { return *m_current; } // takes what is typed, or did last
    int busyCount() const; // in how many of them a program runs, as far as can be known
    int perhapsBusyCount() const; // and those in which one may run
    bool isRecording() const; // any of them
    bool isLogged() const; // likewise, by itself
    bool isZoomed() const { return !m_sizes.isEmpty(); }

    // A new terminal at the right of the current one (Qt::Horizontal) or below it. Says in the
    // current one why not.
    void split(Qt::Orientation orientation);

    void close(TerminalPane &pane); // not the only one

    // Shows the current one alone, or all of them again.
    void toggleZoom();

    // To the one that stands there, if there is one.
    void focusNeighbor(Direction direction);

    void equalize();

    // How the terminals stand, to be kept; and the same again, for splits that have one terminal
    // and no connection yet. A layout from a file may be anything.
    SplitLayout layout() const;
    void restore(const SplitLayout &layout);

signals:
    void countChanged();
    void currentTitleChanged(); // or another one is the current one
    void currentDirectoryChanged(const QByteArray &path); // of its shell, on the server
    void lineEntered(); // Enter was typed in the current one
    void recordingChanged(); // or the logging, of any of them
    void pathActivated(const QByteArray &path); // absolute, on the server
    void serverLinkActivated(const QUrl &url); // ssh or sftp, from a server: foreign
    void happened(ui::TerminalMark mark); // in any of them
    void commandFinished(const ui::TerminalPane &pane, const ui::ShellCommand &command);
    void lastEndedWell(); // the shell of the only one, which is to close then
    void closeRequested(ui::TerminalPane *pane); // by its button

private:
    TerminalPane *createPane();
    void fillMenu(TerminalPane &pane, QMenu &menu);
    void insertBeside(TerminalPane &pane, TerminalPane &made, Qt::Orientation orientation);
    void remove(TerminalPane &pane);
    void handleEndedWell(TerminalPane *pane);
    void handleFocus(const QWidget *focus);
    void setCurrent(TerminalPane *pane);
    void updatePanes();
    void unzoom();
    QList<QSplitter *> splitters() const;
    void fill(QSplitter &splitter, const SplitLayout &layout);

    QSplitter *m_root;
    QList<TerminalPane *> m_panes;
    TerminalPane *m_current = nullptr;
    ShellOpener m_opener; // null while there is no connection
    TerminalAppearance m_appearance;
    bool m_hasAppearance = false;
    QString m_host;
    QString m_caution;
    LogStarter m_logStarter;
    QHash<QSplitter *, QList<int>> m_sizes; // as they were before one was zoomed; empty if none is
    int m_lastNumber = 0;
};

} // namespace ui
