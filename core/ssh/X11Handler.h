// X11Handler: carries one X client of the server to the user's X server, once its greeting has
// shown the cookie of this connection. One that does not is cut off, and the X server hears nothing
// of it.

#pragma once

#include "net/X11Greeting.h"
#include "ssh/ChannelHandler.h"

#include <memory>

namespace ssh {

class TunnelHandler;

class X11Handler final : public ChannelHandler
{
public:
    X11Handler(std::unique_ptr<TunnelHandler> tunnel, net::X11Greeting greeting);
    ~X11Handler() override;
    Q_DISABLE_COPY_MOVE(X11Handler)

    void started(ChannelPort &port) override;
    void received(QByteArrayView data, OutputStream stream) override;
    void written(qsizetype bytes) override;
    void drained() override;
    void dataEnded() override;
    bool isDelivered() const override;
    void finished(const base::Result<ExitStatus> &end) override;

private:
    std::unique_ptr<TunnelHandler> m_tunnel;
    net::X11Greeting m_greeting;
    bool m_isGreeted = false;
    qsizetype m_greetingSize = 0; // bytes received while it is not
    ChannelPort *m_port = nullptr;
};

} // namespace ssh
