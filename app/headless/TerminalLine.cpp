#include "app/headless/TerminalLine.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace app {
namespace {

// The longest line that a terminal hands over (termios(3), canonical mode).
constexpr size_t longestLine = 4096;

} // namespace

std::unique_ptr<TerminalLine> TerminalLine::open()
{
    // A file description of our own: that it does not block concerns nobody else.
    base::UniqueFd terminal(::open("/dev/tty", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!terminal.isValid()) {
        return nullptr;
    }
    return std::unique_ptr<TerminalLine>(new TerminalLine(std::move(terminal)));
}

TerminalLine::TerminalLine(base::UniqueFd terminal)
    : m_terminal(std::move(terminal))
    , m_notifier(m_terminal.get(), QSocketNotifier::Read)
{
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &TerminalLine::readLine);
}

TerminalLine::~TerminalLine()
{
    restore();
}

void TerminalLine::ask(const Question &question)
{
    if (question.kind == Question::Kind::Secret) {
        hideTyping();
    }
    write(question.text);
    m_notifier.setEnabled(true);
}

// Ctrl+Z would leave the shell with a terminal that does not show what is typed. Ctrl+C comes as a
// signal and ends the verb, which restores it.
void TerminalLine::hideTyping()
{
    termios mode;
    if (::tcgetattr(m_terminal.get(), &mode) != 0) {
        return;
    }
    m_before = mode;
    mode.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
    mode.c_cc[VSUSP] = _POSIX_VDISABLE;
    ::tcsetattr(m_terminal.get(), TCSAFLUSH, &mode); // drops what was typed ahead
}

void TerminalLine::restore()
{
    if (!m_before) {
        return;
    }
    ::tcsetattr(m_terminal.get(), TCSAFLUSH, &*m_before);
    m_before.reset();
    write(QStringLiteral("\n")); // the one that was typed is not to be seen
}

void TerminalLine::readLine()
{
    std::array<char, longestLine> buffer;
    const ssize_t count = ::read(m_terminal.get(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    m_notifier.setEnabled(false);
    restore();
    const auto size = static_cast<size_t>(std::max<ssize_t>(count, 0));
    const void *end = std::memchr(buffer.data(), '\n', size);
    const auto length = end != nullptr ? static_cast<const char *>(end) - buffer.data() : 0;
    const auto answer = base::SecretString::fromUtf8(QByteArray(buffer.data(), length));
    ::explicit_bzero(buffer.data(), buffer.size());
    if (end != nullptr) {
        emit answered(answer);
    } else { // Ctrl+D, or the terminal is gone
        emit refused();
    }
}

void TerminalLine::write(const QString &text) const
{
    const QByteArray bytes = text.toUtf8();
    [[maybe_unused]] const ssize_t written
        = ::write(m_terminal.get(), bytes.constData(), static_cast<size_t>(bytes.size()));
}

} // namespace app
