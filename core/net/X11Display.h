// X11Display: an X server of this machine, as DISPLAY names it (X(7), "DISPLAY NAMES"), and the
// cookie that it wants of its clients (Xsecurity(7), Xau(3)).

#pragma once

#include "base/UniqueFd.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <optional>

namespace net {

struct X11Display
{
    enum class Transport { UnixSocket, LoopbackTcp };

    Transport transport = Transport::UnixSocket;
    int number = 0;
    int screen = 0;

    // ":0", "unix:0.1" or "localhost:10.0". Nothing for what is malformed, or names another
    // machine.
    static std::optional<X11Display> parse(QStringView name);

    // Non-blocking; invalid if nobody listens there. Waits for nothing: over TCP the connection may
    // still be on its way.
    base::UniqueFd connect() const;

    friend bool operator==(const X11Display &, const X11Display &) = default;
};

inline constexpr QByteArrayView magicCookieProtocol("MIT-MAGIC-COOKIE-1");
inline constexpr qsizetype magicCookieSize = 16;

// The magic cookie of `display` in what an authority file of `hostName` (this machine) holds. The
// file is foreign: nothing where it is damaged before the entry.
std::optional<QByteArray> magicCookie(QByteArrayView authorityFile, const X11Display &display,
                                      QByteArrayView hostName);

// The same of the user's own file: XAUTHORITY, or ~/.Xauthority. Reads at most 1 MiB.
std::optional<QByteArray> magicCookie(const X11Display &display);

} // namespace net
