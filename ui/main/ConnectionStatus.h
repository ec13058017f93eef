// ConnectionStatus: the line at the bottom of the window about the tab in front: is it alive, how
// long, how safe and how fast.

#pragma once

#include "ssh/Connection.h"

#include <QElapsedTimer>
#include <QObject>

#include <chrono>
#include <optional>

namespace ui {

class ConnectionStatus final : public QObject
{
    Q_OBJECT

public:
    enum class Liveness { Connecting, Connected, Closed };

    using QObject::QObject;

    // Follows the connection until its end, or the next one.
    void follow(ssh::Connection &connection);

    Liveness liveness() const { return m_liveness; }

    // "● connected 00:12:31 · ED25519 SHA256:… · aes128-gcm@openssh.com · 23 ms · ↓ 84 MB/s ↑ 0
    // B/s"
    QString text() const;

    // What the details of the connection show.
    const ssh::ConnectionInfo &info() const { return m_info; }
    const QString &route() const { return m_route; } // routeText()
    const ssh::Vitals &vitals() const { return m_vitals; }
    QString connectedFor() const; // "00:12:31"; empty while it is not connected

    // "23 ms", "0.3 ms"; empty if it is not known.
    static QString roundTripText(const std::optional<std::chrono::microseconds> &roundTrip);

    // "connected", for those who see no colors.
    static QString livenessText(Liveness liveness);

signals:
    void changed();

private:
    void handleState(ssh::Connection::State state);
    void handleVitals(const ssh::Vitals &vitals);

    Liveness m_liveness = Liveness::Connecting;
    ssh::ConnectionInfo m_info;
    QString m_route;
    QElapsedTimer m_connectedFor;
    QElapsedTimer m_sinceMeasurement;
    ssh::Vitals m_vitals;
    quint64 m_receivedPerSecond = 0;
    quint64 m_sentPerSecond = 0;
};

} // namespace ui
