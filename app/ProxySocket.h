// ProxySocket: where the running Ponto takes requests for a way through one of its connections, and
// what is said there. Both ends are programs of the same user, and make sure of it.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace app {

// What `ponto proxy` asks for.
struct ProxyWish
{
    QString session; // as the user calls it
    QByteArray host; // to be reached from the server, in ASCII
    quint16 port = 0;

    friend bool operator==(const ProxyWish &, const ProxyWish &) = default;
};

namespace proxysocket {

// The socket's path: in a directory of mode 0700 that belongs to this user, in XDG_RUNTIME_DIR.
// Makes the directory if it is not there. NotFound without such a place, PermissionDenied if the
// directory is not as it should be.
base::Result<QString> path();

// Connected and non-blocking. NotFound if nobody listens there.
base::Result<base::UniqueFd> connectTo(const QString &path);

// A length, and then the fields.
QByteArray encoded(const ProxyWish &wish);

// What the bytes begin with. Nothing, as long as more must come; a wish without a session if it can
// be none. `taken` are the bytes of it.
std::optional<ProxyWish> decoded(QByteArrayView bytes, qsizetype &taken);

// The answer: its first byte says whether bytes of the connection follow, or a sentence and the
// end.
inline constexpr char granted = 'y';
inline constexpr char refused = 'n';

} // namespace proxysocket
} // namespace app
