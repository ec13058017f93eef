// TransferWatch: what the program does for transfers beside showing them: keeps the computer awake,
// tells the desktop when all have ended, and does then what the user has chosen. One per program.

#pragma once

#include "transfer/TransferSchedule.h"

#include <QObject>
#include <QTimer>

namespace settings {
class Settings;
}

namespace ui {

class SleepInhibitor;

class TransferWatch final : public QObject
{
    Q_OBJECT

public:
    // Takes speed and number from the settings, and keeps them there. All are borrowed.
    TransferWatch(transfer::TransferSchedule &schedule, settings::Settings &settings,
                  SleepInhibitor &inhibitor, QObject *parent = nullptr);

    // How long the user has to prevent what he has chosen for the end.
    static constexpr std::chrono::seconds graceTime{30};

    void cancelEndAction();

signals:
    // All have ended. `text` says it in a sentence.
    void ended(const QString &text);
    void endActionAnnounced(transfer::TransferSchedule::EndAction action);
    void endActionPutOff(); // before it was due: there is more to do
    void endActionDue(transfer::TransferSchedule::EndAction action);

private:
    void followSettings();
    void handleState();
    void handleEnd(int transfers, int failed);

    transfer::TransferSchedule &m_schedule;
    settings::Settings &m_settings;
    SleepInhibitor &m_inhibitor;
    QTimer m_grace;
};

// Shown by the desktop, if it shows such things at all. `text` is plain text.
void notifyDesktop(const QString &title, const QString &text);

// Of logind: suspends the computer or turns it off, if the user may do that.
void suspendComputer();
void powerOffComputer();

} // namespace ui
