// SocksRequest: what a client of a dynamic forward wants, in SOCKS 4, 4a or 5 (RFC 1928), without a
// login. Bytes in, answers out; no I/O.
//
// The client is any program on this computer, or a page in its browser: what it sends is bounded.

#pragma once

#include "base/Error.h"

#include <QByteArray>
#include <QByteArrayView>

namespace forward {

class SocksRequest
{
public:
    enum class State {
        Reading,
        Wanted, // host() and port() are known
        Refused, // takeOutput() has the answer, and the client is to be left
    };

    // Why a client does not get what it wants.
    enum class Failure { Other, NotAllowed, Unreachable, Refused };

    // Takes from the front what it needs, and says how much that was: the rest is the client's own.
    qsizetype take(QByteArrayView bytes);

    State state() const { return m_state; }

    // Of Refused: ProtocolViolation if it is no SOCKS, AuthenticationFailed if the client insists
    // on a login, Unsupported if it wants something else than a connection, InvalidName if it wants
    // to go nowhere that can be named.
    base::ErrorKind refusal() const { return m_refusal; }

    // For the client, now. Empty if there is nothing to say.
    QByteArray takeOutput();

    QByteArray host() const { return m_host; } // a name or a numeric address, visible ASCII
    quint16 port() const { return m_port; }

    // The last word to the client, once it is clear what comes of its wish.
    QByteArray success() const;
    QByteArray failure(Failure why) const;

private:
    enum class Phase { Version, Methods, Request4, Request5 };

    bool parse();
    bool parseMethods();
    bool parseRequest4();
    bool parseRequest5();
    bool want(const QByteArray &host, quint16 port);
    bool refuse(base::ErrorKind why, const QByteArray &answer);
    quint16 portAt(qsizetype index) const;

    State m_state = State::Reading;
    base::ErrorKind m_refusal = base::ErrorKind::ProtocolViolation;
    Phase m_phase = Phase::Version;
    QByteArray m_input; // of this phase
    QByteArray m_output;
    QByteArray m_host;
    quint16 m_port = 0;
};

} // namespace forward
