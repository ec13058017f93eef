// UserPlace: the files of a server as root or another user, beside those of the login that sudo
// gave the rights to. Ends with its program on the server, or with the files of the login, and does
// not come back: that takes to be asked again.

#pragma once

#include "base/Error.h"
#include "sftp/Client.h"
#include "ui/edit/EditDesk.h"
#include "ui/files/PanePlace.h"

#include <QPointer>

#include <memory>
#include <optional>

namespace ui {

class ServerPlace;

class UserPlace final : public PanePlace
{
    Q_OBJECT

public:
    // `client` is open and runs as `user`, which is safe to show. The queue is of that user's
    // transfers, and shared with the transfer panel. The desk may be null, and may end before this.
    UserPlace(std::shared_ptr<ServerPlace> login, std::unique_ptr<sftp::Client> client,
              const QString &user, std::shared_ptr<transfer::TransferQueue> queue, EditDesk *desk);
    ~UserPlace() override; // what is being transferred goes on to its end

    const std::shared_ptr<ServerPlace> &login() const { return m_login; }
    void attachTo(transfer::TransferQueue &queue) override;

    // Why the program ended while the login was fine.
    const std::optional<base::Error> &loss() const { return m_loss; }

private:
    void handleClosed(const base::Result<void> &reason);
    void end();
    void letGo();

    const std::shared_ptr<ServerPlace> m_login; // shared with the tab and the panes
    std::unique_ptr<sftp::Client> m_client; // null after the end
    std::shared_ptr<transfer::TransferQueue> m_queue;
    QPointer<EditDesk> m_desk;
    std::optional<base::Error> m_loss;
};

} // namespace ui
