#include "ui/main/DesktopNotices.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace ui {
namespace {

const auto service = QStringLiteral("org.freedesktop.Notifications");
const auto path = QStringLiteral("/org/freedesktop/Notifications");
constexpr int usualTime = -1; // as the desktop likes

} // namespace

DesktopNotices::DesktopNotices(QObject *parent)
    : QObject(parent)
{
}

void DesktopNotices::show(const QString &title, const QString &text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    if (!m_isListening) {
        // QtDBus knows no other way to listen.
        m_isListening = bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this,
                                    SLOT(handleAction(uint, QString)));
    }
    QDBusMessage call
        = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    const QStringList actions{QStringLiteral("default"), tr("Show")};
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("ponto")}};
    call.setArguments({QStringLiteral("Ponto"), uint{0}, QStringLiteral("ponto"), title,
                       text.toHtmlEscaped(), actions, hints, usualTime});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher *done) {
                keep(*done);
                done->deleteLater();
            });
}

void DesktopNotices::keep(const QDBusPendingCallWatcher &call)
{
    const QDBusPendingReply<uint> reply = call;
    if (reply.isValid()) {
        m_ids.insert(reply.value());
    }
}

void DesktopNotices::handleAction(uint id, const QString &)
{
    if (m_ids.remove(id)) {
        emit activated();
    }
}

} // namespace ui
