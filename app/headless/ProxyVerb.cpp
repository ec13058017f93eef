#include "app/headless/ProxyVerb.h"

#include "app/headless/Report.h"
#include "base/DisplayText.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr qsizetype longestRefusal = 2000; // bytes

} // namespace

ProxyVerb::ProxyVerb(ProxyWish wish)
    : m_wish(std::move(wish))
    , m_input(STDIN_FILENO)
    , m_output(STDOUT_FILENO)
{
}

void ProxyVerb::start()
{
    auto socket = proxysocket::path().and_then(&proxysocket::connectTo);
    if (!socket) {
        if (socket.error().kind == base::ErrorKind::NotFound) {
            report(u"No Ponto runs that could lead there: open “%1” in its window first."_s.arg(
                base::displayText(m_wish.session)));
        } else {
            report(socket.error());
        }
        QMetaObject::invokeMethod(
            this, [this] { finish(static_cast<int>(ExitStatus::ConnectionFailed)); },
            Qt::QueuedConnection);
        return;
    }
    m_socket = std::move(*socket);
    connectStreams();
    m_toSocket->write(proxysocket::encoded(m_wish));
    m_fromSocket->resume();
}

// Neither side is read before what it has said has been passed on.
void ProxyVerb::connectStreams()
{
    m_fromSocket = std::make_unique<LocalInput>(m_socket.get());
    m_toSocket = std::make_unique<LocalOutput>(m_socket.get());
    connect(m_fromSocket.get(), &LocalInput::received, this, &ProxyVerb::handleReceived);
    connect(m_fromSocket.get(), &LocalInput::ended, this, [this] {
        m_isSocketOver = true;
        handleEnd();
    });
    connect(&m_input, &LocalInput::received, this, [this](const QByteArray &bytes) {
        m_input.pause();
        m_toSocket->write(bytes);
    });
    connect(&m_input, &LocalInput::ended, this, [this] {
        m_isInputOver = true;
        if (m_toSocket->isEmpty()) {
            ::shutdown(m_socket.get(), SHUT_WR);
        }
    });
    connect(m_toSocket.get(), &LocalOutput::written, this, [this] {
        if (!m_toSocket->isEmpty() || !m_answer) {
            return;
        }
        if (m_isInputOver) {
            ::shutdown(m_socket.get(), SHUT_WR);
        } else {
            m_input.resume();
        }
    });
    connect(m_toSocket.get(), &LocalOutput::failed, this, [this] { m_input.pause(); });
    connect(&m_output, &LocalOutput::written, this, [this] {
        if (m_output.isEmpty() && !m_isSocketOver) {
            m_fromSocket->resume();
        }
        handleEnd();
    });
    connect(&m_output, &LocalOutput::failed, this, [this](const base::Error &error) {
        if (error.code != EPIPE) {
            report(error);
        }
        finish(static_cast<int>(ExitStatus::SomeFailed));
    });
}

void ProxyVerb::handleReceived(const QByteArray &bytes)
{
    QByteArray rest = bytes;
    if (!m_answer) {
        m_answer = bytes.front();
        rest = bytes.sliced(1);
        if (*m_answer == proxysocket::granted) {
            m_input.resume();
        }
    }
    if (*m_answer != proxysocket::granted) {
        m_refusal += rest.first(std::min(rest.size(), longestRefusal - m_refusal.size()));
    } else if (!rest.isEmpty()) {
        m_fromSocket->pause();
        m_output.write(rest);
    }
}

// Once all has been written.
void ProxyVerb::handleEnd()
{
    if (!m_isSocketOver || !m_output.isEmpty()) {
        return;
    }
    if (m_answer == proxysocket::granted) {
        finish(static_cast<int>(ExitStatus::Success));
        return;
    }
    report(m_refusal.isEmpty() ? u"Ponto has not answered."_s : base::displayText(m_refusal));
    finish(static_cast<int>(ExitStatus::ConnectionFailed));
}

void ProxyVerb::interrupt(int signal)
{
    finish(exitStatusOfSignal(signal));
}

void ProxyVerb::finish(int exitStatus)
{
    if (!std::exchange(m_isOver, true)) {
        emit finished(exitStatus);
    }
}

} // namespace app
