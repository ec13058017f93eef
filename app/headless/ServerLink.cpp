#include "app/headless/ServerLink.h"

#include <utility>

namespace app {

ServerLink::ServerLink(ssh::ConnectionSettings settings, std::optional<int> connections)
    : m_connections(connections)
    , m_session(std::move(settings))
{
    connect(&m_session, &VerbSession::ready, this, &ServerLink::handleReady);
    connect(&m_session, &VerbSession::lost, this, &ServerLink::handleLost);
    connect(&m_session, &VerbSession::failed, this, &ServerLink::failed);
}

// What was interrupted goes on.
void ServerLink::handleReady()
{
    ssh::Connection &connection = m_session.connection();
    m_client = std::make_unique<sftp::Client>(connection);
    m_pool = std::make_unique<transfer::SessionPool>(
        connection, transfer::PoolLimits::of(connection.settings(), m_connections));
    m_queue.attach(*m_client, m_pool->lanes());
    if (m_isKept) {
        watchClient();
    }
    emit ready();
}

// The client may be in the middle of its own signal.
void ServerLink::handleLost()
{
    if (m_client) {
        emit lost();
    }
    m_pool.reset();
    if (m_client) {
        m_client.release()->deleteLater();
    }
}

void ServerLink::keep(int retries)
{
    m_session.setRetries(retries);
    if (!std::exchange(m_isKept, true) && m_client) {
        watchClient();
    }
}

void ServerLink::letGo()
{
    m_isKept = false;
    if (m_client) {
        m_client->disconnect(this);
    }
}

// The server's program for files may end alone.
void ServerLink::watchClient()
{
    connect(m_client.get(), &sftp::Client::closed, this, [this](const base::Result<void> &reason) {
        m_session.reconnect(reason ? base::Error{.kind = base::ErrorKind::ConnectionLost}
                                   : reason.error());
    });
}

} // namespace app
