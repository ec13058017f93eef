#include "transfer/SessionPool.h"

#include "transfer/CommandDigest.h"
#include "transfer/Lane.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using namespace std::chrono_literals;

// From here on two connections do not fill a gigabit, and the login of a third takes long.
constexpr auto veryLongRoundTrip = 75ms;
constexpr auto tick = 700ms;
// Over a short link the file must last longer than the login of a twin.
constexpr quint64 leastBytesNear = quint64{256} * 1024 * 1024;
constexpr auto idleTime = 30s;

// Each keeps one processor busy that decrypts, and another one that writes.
int connectionsForProcessors()
{
    return std::max(2, QThread::idealThreadCount() / 2);
}

// There is one: its signal has just come.
auto channelOf(auto &channels, const sftp::Client &client)
{
    return std::ranges::find_if(
        channels, [&client](const auto &channel) { return channel.client.get() == &client; });
}

// Records are kept apart by what the user calls the server: its address may change.
CopyServices servicesOf(const ssh::Connection &connection,
                        const std::shared_ptr<CommandDigest> &digest)
{
    const ssh::ConnectionSettings &settings = connection.settings();
    const QString server
        = settings.user + u'@' + settings.host + u':' + QString::number(settings.port);
    return {std::make_shared<const PartLedger>(PartLedger::standardDirectory(), server.toUtf8()),
            digest};
}

} // namespace

// A connection without twins needs more windows than one with them to fill a long link. What is
// left of the ten sessions that OpenSSH's server allows (MaxSessions) is for shells.
PoolLimits PoolLimits::of(const ssh::ConnectionSettings &settings, std::optional<int> connections)
{
    constexpr int aloneChannels = 6;
    PoolLimits limits;
    limits.connections = connections.value_or(settings.transport.transferConnections);
    if (limits.connections == 1) {
        limits.channels = aloneChannels;
    }
    return limits;
}

SessionPool::SessionPool(ssh::Connection &connection, PoolLimits limits, QObject *parent)
    : QObject(parent)
    , m_digest(CommandDigest::make(connection))
    , m_limits(limits)
    , m_board(std::make_shared<LaneBoard>(servicesOf(connection, m_digest)))
{
    m_members.push_back(std::make_unique<Member>());
    m_members.front()->connection = &connection;
    m_board->join(m_mailbox, [this] { handleDemand(); });
    m_ticker.setInterval(tick);
    connect(&m_ticker, &QTimer::timeout, this, &SessionPool::check);
}

SessionPool::~SessionPool()
{
    m_board->leave(m_mailbox);
    m_mailbox->close();
    m_digest->close();
    shrink();
}

int SessionPool::openConnections() const
{
    return static_cast<int>(std::ranges::count_if(m_members, [](const auto &member) {
        return member->twin && member->twin->state() == ssh::Connection::State::Ready;
    }));
}

int SessionPool::openLanes() const
{
    qsizetype lanes = 0;
    for (const auto &member : m_members) {
        lanes += std::ranges::count_if(member->channels, &Channel::isOpen);
    }
    return static_cast<int>(lanes);
}

// At once what most often pays. Over a long link: all channels of this connection, and one
// connection more. Over a short one a channel is not held up by its window but by the processors
// that encrypt for its connection: another connection has others. More come if that has made it
// faster.
void SessionPool::handleDemand()
{
    m_sinceWork.start();
    const bool isReady = m_members.front()->connection->state() == ssh::Connection::State::Ready;
    const LaneDemand demand = m_board->demand();
    const bool isFar = demand.roundTrip >= LaneBoard::longRoundTrip;
    if (m_ticker.isActive() || !isReady || (!isFar && demand.bytes < leastBytesNear)) {
        return;
    }
    m_ticker.start();
    m_movedBefore = *m_board->traffic();
    m_lastRate = 0;
    m_mayHelp = true;
    m_channelsEach = isFar ? m_limits.channels : 1;
    m_mostConnections = isFar ? m_limits.connections : connectionsForProcessors();
    addLanes(*m_members.front(), std::min(m_limits.channels, m_channelsEach) - 1);
    addTwin();
    if (demand.roundTrip >= veryLongRoundTrip) {
        addTwin();
    }
}

