#include "ui/main/UserPlace.h"

#include "transfer/TransferQueue.h"
#include "ui/main/ServerPlace.h"
#include "ui/main/SharedConnection.h"

#include <utility>

namespace ui {

UserPlace::UserPlace(std::shared_ptr<ServerPlace> login, std::unique_ptr<sftp::Client> client,
                     const QString &user, std::shared_ptr<transfer::TransferQueue> queue,
                     EditDesk *desk)
    : PanePlace(Place::Server)
    , m_login(std::move(login))
    , m_client(std::move(client))
    , m_queue(std::move(queue))
    , m_desk(desk)
{
    const QString care = tr("You have the rights of %1 here.").arg(user);
    setUser(user);
    setId(m_login->id() + QStringLiteral(" as ") + user);
    setAddress(m_login->address());
    setHistory(m_login->historyAs(user));
    setCaution(m_login->caution().isEmpty() ? care : m_login->caution() + u' ' + care);
    connect(m_client.get(), &sftp::Client::closed, this, &UserPlace::handleClosed);
    connect(m_login.get(), &PanePlace::changed, this, [this] {
        if (m_login->fileSystem() == nullptr) {
            end();
        }
    });
    m_queue->attach(*m_client);
    open(m_client.get(), tr("%1 as %2").arg(m_login->label(), user), m_queue.get());
    if (m_desk != nullptr) {
        m_desk->placeOpened(id(), *m_client);
    }
}

UserPlace::~UserPlace()
{
    end();
}

void UserPlace::attachTo(transfer::TransferQueue &queue)
{
    queue.attach(*m_client);
}

void UserPlace::handleClosed(const base::Result<void> &reason)
{
    m_loss = reason ? base::Error() : reason.error();
    end();
}

void UserPlace::end()
{
    if (m_client == nullptr) {
        return;
    }
    if (m_desk != nullptr) {
        m_desk->placeClosed(id(), m_client.get());
    }
    letGo();
    close();
}

// The panes have it until close() tells them, and it may be in the middle of its own signal.
void UserPlace::letGo()
{
    m_client->disconnect(this);
    sftp::Client *client = m_client.release();
    const SharedConnection *login = m_login->connection();
    const bool isBusy = !m_loss && login != nullptr && m_queue->hasUnfinished();
    if (!isBusy) {
        client->deleteLater();
        return;
    }
    client->setParent(&m_login->connection()->connection());
    for (transfer::TransferJob *job : m_queue->jobs()) {
        connect(job, &transfer::TransferJob::finished, client, [client, queue = m_queue.get()] {
            if (!queue->hasUnfinished()) {
                client->deleteLater();
            }
        });
    }
}

} // namespace ui
