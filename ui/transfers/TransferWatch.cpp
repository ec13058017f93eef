#include "ui/transfers/TransferWatch.h"

#include "settings/Settings.h"
#include "settings/TransferKeys.h"
#include "ui/transfers/SleepInhibitor.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QLocale>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace ui {

using transfer::TransferSchedule;

TransferWatch::TransferWatch(TransferSchedule &schedule, settings::Settings &settings,
                             SleepInhibitor &inhibitor, QObject *parent)
    : QObject(parent)
    , m_schedule(schedule)
    , m_settings(settings)
    , m_inhibitor(inhibitor)
{
    followSettings();
    m_grace.setSingleShot(true);
    m_grace.setInterval(graceTime);
    connect(&m_grace, &QTimer::timeout, this, [this] {
        const auto action = m_schedule.endAction();
        m_schedule.setEndAction(TransferSchedule::EndAction::Nothing); // it was for this time
        emit endActionDue(action);
    });
    connect(&m_schedule, &TransferSchedule::stateChanged, this, &TransferWatch::handleState);
    connect(&m_schedule, &TransferSchedule::ended, this, &TransferWatch::handleEnd);
    handleState();
}

void TransferWatch::followSettings()
{
    m_schedule.setLimit(
        static_cast<quint64>(std::max(0, m_settings.value(settings::keys::transferLimitKilobytes)))
        * 1024);
    m_schedule.setMostAtOnce(m_settings.value(settings::keys::transfersAtOnce));
    connect(&m_schedule, &TransferSchedule::limitsChanged, this, [this] {
        m_settings.setValue(settings::keys::transferLimitKilobytes,
                            static_cast<int>(m_schedule.limit() / 1024));
        m_settings.setValue(settings::keys::transfersAtOnce, m_schedule.mostAtOnce());
    });
}

void TransferWatch::handleState()
{
    const bool isRunning = m_schedule.runningCount() > 0;
    m_inhibitor.setAwake(isRunning, tr("Files are being transferred"));
    if (isRunning && m_grace.isActive()) {
        m_grace.stop(); // there is more to do: the end is not there yet
        emit endActionPutOff();
    }
}

void TransferWatch::handleEnd(int transfers, int failed)
{
    const QString ended = transfers == 1
        ? tr("The transfer has ended.")
        : tr("%1 transfers have ended.").arg(QLocale().toString(transfers));
    emit this->ended(failed == 0 ? ended
                                 : ended + u' '
                             + tr("%1 of them not well.").arg(QLocale().toString(failed)));
    if (m_schedule.endAction() != TransferSchedule::EndAction::Nothing) {
        m_grace.start();
        emit endActionAnnounced(m_schedule.endAction());
    }
}

void TransferWatch::cancelEndAction()
{
    m_grace.stop();
    m_schedule.setEndAction(TransferSchedule::EndAction::Nothing);
}

// Desktop notifications specification of freedesktop.org, 1.2. The body may hold markup.
void notifyDesktop(const QString &title, const QString &text)
{
    auto call = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s,
                                               u"/org/freedesktop/Notifications"_s,
                                               u"org.freedesktop.Notifications"_s, u"Notify"_s);
    const QVariantMap hints{{u"desktop-entry"_s, u"org.ponto.Ponto"_s}};
    call << u"Ponto"_s << 0U << u"org.ponto.Ponto"_s << title << text.toHtmlEscaped()
         << QStringList() << hints << -1;
    QDBusConnection::sessionBus().call(call, QDBus::NoBlock);
}

namespace {

void callLogind(const QString &method)
{
    auto call
        = QDBusMessage::createMethodCall(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                         u"org.freedesktop.login1.Manager"_s, method);
    call << true; // the desktop may ask for a password
    QDBusConnection::systemBus().call(call, QDBus::NoBlock);
}

} // namespace

void suspendComputer()
{
    callLogind(u"Suspend"_s);
}

void powerOffComputer()
{
    callLogind(u"PowerOff"_s);
}

} // namespace ui
