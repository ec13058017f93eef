// SharedConnection: one login, used by one tab or several: its connection, its files, its transfers
// and its forwards. It ends with the last tab that holds it.

#pragma once

#include "base/Error.h"
#include "ssh/Connection.h"

#include <QObject>

#include <memory>
#include <optional>

namespace files {
class FileSystem;
}
namespace forward {
class ForwardSet;
}
namespace sftp {
class Client;
}
namespace transfer {
class SessionPool;
class TransferQueue;
} // namespace transfer

namespace ui {

class SharedConnection final : public QObject
{
    Q_OBJECT

public:
    // Does not connect yet: call connection().open(). What is remembered of an earlier connection
    // is not asked again, and its forwards and transfers, if any, go on with this one.
    SharedConnection(ssh::ConnectionSettings settings, ssh::RoutePool &routes,
                     const std::optional<ssh::LoginMemory> &remembered,
                     std::shared_ptr<forward::ForwardSet> forwards = {},
                     std::shared_ptr<transfer::TransferQueue> transfers = {});
    ~SharedConnection() override;

    ssh::Connection &connection() { return *m_connection; }
    const std::shared_ptr<forward::ForwardSet> &forwards() const { return m_forwards; }

    // The connection that takes the place of this one, which was lost: it logs in with what is in
    // `memory` and asks nothing, or fails. All tabs of this login get the same, which connects
    // already.
    std::shared_ptr<SharedConnection> successor(const ssh::LoginMemory &memory);
    bool hasSuccessor() const { return m_successor != nullptr; }

    // Makes files available, at the latest when the connection is Ready. Where the server allows
    // no further channel, a second connection of the same login is opened for them in silence.
    // Does nothing if that was asked for already.
    void openFiles();

    // Null until filesOpened(), and when filesClosed() has been delivered.
    files::FileSystem *files() const;

    // What is in that queue of somebody else runs over this login too. Needs files().
    void attachTo(transfer::TransferQueue &queue);

    // They wait while there are no files.
    const std::shared_ptr<transfer::TransferQueue> &transfers() const { return m_transfers; }

signals:
    void filesOpened();
    void filesClosed(const base::Error &error); // PermissionDenied: terminal or files, not both

private:
    SharedConnection(std::unique_ptr<ssh::Connection> connection, ssh::RoutePool &routes,
                     std::shared_ptr<forward::ForwardSet> forwards,
                     std::shared_ptr<transfer::TransferQueue> transfers);
    void startClient(ssh::Connection &connection);
    void handleClientClosed(const base::Result<void> &reason);
    void handleTwinState(ssh::Connection::State state);
    void dropClient();
    bool mayReopen(const base::Error &error) const;
    void reopenLater();
    void reopen();

    ssh::RoutePool &m_routes;
    // In the order of use: what stands below is destroyed first.
    std::unique_ptr<ssh::Connection> m_connection;
    std::shared_ptr<forward::ForwardSet> m_forwards; // shared with what takes the place of this
    std::shared_ptr<SharedConnection> m_successor; // shared with the tabs that have moved to it
    std::unique_ptr<ssh::Connection> m_twin;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<transfer::SessionPool> m_pool;
    std::shared_ptr<transfer::TransferQueue> m_transfers; // shared like the forwards
    int m_reopenings = 0; // of files that were closed while the connection was fine
    bool m_isOpen = false; // the client has said opened()
};

} // namespace ui
