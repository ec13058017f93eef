// SessionPool: further channels and connections of one login, for large files only. For the thread
// that owns the connection: a window, a verb.
//
// One channel's window holds it to about 2 MiB for each round trip, and one connection is one TCP
// window and one processor. Further connections are twins: they verify the same host key and ask
// nothing; where the login can not be repeated in silence there are none. What the server refuses
// (MaxSessions, MaxStartups of sshd_config(5)) is not tried again and is no failure.

#pragma once

#include "sftp/Client.h"
#include "ssh/Connection.h"
#include "transfer/LaneBoard.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace transfer {

class CommandDigest;

struct PoolLimits
{
    int connections = 4; // the first one included; 1: only channels
    int channels = 4; // of each connection, the one that leads included; 1: only connections

    // As the session says, unless `connections` says otherwise.
    static PoolLimits of(const ssh::ConnectionSettings &settings,
                         std::optional<int> connections = std::nullopt);
};

class SessionPool final : public QObject
{
    Q_OBJECT

public:
    // `connection` outlives this and has one SFTP channel of its owner's.
    SessionPool(ssh::Connection &connection, PoolLimits limits, QObject *parent = nullptr);
    ~SessionPool() override; // what is still carried goes back to the transfers

    // For TransferQueue. It may outlive this: nobody helps then.
    const std::shared_ptr<LaneBoard> &lanes() const { return m_board; }

    int openConnections() const; // the first one not included
    int openLanes() const;

private:
    struct Channel
    {
        std::unique_ptr<sftp::Client> client;
        bool isOpen = false;
    };

    struct Member
    {
        ssh::Connection *connection = nullptr;
        std::unique_ptr<ssh::Connection> twin; // null for the first connection
        std::vector<Channel> channels; // open, or about to
    };

    void handleDemand();
    void addLanes(Member &member, int count);
    void addTwin();
    void handleOpened(Member &member, const sftp::Client &client);
    void handleClosed(Member &member, const sftp::Client &client);
    void handleTwinClosed(Member &member);
    void check();
    void shrink();

    std::shared_ptr<CommandDigest> m_digest; // shared with transfers
    PoolLimits m_limits; // shrink with each refusal
    int m_channelsEach = 1; // of these, of use on this link
    int m_mostConnections = 1; // likewise
    std::shared_ptr<LaneBoard> m_board; // shared with transfers and lanes
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with the board
    std::vector<std::unique_ptr<Member>> m_members; // the first connection first
    QTimer m_ticker; // while there are lanes
    QElapsedTimer m_sinceWork;
    quint64 m_movedBefore = 0; // bytes at the last tick
    quint64 m_lastRate = 0; // bytes per tick before the last growth
    bool m_mayHelp = true; // more connections
};

} // namespace transfer
