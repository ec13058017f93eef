#include "ui/main/SharedConnection.h"

#include "forward/ForwardSet.h"
#include "sftp/Client.h"
#include "transfer/SessionPool.h"
#include "transfer/TransferQueue.h"

namespace ui {

SharedConnection::SharedConnection(ssh::ConnectionSettings settings, ssh::RoutePool &routes,
                                   const std::optional<ssh::LoginMemory> &remembered,
                                   std::shared_ptr<forward::ForwardSet> forwards)
    : SharedConnection(std::make_unique<ssh::Connection>(std::move(settings), routes, remembered),
                       forwards != nullptr ? std::move(forwards)
                                           : std::make_shared<forward::ForwardSet>())
{
    m_forwards->setSaved(m_connection->settings().forwards);
}

SharedConnection::SharedConnection(std::unique_ptr<ssh::Connection> connection,
                                   std::shared_ptr<forward::ForwardSet> forwards)
    : m_connection(std::move(connection))
    , m_forwards(std::move(forwards))
{
    m_forwards->attach(*m_connection);
}

SharedConnection::~SharedConnection() = default;

std::shared_ptr<SharedConnection> SharedConnection::successor(const ssh::LoginMemory &memory)
{
    if (m_successor == nullptr) {
        m_successor.reset(new SharedConnection(
            ssh::Connection::openTwin(m_connection->settings(), memory), m_forwards));
    }
    return m_successor;
}

files::FileSystem *SharedConnection::files() const
{
    return m_isOpen ? m_client.get() : nullptr;
}

void SharedConnection::openFiles()
{
    if (m_client == nullptr && m_twin == nullptr) {
        startClient(*m_connection);
    }
}

void SharedConnection::startClient(ssh::Connection &connection)
{
    m_client = std::make_unique<sftp::Client>(connection);
    connect(m_client.get(), &sftp::Client::opened, this, [this, &connection] {
        m_isOpen = true;
        m_pool = std::make_unique<transfer::SessionPool>(connection, transfer::PoolLimits());
        m_transfers = std::make_unique<transfer::TransferQueue>(*m_client, m_pool->lanes());
        emit filesOpened();
    });
    connect(m_client.get(), &sftp::Client::closed, this, &SharedConnection::handleClientClosed);
}

void SharedConnection::handleClientClosed(const base::Result<void> &reason)
{
    const base::Error error
        = reason ? base::Error{.kind = base::ErrorKind::ConnectionLost} : reason.error();
    const bool mayTryTwin = !m_isOpen && m_twin == nullptr
        && error.kind == base::ErrorKind::PermissionDenied
        && m_connection->state() == ssh::Connection::State::Ready;
    m_isOpen = false;
    if (!mayTryTwin) {
        emit filesClosed(error); // whoever shows the files lets go of them now
        dropClient();
        return;
    }
    dropClient();
    m_twin = ssh::Connection::openTwin(*m_connection);
    connect(m_twin.get(), &ssh::Connection::stateChanged, this, &SharedConnection::handleTwinState);
}

void SharedConnection::handleTwinState(ssh::Connection::State state)
{
    if (state == ssh::Connection::State::Ready) {
        startClient(*m_twin);
    } else if (state == ssh::Connection::State::Closed && m_client == nullptr) {
        emit filesClosed(base::Error{.kind = base::ErrorKind::PermissionDenied});
    }
}

// The client is in the middle of its own signal, so that it can not be deleted at once.
void SharedConnection::dropClient()
{
    m_transfers.reset();
    m_pool.reset();
    m_client.release()->deleteLater();
}

} // namespace ui
