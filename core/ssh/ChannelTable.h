// ChannelTable: the channels of one connection, on its thread. Shares the line among them: what is
// typed goes out before what is transferred.

#pragma once

#include "ssh/Channel.h"
#include "ssh/ChannelHandle.h"
#include "ssh/DeclinedUses.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ssh {

class SessionPump;

// What a connection has for the programs in its channels.
struct ProgramTerms
{
    std::chrono::milliseconds startLimit{}; // until then a program must run
    std::optional<X11Offer> display; // for programs that want one
    std::function<void(const Notice &)> tell; // remarks about what the server declines
};

class ChannelTable
{
public:
    // Takes a channel that is to be opened. It waits for attach().
    void add(ChannelHandle::Id id, ChannelRequest request, std::unique_ptr<ChannelHandler> handler);

    // The same with a number of the table's own, for who is on the connection's thread.
    void add(ChannelRequest request, std::unique_ptr<ChannelHandler> handler);

    // Takes a channel that the server opened.
    void addAccepted(LibsshChannel channel, std::unique_ptr<ChannelHandler> handler);

    // The connection is Ready: channels open from now on. Both must stay until failAll().
    void attach(ssh_session session, SessionPump &pump, ProgramTerms terms);

    // The handler of a channel that waits, opens or runs; else null.
    ChannelHandler *handler(ChannelHandle::Id id);

    // Those that are open, or about to be.
    qsizetype count() const { return static_cast<qsizetype>(m_channels.size()); }

    bool isStartingAny() const;

    // One turn: reads, writes, and destroys what is finished.
    void step();

    // The connection has ended. After this no libssh channel is left, and none will open.
    void failAll(const base::Error &error);

private:
    struct Waiting
    {
        ChannelHandle::Id id;
        ChannelRequest request;
        std::unique_ptr<ChannelHandler> handler;
    };

    void open(Waiting waiting);
    std::vector<Channel *> current() const;
    void write(Priority priority);

    ssh_session m_session = nullptr;
    SessionPump *m_pump = nullptr;
    ProgramTerms m_terms;
    DeclinedUses m_declined;
    std::vector<Waiting> m_waiting;
    std::map<ChannelHandle::Id, std::unique_ptr<Channel>> m_channels;
    std::optional<base::Error> m_end; // set by failAll()
    ChannelHandle::Id m_lastOwnId = ChannelHandle::Id{1} << 63; // far from those of the owner
};

} // namespace ssh
