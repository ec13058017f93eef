// ForwardStatus: how a forward is doing. A value that crosses threads.

#pragma once

#include "base/Error.h"

#include <QDateTime>
#include <QList>
#include <QStringList>
#include <QtTypes>

#include <optional>

namespace forward {

// One that is being served.
struct ForwardClient
{
    QString from; // "127.0.0.1:50412"; of a remote forward as the server tells it: foreign
    QString to; // of a dynamic forward: what it wants, which is foreign too
    QDateTime since;
    qint64 bytesSent = 0; // to the server
    qint64 bytesReceived = 0; // from the server

    friend bool operator==(const ForwardClient &, const ForwardClient &) = default;
};

// One that was not served.
struct ForwardRefusal
{
    ForwardClient client;
    QDateTime when;
    base::Error why;

    friend bool operator==(const ForwardRefusal &, const ForwardRefusal &) = default;
};

struct ForwardStatus
{
    static constexpr qsizetype mostToldClients = 200; // the first ones
    static constexpr qsizetype mostToldRefusals = 50; // the last ones

    enum class State {
        Stopped, // by the user, or not started yet
        Waiting, // for the connection
        Starting,
        Listening,
        Failed, // `failure` says why
    };

    State state = State::Stopped;
    QStringList addresses; // where it listens now: "127.0.0.1:8080", "[::1]:8080", or a path
    quint16 port = 0; // of these; 0 for a path

    int clients = 0; // now
    qint64 clientsSoFar = 0;
    qint64 bytesSent = 0; // to the server
    qint64 bytesReceived = 0; // from the server

    std::optional<base::Error> failure;
    quint16 freePort = 0; // that could be listened on instead, if the wanted one is in use

    qint64 refusals = 0; // of clients, so far
    std::optional<base::Error> lastRefusal;

    QList<ForwardClient> toldClients; // in the order in which they came
    QList<ForwardRefusal> toldRefusals; // likewise

    friend bool operator==(const ForwardStatus &, const ForwardStatus &) = default;
};

} // namespace forward
