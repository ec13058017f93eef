#include "app/headless/LocalInput.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace app {

LocalInput::LocalInput(int fd)
    : m_fd(fd)
    , m_notifier(fd, QSocketNotifier::Read)
{
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &LocalInput::readSome);
}

void LocalInput::resume()
{
    m_notifier.setEnabled(true);
}

void LocalInput::pause()
{
    m_notifier.setEnabled(false);
}

void LocalInput::readSome()
{
    std::array<char, std::size_t{64} * 1024> buffer;
    const ssize_t count = ::read(m_fd, buffer.data(), buffer.size());
    if (count > 0) {
        emit received(QByteArray(buffer.data(), count));
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        pause();
        emit ended();
    }
}

} // namespace app
