#include "ssh/RemoteListeners.h"

#include "ssh/ChannelTable.h"
#include "ssh/GlobalRequests.h"

#include <algorithm>
#include <utility>

namespace ssh {
namespace {

// More do not wait for a turn; a server that opens them faster is refused.
constexpr std::size_t arrivalLimit = 256;
constexpr qsizetype longestText = 256; // of an address that a server tells

int refuse(ssh_session, ssh_message, void *)
{
    return 1; // libssh then answers "administratively prohibited"
}

QByteArray textOf(const char *text)
{
    return QByteArray(text).left(longestText);
}

} // namespace

RemoteListeners::RemoteListeners(ssh_session session, GlobalRequests &requests,
                                 ChannelTable &channels)
    : m_session(session)
    , m_requests(requests)
    , m_channels(channels)
{
    ssh_set_message_callback(m_session, &RemoteListeners::handleMessage, this);
}

RemoteListeners::~RemoteListeners()
{
    ssh_set_message_callback(m_session, refuse, nullptr);
}

// It is there before the server's answer, with which the first connection may come.
RemoteListeners::Id RemoteListeners::listen(const ListenAddress &where, ServicePort::Accept accept,
                                            ServicePort::Listened answered)
{
    const Id id = ++m_lastId;
    m_listeners.push_back({id, where, std::move(accept)});
    m_requests.listen(
        where,
        [this, id, answered = std::move(answered)](const base::Result<quint16> &port) mutable {
            if (handleListening(id, port)) {
                answered(port);
            }
        });
    return id;
}

// True if that is still wanted.
bool RemoteListeners::handleListening(Id id, const base::Result<quint16> &port)
{
    const auto found = std::ranges::find(m_listeners, id, &Listener::id);
    const bool isWanted = found->accept != nullptr;
    if (port) {
        found->where.port = *port;
    } else {
        m_listeners.erase(found);
    }
    return isWanted;
}

void RemoteListeners::unlisten(Id listener)
{
    const auto found = std::ranges::find(m_listeners, listener, &Listener::id);
    if (found != m_listeners.end()) {
        found->accept = nullptr;
        m_requests.unlisten([this, listener] { return take(listener); });
    }
}

// Nothing if the server has refused it meanwhile.
std::optional<ListenAddress> RemoteListeners::take(Id id)
{
    const auto found = std::ranges::find(m_listeners, id, &Listener::id);
    if (found == m_listeners.end()) {
        return std::nullopt;
    }
    ListenAddress where = std::move(found->where);
    m_listeners.erase(found);
    return where;
}

int RemoteListeners::handleMessage(ssh_session, ssh_message message, void *self)
{
    constexpr int handled = 0;
    constexpr int refused = 1;
    return static_cast<RemoteListeners *>(self)->accept(message) ? handled : refused;
}

bool RemoteListeners::accept(ssh_message message)
{
    if (ssh_message_type(message) != SSH_REQUEST_CHANNEL_OPEN
        || ssh_message_subtype(message) != SSH_CHANNEL_FORWARDED_TCPIP
        || m_arrivals.size() == arrivalLimit) {
        return false;
    }
    ForwardedConnection connection;
    connection.listen
        = {textOf(ssh_message_channel_request_open_destination(message)),
           static_cast<quint16>(ssh_message_channel_request_open_destination_port(message))};
    connection.originator = textOf(ssh_message_channel_request_open_originator(message));
    connection.originatorPort
        = static_cast<quint16>(ssh_message_channel_request_open_originator_port(message));
    const Listener *listener = find(connection.listen);
    if (listener == nullptr) {
        return false;
    }
    LibsshChannel channel(ssh_message_channel_request_open_reply_accept(message));
    if (channel != nullptr) {
        m_arrivals.push_back({listener->id, std::move(connection), std::move(channel)});
    }
    return true;
}

// OpenSSH tells the address as we asked for it, others the one that was connected to. A port that
// nobody knows may be the one which the server has just chosen.
const RemoteListeners::Listener *RemoteListeners::find(const ListenAddress &where) const
{
    const auto exact = std::ranges::find_if(m_listeners, [&where](const Listener &each) {
        return each.accept != nullptr && each.where == where;
    });
    if (exact != m_listeners.end()) {
        return &*exact;
    }
    for (const quint16 port : {where.port, quint16{0}}) {
        const auto hasPort = [port](const Listener &each) {
            return each.accept != nullptr && each.where.port == port;
        };
        if (std::ranges::count_if(m_listeners, hasPort) == 1) {
            return &*std::ranges::find_if(m_listeners, hasPort);
        }
    }
    return nullptr;
}

void RemoteListeners::step()
{
    for (Arrival &arrival : std::exchange(m_arrivals, {})) {
        const auto found = std::ranges::find(m_listeners, arrival.listener, &Listener::id);
        const bool isWanted = found != m_listeners.end() && found->accept != nullptr;
        auto handler = isWanted ? found->accept(arrival.connection) : nullptr;
        if (handler != nullptr) {
            m_channels.addAccepted(std::move(arrival.channel), std::move(handler));
        }
    }
}

} // namespace ssh
