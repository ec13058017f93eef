// SleepInhibitor: keeps the computer from falling asleep, as long as somebody wants it. Asks
// logind, or where that is not the session's power manager (org.freedesktop.PowerManagement).
//
// Where neither is there the computer may sleep: transfers go on after it.

#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>

#include <optional>

namespace ui {

class SleepInhibitor final : public QObject
{
    Q_OBJECT

public:
    // The buses of the system and of the session; others in tests.
    explicit SleepInhibitor(QObject *parent = nullptr);
    SleepInhibitor(const QDBusConnection &system, const QDBusConnection &session,
                   QObject *parent = nullptr);
    ~SleepInhibitor() override;

    // `why` is shown by desktops. Does nothing if it is so already.
    void setAwake(bool isAwake, const QString &why);

    bool isHeld() const { return m_lock.has_value() || m_cookie.has_value(); }

signals:
    void heldChanged(); // isHeld()

private:
    void askLogind(const QString &why);
    void askPowerManager(const QString &why);
    void release();

    QDBusConnection m_system;
    QDBusConnection m_session;
    bool m_isWanted = false;
    int m_round = 0; // an answer of an earlier one is of no use
    std::optional<QDBusUnixFileDescriptor> m_lock; // held as long as it is open
    std::optional<uint> m_cookie; // of the power manager
};

} // namespace ui
