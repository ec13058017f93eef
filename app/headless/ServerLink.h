// ServerLink: the way of a verb to the files of one server, over one connection after another, and
// the queue of what is copied there or from there. Used by TransferVerb.

#pragma once

#include "app/headless/VerbSession.h"
#include "sftp/Client.h"
#include "transfer/SessionPool.h"
#include "transfer/TransferQueue.h"

#include <QObject>

#include <memory>
#include <optional>

namespace app {

class ServerLink final : public QObject
{
    Q_OBJECT

public:
    // `connections` for large files, at most; absent: as the session says.
    ServerLink(ssh::ConnectionSettings settings, std::optional<int> connections);

    void open() { m_session.open(); }
    bool isOpen() const { return m_client != nullptr; }
    VerbSession &session() { return m_session; }

    // From ready() until lost() has been told.
    sftp::Client &client() { return *m_client; }
    transfer::TransferQueue &queue() { return m_queue; }

    // From now on a connection that is lost, or whose server ends its program for files, is made
    // again, so many times in a row.
    void keep(int retries);
    void letGo(); // and from now on not

signals:
    void ready(); // there is a client, also after each reconnect
    void lost(); // the client is about to go: ready() or failed() follows
    void failed(); // once; the user has been told why

private:
    void handleReady();
    void handleLost();
    void watchClient();

    const std::optional<int> m_connections;
    VerbSession m_session;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<transfer::SessionPool> m_pool;
    transfer::TransferQueue m_queue;
    bool m_isKept = false;
};

} // namespace app