void SessionPool::addLanes(Member &member, int count)
{
    for (int i = 0; i < count; ++i) {
        auto client = std::make_unique<sftp::Client>(*member.connection);
        sftp::Client &added = *client;
        connect(&added, &sftp::Client::opened, this,
                [this, &member, &added] { handleOpened(member, added); });
        connect(&added, &sftp::Client::closed, this,
                [this, &member, &added] { handleClosed(member, added); });
        member.channels.push_back({std::move(client)});
    }
}

void SessionPool::addTwin()
{
    if (std::ssize(m_members) >= std::min(m_limits.connections, m_mostConnections)) {
        m_mayHelp = false;
        return;
    }
    auto member = std::make_unique<Member>();
    member->twin = ssh::Connection::openTwin(*m_members.front()->connection);
    member->connection = member->twin.get();
    Member &added = *member;
    connect(member->connection, &ssh::Connection::closed, this,
            [this, &added] { handleTwinClosed(added); });
    addLanes(added, std::min(m_limits.channels, m_channelsEach));
    m_members.push_back(std::move(member));
}

void SessionPool::handleOpened(Member &member, const sftp::Client &client)
{
    Channel &channel = *channelOf(member.channels, client);
    channel.isOpen = true;
    channel.client->post([board = m_board](sftp::Engine *engine) {
        if (engine != nullptr) {
            auto lane = std::make_unique<Lane>(*engine, board);
            Lane &added = *lane;
            engine->adopt(std::move(lane));
            added.work();
        }
    });
}

// A channel that never opened was refused: those that are open are as many as there may be.
void SessionPool::handleClosed(Member &member, const sftp::Client &client)
{
    const auto found = channelOf(member.channels, client);
    const bool isConnected = member.connection->state() == ssh::Connection::State::Ready;
    if (!found->isOpen && isConnected) {
        const auto open = std::ranges::count_if(member.channels, &Channel::isOpen);
        const qsizetype withLeader = open + (member.twin ? 0 : 1);
        m_limits.channels = std::clamp(static_cast<int>(withLeader), 1, m_limits.channels);
    }
    found->client.release()->deleteLater(); // it is in the middle of its own signal
    member.channels.erase(found);
}

void SessionPool::handleTwinClosed(Member &member)
{
    const auto found = std::ranges::find(m_members, &member, &std::unique_ptr<Member>::get);
    if (found == m_members.end()) {
        return;
    }
    m_limits.connections = std::max<int>(1, static_cast<int>(std::ssize(m_members)) - 1);
    m_mayHelp = false;
    for (Channel &channel : member.channels) {
        channel.client->disconnect(this);
        channel.client.release()->deleteLater();
    }
    member.twin.release()->deleteLater(); // likewise
    m_members.erase(found);
}

void SessionPool::check()
{
    if (m_board->hasFiles()) {
        m_sinceWork.start();
    } else if (m_sinceWork.durationElapsed() > idleTime) {
        shrink();
        return;
    }
    const quint64 traffic = *m_board->traffic();
    const quint64 moved = traffic - std::exchange(m_movedBefore, traffic);
    const bool areAllOpen = std::ranges::all_of(m_members, [](const auto &member) {
        return std::ranges::all_of(member->channels, &Channel::isOpen);
    });
    if (!m_mayHelp || !areAllOpen || moved == 0) {
        return;
    }
    m_mayHelp = moved > m_lastRate + m_lastRate / 10;
    m_lastRate = moved;
    if (m_mayHelp) {
        addTwin();
    }
}

void SessionPool::shrink()
{
    m_ticker.stop();
    for (const auto &member : m_members) {
        for (const Channel &channel : member->channels) {
            channel.client->disconnect(this);
        }
        member->channels.clear();
        if (member->twin) {
            member->twin->disconnect(this);
        }
    }
    m_members.erase(m_members.begin() + 1, m_members.end());
}

} // namespace transfer
