#include "ssh/X11Handler.h"

#include "ssh/LibsshLog.h"
#include "ssh/TunnelHandler.h"

#include <utility>

namespace ssh {

X11Handler::X11Handler(std::unique_ptr<TunnelHandler> tunnel, net::X11Greeting greeting)
    : m_tunnel(std::move(tunnel))
    , m_greeting(std::move(greeting))
{
}

X11Handler::~X11Handler() = default;

void X11Handler::started(ChannelPort &port)
{
    m_port = &port;
    m_tunnel->started(port);
}

void X11Handler::received(QByteArrayView data, OutputStream stream)
{
    if (m_isGreeted) {
        m_tunnel->received(data, stream);
        return;
    }
    m_greetingSize += data.size();
    switch (m_greeting.take(data)) {
    case net::X11Greeting::State::Incomplete:
        return;
    case net::X11Greeting::State::Refused:
        logMessage(LogLevel::Warning,
                   QStringLiteral("a program on the server wants the display without the cookie of "
                                  "this connection: it was refused"));
        m_tunnel->close();
        return;
    case net::X11Greeting::State::Accepted:
        break;
    }
    m_isGreeted = true;
    const QByteArray message = m_greeting.forDisplay();
    // The tunnel gives credit for what it passes on.
    m_port->grant(m_greetingSize - message.size());
    m_tunnel->received(message, stream);
}

void X11Handler::written(qsizetype bytes)
{
    m_tunnel->written(bytes);
}

void X11Handler::drained()
{
    m_tunnel->drained();
}

void X11Handler::dataEnded()
{
    m_tunnel->dataEnded();
}

bool X11Handler::isDelivered() const
{
    return m_tunnel->isDelivered();
}

void X11Handler::finished(const base::Result<ExitStatus> &end)
{
    m_tunnel->finished(end);
}

} // namespace ssh
