#include "ssh/X11Forwarding.h"

#include "ssh/LibsshLog.h"
#include "ssh/TunnelHandler.h"
#include "ssh/X11Handler.h"

#include <QRandomGenerator>

#include <array>
#include <utility>

namespace ssh {

std::optional<X11Forwarding> X11Forwarding::create()
{
    const QString name = qEnvironmentVariable("DISPLAY");
    const std::optional<net::X11Display> display = net::X11Display::parse(name);
    if (!display) {
        return std::nullopt;
    }
    std::array<quint32, net::magicCookieSize / sizeof(quint32)> random{};
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    return X11Forwarding(
        *display, QByteArray(reinterpret_cast<const char *>(random.data()), net::magicCookieSize));
}

qsizetype X11Forwarding::count()
{
    m_served.removeIf([](const QPointer<TunnelHandler> &tunnel) { return tunnel == nullptr; });
    return m_served.size();
}

// The authority file is read anew each time: a desktop that was started again has another cookie.
std::unique_ptr<ChannelHandler> X11Forwarding::serve()
{
    base::UniqueFd socket = m_display.connect();
    if (!socket.isValid()) {
        logMessage(LogLevel::Warning,
                   QStringLiteral("a program on the server wants the display, and there is none "
                                  "that answers"));
        return nullptr;
    }
    auto tunnel = std::make_unique<TunnelHandler>(std::move(socket));
    m_served.append(tunnel.get());
    return std::make_unique<X11Handler>(
        std::move(tunnel),
        net::X11Greeting(m_cookie, net::magicCookie(m_display).value_or(QByteArray())));
}

} // namespace ssh
