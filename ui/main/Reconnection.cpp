#include "ui/main/Reconnection.h"

#include "base/Recovery.h"
#include "ssh/ConnectionSettings.h"
#include "ui/widgets/ErrorBanner.h"

#include <QAbstractButton>
#include <QLocale>

#include <algorithm>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds shortestDelay = 5s;
constexpr std::chrono::seconds longestDelay = 60s;

} // namespace

Reconnection::Reconnection(ErrorBanner &banner, QObject *parent)
    : QObject(parent)
    , m_banner(banner)
{
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &Reconnection::tick);
}

bool Reconnection::isWantedAfter(const base::Error &loss, const ssh::ConnectionSettings &settings,
                                 const ssh::LoginMemory &memory)
{
    return base::mayHeal(loss) && settings.transport.reconnects && memory.isEnough();
}

std::chrono::seconds Reconnection::delayBefore(int attempt)
{
    constexpr int doublings = 4; // then the longest is reached
    return std::min(longestDelay, shortestDelay * (1 << std::clamp(attempt, 0, doublings)));
}

void Reconnection::schedule(const ErrorText &loss)
{
    m_isUnderWay = false;
    m_loss = loss;
    m_secondsLeft = static_cast<int>(delayBefore(m_attempts).count());
    ++m_attempts;
    m_tick.start();
    m_banner.showError(m_loss);
    QAbstractButton *now = m_banner.addAction(tr("Reconnect now"));
    now->setObjectName(QStringLiteral("reconnectButton"));
    connect(now, &QAbstractButton::clicked, this, &Reconnection::begin);
    QAbstractButton *stop = m_banner.addAction(tr("Stop"));
    stop->setObjectName(QStringLiteral("reconnectStop"));
    stop->setAccessibleName(tr("Stop reconnecting"));
    connect(stop, &QAbstractButton::clicked, this, [this] {
        Reconnection::stop();
        emit stopped();
    });
    showTimeLeft();
}

void Reconnection::settle()
{
    stop();
    m_attempts = 0;
}

void Reconnection::stop()
{
    m_tick.stop();
    m_isUnderWay = false;
}

void Reconnection::tick()
{
    --m_secondsLeft;
    if (m_secondsLeft > 0) {
        showTimeLeft();
    } else {
        begin();
    }
}

void Reconnection::showTimeLeft()
{
    show(tr("Reconnecting in %1 s.").arg(QLocale().toString(m_secondsLeft)));
    emit countedDown(std::chrono::seconds(m_secondsLeft));
}

void Reconnection::begin()
{
    m_tick.stop();
    m_isUnderWay = true;
    show(tr("Reconnecting now…"));
    emit countedDown(0s);
    emit due();
}

void Reconnection::show(const QString &state)
{
    m_banner.setReason(m_loss.why + u' ' + state);
}

} // namespace ui
