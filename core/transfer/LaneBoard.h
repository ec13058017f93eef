// LaneBoard: brings the large files that could use help together with the lanes that can help.
// Shared by the transfers of one login, its lanes and the SessionPool, on several threads: a lock
// guards all of it.

#pragma once

#include "transfer/Mailbox.h"
#include "transfer/PartLedger.h"
#include "transfer/StripedFile.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace transfer {

class CommandDigest;

// What copies make use of, if it is there. The same for all copies of a login.
struct CopyServices
{
    std::shared_ptr<const PartLedger> ledger; // null: nothing is remembered
    std::shared_ptr<CommandDigest> digest; // null: the server runs no commands
};

// What help is wanted for.
struct LaneDemand
{
    quint64 bytes = 0;
    std::chrono::milliseconds roundTrip{0}; // of the leader's connection; zero: not known
};

class LaneBoard
{
public:
    using Call = std::function<void()>;

    explicit LaneBoard(CopyServices services = {})
        : m_services(std::move(services))
    {
    }

    const CopyServices &services() const { return m_services; }

    // Smaller files are over before anybody could help.
    static constexpr quint64 leastBytes = quint64{16} * 1024 * 1024;

    // Below this round trip one channel's window is no limit: 2 MiB every 4 ms are half a gigabyte
    // each second. A round trip that is not known counts as a short one.
    static constexpr std::chrono::milliseconds longRoundTrip{4};

    // `call` is posted to `mailbox` whenever there is a new file, until leave().
    void join(const std::shared_ptr<Mailbox> &mailbox, Call call);
    void leave(const std::shared_ptr<Mailbox> &mailbox);

    void offer(const std::shared_ptr<StripedFile> &file);

    // A large file will be offered in some round trips: who needs as many to get ready may begin.
    void announce(const LaneDemand &demand);

    // A file of which something is left to take; null if there is none.
    std::shared_ptr<StripedFile> pick();

    bool hasFiles(); // being copied
    LaneDemand demand() const; // of the last offer or announcement

    // Counts the bytes of all files. Shared with them.
    const std::shared_ptr<std::atomic<quint64>> &traffic() const { return m_traffic; }

private:
    struct Member
    {
        std::shared_ptr<Mailbox> mailbox; // shared with the member
        Call call;
    };

    void callMembers(const LaneDemand &demand);

    const CopyServices m_services;
    mutable std::mutex m_mutex;
    std::vector<Member> m_members;
    std::vector<std::weak_ptr<StripedFile>> m_files;
    LaneDemand m_demand;
    const std::shared_ptr<std::atomic<quint64>> m_traffic
        = std::make_shared<std::atomic<quint64>>(0); // shared with the files
};

} // namespace transfer
