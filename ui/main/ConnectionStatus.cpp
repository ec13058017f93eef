#include "ui/main/ConnectionStatus.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "ui/main/RouteText.h"
#include "ui/units/SizeText.h"

#include <QLocale>
#include <QStringList>

namespace ui {
namespace {

QString durationText(qint64 seconds)
{
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600, 2, 10, QLatin1Char('0'))
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString rateText(quint64 bytesPerSecond)
{
    return ConnectionStatus::tr("%1/s").arg(sizeText(bytesPerSecond));
}

// Enough of it to be recognized.
QString shortFingerprint(const hostkeys::HostKey &key)
{
    constexpr qsizetype shown = 15; // "SHA256:" and eight characters
    return QStringLiteral("%1 %2…").arg(base::displayText(key.label()),
                                        hostkeys::Fingerprint(key).sha256().first(shown));
}

} // namespace

void ConnectionStatus::follow(ssh::Connection &connection)
{
    m_liveness = Liveness::Connecting;
    m_vitals = {};
    m_route = routeText(connection.settings().route);
    m_receivedPerSecond = m_sentPerSecond = 0;
    m_sinceMeasurement.invalidate();
    connect(&connection, &ssh::Connection::stateChanged, this, [this, &connection](auto state) {
        m_info = connection.info();
        handleState(state);
    });
    connect(&connection, &ssh::Connection::measured, this, &ConnectionStatus::handleVitals);
    m_info = connection.info();
    handleState(connection.state());
}

QString ConnectionStatus::livenessText(Liveness liveness)
{
    switch (liveness) {
    case Liveness::Connecting:
        return tr("connecting");
    case Liveness::Connected:
        return tr("connected");
    case Liveness::Closed:
        break;
    }
    return tr("not connected");
}

QString ConnectionStatus::connectedFor() const
{
    return m_liveness == Liveness::Connected ? durationText(m_connectedFor.elapsed() / 1000)
                                             : QString();
}

QString ConnectionStatus::roundTripText(const std::optional<std::chrono::microseconds> &roundTrip)
{
    if (!roundTrip) {
        return {};
    }
    const double milliseconds = static_cast<double>(roundTrip->count()) / 1000;
    constexpr double precise = 1; // below it a decimal tells something
    return tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', milliseconds < precise ? 1 : 0));
}

QString ConnectionStatus::text() const
{
    const QString word = livenessText(m_liveness);
    if (m_liveness != Liveness::Connected) {
        return (m_liveness == Liveness::Connecting ? QStringLiteral("◐ ") : QStringLiteral("○ "))
            + word;
    }
    QStringList parts{QStringLiteral("● %1 %2").arg(word, connectedFor())};
    if (m_info.hostKey) {
        parts.append(shortFingerprint(*m_info.hostKey));
    }
    if (!m_info.cipherIn.isEmpty()) {
        parts.append(base::displayText(m_info.cipherIn));
    }
    if (const QString roundTrip = roundTripText(m_vitals.roundTrip); !roundTrip.isEmpty()) {
        parts.append(roundTrip);
    }
    parts.append(
        QStringLiteral("↓ %1 ↑ %2").arg(rateText(m_receivedPerSecond), rateText(m_sentPerSecond)));
    return parts.join(QStringLiteral(" · "));
}

void ConnectionStatus::handleState(ssh::Connection::State state)
{
    const bool isReady = state == ssh::Connection::State::Ready;
    if (isReady && m_liveness != Liveness::Connected) {
        m_connectedFor.start();
    }
    m_liveness = isReady                          ? Liveness::Connected
        : state == ssh::Connection::State::Closed ? Liveness::Closed
                                                  : Liveness::Connecting;
    emit changed();
}

void ConnectionStatus::handleVitals(const ssh::Vitals &vitals)
{
    if (m_sinceMeasurement.isValid()) {
        const auto elapsed
            = static_cast<quint64>(std::max<qint64>(m_sinceMeasurement.elapsed(), 1));
        m_receivedPerSecond = (vitals.bytesReceived - m_vitals.bytesReceived) * 1000 / elapsed;
        m_sentPerSecond = (vitals.bytesSent - m_vitals.bytesSent) * 1000 / elapsed;
    }
    m_sinceMeasurement.start();
    m_vitals = vitals;
    emit changed();
}

} // namespace ui
