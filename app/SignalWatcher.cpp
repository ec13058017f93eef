#include "app/SignalWatcher.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace app {
namespace {

// A handler gets nothing but the number of the signal: what it writes to has to be global.
std::atomic<int> writeEnd = -1;

void handleSignal(int signal)
{
    const int savedErrno = errno;
    const auto number = static_cast<unsigned char>(signal);
    [[maybe_unused]] const ssize_t written = ::write(writeEnd, &number, sizeof number);
    errno = savedErrno;
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent)
    : QObject(parent)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // no descriptors left: signals keep their usual effect
    }
    m_readEnd = base::UniqueFd(ends[0]);
    m_writeEnd = base::UniqueFd(ends[1]);
    writeEnd = m_writeEnd.get();
    m_notifier = std::make_unique<QSocketNotifier>(m_readEnd.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SignalWatcher::drain);

    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        watch(signal);
    }
}

void SignalWatcher::watch(int signal)
{
    struct sigaction before = {};
    ::sigaction(signal, nullptr, &before);
    if (m_notifier == nullptr || before.sa_handler == SIG_IGN) {
        return;
    }
    struct sigaction action = {};
    action.sa_handler = handleSignal;
    // What asks the verb to end shall end a blocked write(), too.
    action.sa_flags = signal == SIGWINCH ? SA_RESTART : 0;
    ::sigaction(signal, &action, nullptr);
    m_watched.append(signal);
}

SignalWatcher::~SignalWatcher()
{
    for (const int signal : std::as_const(m_watched)) {
        ::signal(signal, SIG_DFL);
    }
    writeEnd = -1;
}

void SignalWatcher::drain()
{
    unsigned char number = 0;
    while (::read(m_readEnd.get(), &number, sizeof number) == 1) {
        emit received(number);
    }
}

} // namespace app
