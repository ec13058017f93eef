// PaneUser: as whom a pane uses the files of a server: as the one who has logged in, or by sudo as
// root or another user (UserPlace). Has the pane's actions for it, asks what is to be asked, and
// brings the pane back when that cannot go on.

#pragma once

#include "files/FilePath.h"
#include "sftp/Client.h"
#include "ui/main/Services.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <memory>

namespace ui {

class FilePane;
class ServerPlace;
class UserPlace;
class UserSheet;

class PaneUser final : public QObject
{
    Q_OBJECT

public:
    // `pane` is borrowed and the parent; `services` have a schedule.
    PaneUser(FilePane &pane, const Services &services);
    ~PaneUser() override;

    // Asks sudo, and perhaps for a password. Where it refuses, the pane stays as it is and says
    // why.
    void become(const QByteArray &user);
    void returnToLogin();

private:
    void askWhom();
    UserSheet *openSheet();
    void tryAs(const QByteArray &user);
    void handleOpened();
    void handleRefused(const base::Result<void> &reason);
    void handleEnd();
    void endAttempt();
    void followPlace();
    std::shared_ptr<UserPlace> userPlace() const; // that the pane shows; null: it does not
    std::shared_ptr<ServerPlace> login() const; // whose files, as whomever; null: this computer's

    FilePane &m_pane;
    const Services m_services;
    QPointer<UserSheet> m_sheet; // while something is asked or awaited
    std::unique_ptr<sftp::Client> m_attempt; // likewise
    QString m_wanted; // whom it is for, safe to show
    files::FilePath m_loginDirectory; // where the pane was as the login
};

} // namespace ui
