#include "tests/integration/verbs/TerminalRun.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>

namespace tests {

TerminalRun::TerminalRun(const QString &program, const QStringList &arguments)
{
    int keyboard = -1;
    int terminal = -1;
    if (::openpty(&keyboard, &terminal, nullptr, nullptr, nullptr) != 0) {
        return; // the program does not start, and the test fails at that
    }
    m_keyboard = base::UniqueFd(keyboard);
    m_terminal = base::UniqueFd(terminal);
    ::fcntl(keyboard, F_SETFD, FD_CLOEXEC);
    ::fcntl(keyboard, F_SETFL, O_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(keyboard, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { read(); });

    m_process.setChildProcessModifier([terminal] {
        ::setsid();
        ::ioctl(terminal, TIOCSCTTY, 0);
        ::dup2(terminal, STDIN_FILENO);
        ::dup2(terminal, STDOUT_FILENO);
        ::dup2(terminal, STDERR_FILENO);
    });
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
    environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    m_process.setProcessEnvironment(environment);
    m_process.start(program, arguments);
}

TerminalRun::~TerminalRun()
{
    m_process.kill();
    m_process.waitForFinished();
}

void TerminalRun::type(const QByteArray &keys)
{
    [[maybe_unused]] const ssize_t written
        = ::write(m_keyboard.get(), keys.constData(), static_cast<size_t>(keys.size()));
}

bool TerminalRun::isEchoing() const
{
    termios mode = {};
    return ::tcgetattr(m_terminal.get(), &mode) == 0 && (mode.c_lflag & ECHO) != 0;
}

void TerminalRun::read()
{
    std::array<char, 4096> buffer;
    const ssize_t count = ::read(m_keyboard.get(), buffer.data(), buffer.size());
    if (count > 0) {
        m_output.append(buffer.data(), count);
    }
}

} // namespace tests
