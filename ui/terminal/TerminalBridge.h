// TerminalBridge: carries bytes between a shell (terminal::ByteStream) and a TerminalView, each way
// as fast as the receiver takes them.
//
// What comes from the shell goes through TerminalFilter into a queue and from there into the
// widget's pty, a little per turn of the event loop, so that a flood does not freeze the window.
// The shell gets credit for what has gone in; so the queue holds no more than it may send unasked.

#pragma once

#include "terminal/ByteStream.h"
#include "terminal/TerminalFilter.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>

#include <deque>

namespace ui {

class PtyInput;
class TerminalView;

class TerminalBridge final : public QObject
{
    Q_OBJECT

public:
    // Becomes a child of the view.
    explicit TerminalBridge(TerminalView &view);
    ~TerminalBridge() override;

    // Joins the view to a stream, which is borrowed, and lets go of the one before. Scrollback is
    // kept; what the last program left behind (alternate screen, colors, mouse, hidden cursor) is
    // undone.
    void attach(terminal::ByteStream *stream);

    // Writes a line of our own below all that was received so far, dim and slanted, as plain text.
    void announce(const QString &text);

    // As far as can be known: a full-screen program does, or the shell has said so (OSC 133).
    bool isBusy() const;

    // Also where nobody says so: something was entered, and no prompt is to be seen.
    bool mayBeBusy() const;

signals:
    void titleChanged(const QString &title); // one plain line
    void directoryChanged(const QByteArray &path); // absolute, on the server
    void outputReceived(const QByteArray &raw, const QByteArray &shown); // before and after the
                                                                         // filter
    void clipboardOffered(const QString &text); // a program wants to put it there
    void inputRefused(qsizetype bytes); // typed or pasted, but the shell has not read for long

private:
    struct Piece
    {
        QByteArray bytes;
        qsizetype written = 0;
        qsizetype credit = 0; // received bytes from which it was made
        QPointer<terminal::ByteStream> source = nullptr; // null if it is our own text
    };

    void receive(const QByteArray &data);
    void enqueue(Piece piece);
    void drain();
    void settle(const Piece &piece);
    void tellEvents();
    void send(const QByteArray &typed);
    void sendRest();
    void detach();
    bool takeCursorReport(const QByteArray &typed);
    void askForPromptEnd();

    TerminalView &m_view;
    PtyInput *m_input;
    QPointer<terminal::ByteStream> m_stream; // null before attach() and after its end
    terminal::TerminalFilter m_filter;
    std::deque<Piece> m_queue; // for the screen
    QByteArray m_unsent; // for the shell
    // Whose the answers of the widget will be, in the order of the questions in the queue.
    std::deque<terminal::CursorQuery> m_cursorQueries;
    bool m_isPromptOpen = false; // it has begun and nobody has said where it ends
    bool m_hasEntered = false; // the user, a line, since attach()
    bool m_isAttached = false; // stays on if the stream goes without a word
};

} // namespace ui
