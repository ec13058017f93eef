#include "ui/terminal/PtyInput.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

namespace ui {

PtyInput::PtyInput(int slave, QObject *parent)
    : QObject(parent)
    , m_descriptor(::fcntl(slave, F_DUPFD_CLOEXEC, 0))
{
    if (m_descriptor < 0) {
        return;
    }
    termios settings{};
    if (::tcgetattr(m_descriptor, &settings) == 0) {
        ::cfmakeraw(&settings);
        ::tcsetattr(m_descriptor, TCSANOW, &settings);
    }
    ::fcntl(m_descriptor, F_SETFL, ::fcntl(m_descriptor, F_GETFL) | O_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Write);
    m_notifier->setEnabled(false);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &PtyInput::writable);
}

PtyInput::~PtyInput()
{
    m_notifier.reset();
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

qsizetype PtyInput::write(QByteArrayView data)
{
    if (data.isEmpty()) {
        return 0;
    }
    const ssize_t written
        = ::write(m_descriptor, data.data(), static_cast<std::size_t>(data.size()));
    if (written >= 0) {
        return written;
    }
    const bool isFull = errno == EAGAIN || errno == EINTR;
    return isFull ? 0 : data.size();
}

void PtyInput::setNotifying(bool on)
{
    if (m_notifier) {
        m_notifier->setEnabled(on);
    }
}

} // namespace ui
