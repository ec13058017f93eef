#include "app/headless/LocalOutput.h"

#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace app {
namespace {

// As much in one turn of the event loop; other events come between two turns.
constexpr qsizetype turnBytes = qsizetype{256} * 1024;

bool isWritable(int fd)
{
    pollfd request{.fd = fd, .events = POLLOUT, .revents = 0};
    return ::poll(&request, 1, 0) == 1;
}

} // namespace

LocalOutput::LocalOutput(int fd)
    : m_fd(fd)
    , m_notifier(fd, QSocketNotifier::Write)
{
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &LocalOutput::writeSome);
}

void LocalOutput::write(const QByteArray &data)
{
    if (m_hasFailed) {
        emit written(data.size()); // nobody will ever read it
        return;
    }
    m_queue += data;
    m_notifier.setEnabled(true);
}

// A pipe that is ready takes PIPE_BUF bytes without blocking (pipe(7)). More could block, and the
// descriptor cannot be made non-blocking without doing so to everybody who shares it.
void LocalOutput::writeSome()
{
    qsizetype done = 0;
    while (done < m_queue.size() && done < turnBytes && isWritable(m_fd)) {
        const auto size = static_cast<size_t>(std::min<qsizetype>(m_queue.size() - done, PIPE_BUF));
        const ssize_t count = ::write(m_fd, m_queue.constData() + done, size);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            break;
        }
        if (count < 0) {
            fail(errno);
            return;
        }
        done += count;
    }
    m_queue.remove(0, done);
    m_notifier.setEnabled(!m_queue.isEmpty());
    if (done > 0) {
        emit written(done);
    }
}

void LocalOutput::fail(int errorNumber)
{
    m_hasFailed = true;
    m_notifier.setEnabled(false);
    const qsizetype dropped = m_queue.size();
    m_queue.clear();
    emit failed(base::Error::fromErrno(errorNumber, QStringLiteral("write"),
                                       QStringLiteral("standard output")));
    emit written(dropped);
}

} // namespace app
