// X11Forwarding: lets programs on the server show windows on the user's X server, as ForwardX11
// with ForwardX11Trusted of ssh_config(5) does (RFC 4254 section 6.3), as long as the connection
// lasts. They may do what any program of the user's may, also watch the keyboard.

#pragma once

#include "net/X11Display.h"
#include "ssh/ChannelHandler.h"

#include <QByteArray>
#include <QList>
#include <QPointer>

#include <memory>
#include <optional>

namespace ssh {

class TunnelHandler;

class X11Forwarding
{
public:
    // To the display that DISPLAY names. Nothing where it names none of this machine.
    static std::optional<X11Forwarding> create();

    // What programs on the server are told. The cookie is made up for this connection: the X
    // server's own stays here.
    X11Offer offer() const { return {m_cookie.toHex(), m_display.screen}; }

    // For one program: null if the X server does not answer.
    std::unique_ptr<ChannelHandler> serve();

    qsizetype count(); // of those that are served now

private:
    X11Forwarding(const net::X11Display &display, QByteArray cookie)
        : m_display(display)
        , m_cookie(std::move(cookie))
    {
    }

    net::X11Display m_display;
    QByteArray m_cookie;
    QList<QPointer<TunnelHandler>> m_served;
};

} // namespace ssh
