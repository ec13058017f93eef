#include "ui/main/SharedConnection.h"

#include "base/Recovery.h"
#include "forward/ForwardSet.h"
#include "sftp/Client.h"
#include "transfer/SessionPool.h"
#include "transfer/TransferQueue.h"

#include <QTimer>

#include <utility>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr int mostReopenings = 3;
constexpr std::chrono::seconds reopeningDelay = 5s;

} // namespace

SharedConnection::SharedConnection(ssh::ConnectionSettings settings, ssh::RoutePool &routes,
                                   const std::optional<ssh::LoginMemory> &remembered,
                                   std::shared_ptr<forward::ForwardSet> forwards,
                                   std::shared_ptr<transfer::TransferQueue> transfers)
    : SharedConnection(
          std::make_unique<ssh::Connection>(std::move(settings), routes, remembered), routes,
          forwards != nullptr ? std::move(forwards) : std::make_shared<forward::ForwardSet>(),
          transfers != nullptr ? std::move(transfers) : std::make_shared<transfer::TransferQueue>())
{
    m_forwards->setSaved(m_connection->settings().forwards);
}

SharedConnection::SharedConnection(std::unique_ptr<ssh::Connection> connection,
                                   ssh::RoutePool &routes,
                                   std::shared_ptr<forward::ForwardSet> forwards,
                                   std::shared_ptr<transfer::TransferQueue> transfers)
    : m_routes(routes)
    , m_connection(std::move(connection))
    , m_forwards(std::move(forwards))
    , m_transfers(std::move(transfers))
{
    m_forwards->attach(*m_connection);
}

SharedConnection::~SharedConnection() = default;

std::shared_ptr<SharedConnection> SharedConnection::successor(const ssh::LoginMemory &memory)
{
    if (m_successor == nullptr) {
        m_successor.reset(new SharedConnection(
            ssh::Connection::openTwin(m_connection->settings(), memory, &m_routes), m_routes,
            m_forwards, m_transfers));
    }
    return m_successor;
}

files::FileSystem *SharedConnection::files() const
{
    return m_isOpen ? m_client.get() : nullptr;
}

void SharedConnection::attachTo(transfer::TransferQueue &queue)
{
    Q_ASSERT(m_isOpen);
    queue.attach(*m_client, m_pool->lanes());
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
        m_pool = std::make_unique<transfer::SessionPool>(
            connection, transfer::PoolLimits::of(connection.settings()));
        m_transfers->attach(*m_client, m_pool->lanes());
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
        if (mayReopen(error)) {
            reopenLater();
        }
        return;
    }
    dropClient();
    m_twin = ssh::Connection::openTwin(*m_connection);
    connect(m_twin.get(), &ssh::Connection::stateChanged, this, &SharedConnection::handleTwinState);
}

void SharedConnection::handleTwinState(ssh::Connection::State state)
{
    if (state == ssh::Connection::State::Ready) {
        m_twin->disconnect(this); // how it ends is the client's to tell
        startClient(*m_twin);
    } else if (state == ssh::Connection::State::Closed && m_client == nullptr) {
        emit filesClosed(base::Error{.kind = base::ErrorKind::PermissionDenied});
    }
}

// The client is in the middle of its own signal, so that it can not be deleted at once.
void SharedConnection::dropClient()
{
    m_pool.reset();
    m_client.release()->deleteLater();
}

// The server's program for files has ended, or hung, and what it had to do is not done.
bool SharedConnection::mayReopen(const base::Error &error) const
{
    return base::mayHeal(error) && m_reopenings < mostReopenings && m_transfers->hasUnfinished()
        && m_connection->state() == ssh::Connection::State::Ready;
}

void SharedConnection::reopenLater()
{
    ++m_reopenings;
    m_transfers->setNextTry(reopeningDelay);
    QTimer::singleShot(reopeningDelay, this, &SharedConnection::reopen);
}

void SharedConnection::reopen()
{
    if (m_client != nullptr || m_connection->state() != ssh::Connection::State::Ready) {
        return;
    }
    if (m_twin != nullptr && m_twin->state() != ssh::Connection::State::Ready) {
        m_twin.reset();
    }
    startClient(m_twin != nullptr ? *m_twin : *m_connection);
}

} // namespace ui
