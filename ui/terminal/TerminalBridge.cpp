#include "ui/terminal/TerminalBridge.h"

#include "base/DisplayText.h"
#include "ui/terminal/PromptLook.h"
#include "ui/terminal/PromptMarks.h"
#include "ui/terminal/PtyInput.h"
#include "ui/terminal/ShellCommands.h"
#include "ui/terminal/TerminalView.h"

#include <QDeadlineTimer>
#include <QRegularExpression>

#include <chrono>
#include <optional>
#include <utility>

namespace ui {
namespace {

using namespace std::chrono_literals;

// The smaller the pieces, the earlier the shell gets credit.
constexpr qsizetype pieceBytes = qsizetype{16} * 1024;

// What one turn of the event loop may spend on a terminal; a frame at 60 Hz is 16 ms.
constexpr qsizetype turnBytes = qsizetype{64} * 1024;
constexpr auto turnTime = 8ms;

constexpr qsizetype unsentLimit = qsizetype{1024} * 1024;

// Undo what a program that did not end well leaves behind. Not RIS, which would clear the screen.
// Mode 1049 puts the cursor back where it was when the program began, which is right only if it
// runs still.
constexpr QByteArrayView leaveAlternateScreen = "\033[?1049l";
constexpr QByteArrayView softReset = "\0337\033[?6l\033[r\0338" // whole screen, cursor kept
                                     "\033[m\033(B\017" // attributes, character set
                                     "\033[4l\033[?7h\033[?5l" // no insert, wrap, not reversed
                                     "\033[?1l\033>" // cursor keys and keypad
                                     "\033[?1000l\033[?1002l\033[?1003l\033[?1004l"
                                     "\033[?1005l\033[?1006l\033[?1015l" // mouse, focus
                                     "\033[?2004l" // bracketed paste
                                     "\033[2 q\033[?25h"; // block cursor, shown

// Nothing if it is none: at most ten digits that a server sends.
std::optional<int> statusIn(const QByteArray &digits)
{
    bool isNumber = false;
    const int status = digits.toInt(&isNumber);
    return isNumber ? std::optional(status) : std::nullopt;
}

} // namespace

TerminalBridge::TerminalBridge(TerminalView &view)
    : QObject(&view)
    , m_view(view)
    , m_input(new PtyInput(view.inputDescriptor(), this))
{
    connect(m_input, &PtyInput::writable, this, &TerminalBridge::drain);
    connect(&m_view, &TerminalView::typed, this, &TerminalBridge::send);
    connect(&m_view, &TerminalView::resized, this, [this](int columns, int rows) {
        if (m_stream) {
            m_stream->resize(columns, rows);
        }
    });
}

TerminalBridge::~TerminalBridge() = default;

void TerminalBridge::attach(terminal::ByteStream *stream)
{
    detach();
    m_stream = stream;
    m_isAttached = true;
    connect(stream, &terminal::ByteStream::received, this, &TerminalBridge::receive);
    connect(stream, &terminal::ByteStream::writable, this, &TerminalBridge::sendRest);
    connect(stream, &terminal::ByteStream::finished, this, &TerminalBridge::detach);
    stream->resize(m_view.columns(), m_view.rows());
}

void TerminalBridge::detach()
{
    if (!m_isAttached) {
        return;
    }
    if (m_stream) {
        m_stream->disconnect(this);
    }
    m_stream = nullptr;
    m_isAttached = false;
    m_unsent.clear();
    if (m_filter.modes().alternateScreen) {
        enqueue({leaveAlternateScreen.toByteArray()});
    }
    enqueue({softReset.toByteArray()});
    m_filter = {};
    m_isPromptOpen = false;
    m_hasEntered = false;
    m_view.commands().noteShellEnd();
    m_view.setModes(m_filter.modes());
}

void TerminalBridge::announce(const QString &text)
{
    enqueue({"\r\n\033[0;2;3m" + base::displayText(text).toUtf8() + "\033[m\r\n"});
}

void TerminalBridge::receive(const QByteArray &data)
{
    for (QByteArrayView rest = data; !rest.isEmpty();) {
        const QByteArrayView part = rest.first(qMin(pieceBytes, rest.size()));
        rest = rest.sliced(part.size());
        const QByteArray shown = m_filter.filter(part);
        for (const terminal::CursorQuery query : m_filter.takeCursorQueries()) {
            m_cursorQueries.push_back(query);
        }
        enqueue({shown, 0, part.size(), m_stream});
        emit outputReceived(part.toByteArray(), shown);
    }
    m_view.setModes(m_filter.modes());
    tellEvents();
}

void TerminalBridge::tellEvents()
{
    using Kind = terminal::TerminalEvent::Kind;
    for (const terminal::TerminalEvent &event : m_filter.takeEvents()) {
        switch (event.kind) {
        case Kind::TitleChanged:
            emit titleChanged(QString::fromUtf8(event.text));
            break;
        case Kind::DirectoryChanged:
            emit directoryChanged(event.text);
            break;
        case Kind::PromptStarted:
            m_view.commands().notePrompt();
            break;
        case Kind::CommandStarted:
            m_view.commands().noteStart(QString::fromUtf8(event.text));
            break;
        case Kind::CommandFinished:
            m_view.commands().noteEnd(statusIn(event.text));
            break;
        case Kind::ClipboardOffered:
            emit clipboardOffered(QString::fromUtf8(event.text));
            break;
        }
    }
}

void TerminalBridge::enqueue(Piece piece)
{
    m_queue.push_back(std::move(piece));
    m_input->setNotifying(true);
}

void TerminalBridge::drain()
{
    const QDeadlineTimer deadline(turnTime);
    qsizetype allowance = turnBytes;
    while (!m_queue.empty() && allowance > 0 && !deadline.hasExpired()) {
        Piece &piece = m_queue.front();
        const QByteArrayView rest = QByteArrayView(piece.bytes).sliced(piece.written);
        const qsizetype written = m_input->write(rest.first(qMin(allowance, rest.size())));
        piece.written += written;
        allowance -= written;
        if (piece.written < piece.bytes.size()) {
            if (written == 0) {
                return; // full: the widget has its turn
            }
            continue;
        }
        const Piece done = std::move(piece);
        m_queue.pop_front();
        settle(done); // may call receive() in turn
    }
    m_input->setNotifying(!m_queue.empty());
}

void TerminalBridge::settle(const Piece &piece)
{
    if (m_stream && piece.source == m_stream) {
        m_stream->consumed(piece.credit);
    }
}

bool TerminalBridge::isBusy() const
{
    return m_stream && (m_view.commands().isRunning() || m_filter.modes().alternateScreen);
}

bool TerminalBridge::mayBeBusy() const
{
    const bool isUnknown = m_stream && m_hasEntered && !m_view.commands().isMarked();
    return isBusy() || (isUnknown && !looksLikePrompt(*m_view.focusProxy()));
}

// True if it is the widget's answer to a question of ours, which is not for the server.
bool TerminalBridge::takeCursorReport(const QByteArray &typed)
{
    static const QRegularExpression report(QStringLiteral("^\\x1b\\[(\\d+);(\\d+)R$"));
    if (m_cursorQueries.empty() || !typed.startsWith("\033[") || !typed.endsWith('R')) {
        return false;
    }
    const QRegularExpressionMatch match = report.match(QString::fromLatin1(typed));
    if (!match.hasMatch()) {
        return false;
    }
    const terminal::CursorQuery query = m_cursorQueries.front();
    m_cursorQueries.pop_front();
    const int row = match.capturedView(1).toInt();
    switch (query) {
    case terminal::CursorQuery::Program:
        return false;
    case terminal::CursorQuery::PromptStart:
        m_isPromptOpen = true;
        m_view.prompts().noteStart(row);
        m_view.commands().notePromptStart(row);
        return true;
    case terminal::CursorQuery::PromptEnd:
        m_isPromptOpen = false;
        m_view.prompts().noteEnd(row, match.capturedView(2).toInt());
        m_view.commands().notePromptEnd(row, match.capturedView(2).toInt());
        return true;
    case terminal::CursorQuery::CommandStart:
        m_view.commands().noteOutput(row);
        return true;
    }
    return false;
}

// Not all shells tell where their prompt ends: it does where the first key is typed.
void TerminalBridge::askForPromptEnd()
{
    m_isPromptOpen = false;
    m_cursorQueries.push_back(terminal::CursorQuery::PromptEnd);
    enqueue({"\033[6n"});
}

void TerminalBridge::send(const QByteArray &typed)
{
    if (takeCursorReport(typed) || !m_stream) {
        return;
    }
    m_hasEntered |= typed.contains('\r');
    if (m_isPromptOpen) {
        askForPromptEnd();
    }
    const qsizetype accepted = m_unsent.isEmpty() ? m_stream->write(typed) : 0;
    const QByteArrayView rest = QByteArrayView(typed).sliced(accepted);
    if (m_unsent.size() + rest.size() <= unsentLimit) {
        m_unsent += rest;
    } else {
        emit inputRefused(rest.size());
    }
}

void TerminalBridge::sendRest()
{
    if (m_stream && !m_unsent.isEmpty()) {
        m_unsent.remove(0, m_stream->write(m_unsent));
    }
}

} // namespace ui
