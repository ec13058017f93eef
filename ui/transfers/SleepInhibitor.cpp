#include "ui/transfers/SleepInhibitor.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

// org.freedesktop.login1(5), Inhibit(); what is "block"ed does not happen.
QDBusMessage logindCall(const QString &why)
{
    auto call
        = QDBusMessage::createMethodCall(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                         u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
    call << u"sleep:idle"_s << u"Ponto"_s << why << u"block"_s;
    return call;
}

// The power management specification of freedesktop.org, 0.2.
QDBusMessage managerCall(const QString &method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.PowerManagement"_s,
                                          u"/org/freedesktop/PowerManagement/Inhibit"_s,
                                          u"org.freedesktop.PowerManagement.Inhibit"_s, method);
}

} // namespace

SleepInhibitor::SleepInhibitor(QObject *parent)
    : SleepInhibitor(QDBusConnection::systemBus(), QDBusConnection::sessionBus(), parent)
{
}

SleepInhibitor::SleepInhibitor(const QDBusConnection &system, const QDBusConnection &session,
                               QObject *parent)
    : QObject(parent)
    , m_system(system)
    , m_session(session)
{
}

SleepInhibitor::~SleepInhibitor()
{
    release();
}

void SleepInhibitor::setAwake(bool isAwake, const QString &why)
{
    if (m_isWanted == isAwake) {
        return;
    }
    m_isWanted = isAwake;
    ++m_round;
    if (isAwake) {
        askLogind(why);
    } else {
        release();
    }
}

void SleepInhibitor::askLogind(const QString &why)
{
    auto *watcher = new QDBusPendingCallWatcher(m_system.asyncCall(logindCall(why)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, why, round = m_round] {
                watcher->deleteLater();
                const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
                if (round != m_round) {
                    return; // a lock that came late is closed with the reply
                }
                if (reply.isError() || !reply.value().isValid()) {
                    askPowerManager(why);
                    return;
                }
                m_lock = reply.value();
                emit heldChanged();
            });
}

void SleepInhibitor::askPowerManager(const QString &why)
{
    QDBusMessage call = managerCall(u"Inhibit"_s);
    call << u"Ponto"_s << why;
    auto *watcher = new QDBusPendingCallWatcher(m_session.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, round = m_round] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            return;
        }
        m_cookie = reply.value();
        if (round != m_round && !m_isWanted) {
            release();
            return;
        }
        emit heldChanged();
    });
}

void SleepInhibitor::release()
{
    const bool wasHeld = isHeld();
    m_lock.reset();
    if (m_cookie) {
        QDBusMessage call = managerCall(u"UnInhibit"_s);
        call << *m_cookie;
        m_session.call(call, QDBus::NoBlock);
        m_cookie.reset();
    }
    if (wasHeld) {
        emit heldChanged();
    }
}

} // namespace ui
