// X11Greeting: the first message of an X client (X Window System Protocol, section 8, "Connection
// Setup"), from a program on a server. It must show the cookie that was made up for that server;
// our X server gets its own instead, which the server never sees.

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace net {

class X11Greeting
{
public:
    enum class State { Incomplete, Accepted, Refused };

    // `ownCookie` is empty where our X server wants none.
    X11Greeting(QByteArray expectedCookie, QByteArray ownCookie)
        : m_expectedCookie(std::move(expectedCookie))
        , m_ownCookie(std::move(ownCookie))
    {
    }

    // Takes what came. Refused as well where the message can not become a proper one any more: it
    // never holds more than a few hundred bytes, and what follows them in the same piece.
    State take(QByteArrayView bytes);

    // Once Accepted: what our X server gets, with what followed the message.
    QByteArray forDisplay() const;

private:
    qsizetype size() const; // of the whole message; its head must be there
    int shortAt(qsizetype position) const;
    bool isBigEndian() const { return m_bytes.at(0) == 'B'; }

    QByteArray m_expectedCookie;
    QByteArray m_ownCookie;
    QByteArray m_bytes;
};

} // namespace net
