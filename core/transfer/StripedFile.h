// StripedFile: a large file while several channels carry it at once: which part is whose, and what
// has arrived. One channel's window holds a transfer to about 2 MiB for each round trip.
//
// Shared by the pipeline that leads the copy and by the StripeWorkers of the lanes, which live on
// the threads of several connections: a lock guards all of it.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "transfer/Mailbox.h"
#include "transfer/TransferRequest.h"

#include <QByteArray>
#include <QByteArrayView>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace transfer {

struct Stripe
{
    quint64 offset = 0;
    quint64 length = 0; // bytes
};

class StripedFile : public std::enable_shared_from_this<StripedFile>
{
public:
    struct What
    {
        Direction direction = Direction::Download;
        files::FilePath remotePath;
        files::FileAttributes expected; // of a source on the server: size and time
        quint32 mark = 0; // of a target on the server: see RemotePart
        quint64 start = 0; // bytes before it are there already
        quint64 size = 0; // end of the last stripe
        // On the disk of this computer, from any thread.
        std::function<base::Result<QByteArray>(quint64 offset, quint32 length)> read;
        std::function<base::Result<void>(quint64 offset, QByteArrayView data)> write;
        std::chrono::milliseconds roundTrip{0}; // of the leader's connection; zero: not known
        std::shared_ptr<std::atomic<quint64>> traffic; // counts with that of other files
    };

    // A stripe is given out only if it lies so close behind the first byte that is missing, so that
    // what is before that byte can be trusted later.
    static constexpr quint64 mostAhead = quint64{64} * 1024 * 1024;
    static constexpr quint64 stripeBytes = quint64{2} * 1024 * 1024;

    // `news` is called on this thread after bytes have moved, when all is there, after a failure.
    StripedFile(What what, std::move_only_function<void()> news);
    ~StripedFile(); // on the same thread or after cancel()
    Q_DISABLE_COPY_MOVE(StripedFile)

    const What &what() const { return m_what; }

    // For the leader, on its thread.
    void cancel(); // the lanes stop; no more news
    quint64 takeMoved(); // bytes since the last call
    std::optional<base::Error> error() const;
    bool isComplete() const; // all stripes are done, and all helpers have left
    quint64 contiguous() const; // so many bytes from the start of the file are there

    // For the lanes. A lane that gets no stripe and hears no more of it may leave.
    void enter();
    void leave();
    std::optional<Stripe> take();
    void moved(quint64 bytes);
    void done(const Stripe &stripe);
    void giveBack(const Stripe &stripe); // somebody else shall carry it
    void fail(const base::Error &error); // the whole copy
    bool isOver() const; // cancelled or failed
    bool isTaken() const; // nothing is left to take, unless somebody gives back
    bool isDone() const; // every stripe
    // Posts `call` as soon as there is something to take, or nothing to wait for any more.
    enum class Until { Taken, Done };
    void wait(Until until, const std::shared_ptr<Mailbox> &mailbox, std::function<void()> call);

private:
    struct Waiter
    {
        std::shared_ptr<Mailbox> mailbox; // shared with the lane, which may go first
        std::function<void()> call;
    };

    bool mayTake() const;
    bool isAllTaken() const { return m_next >= m_what.size && m_returned.empty(); }
    bool isAllDone() const { return isAllTaken() && m_open.empty(); }
    quint64 firstMissing() const;
    void tell();
    void wakeWaiters();

    const What m_what;
    mutable std::mutex m_mutex;
    quint64 m_next; // not given out yet
    std::map<quint64, Stripe> m_open; // given out, by offset
    std::map<quint64, Stripe> m_returned; // to be given out again
    std::vector<Waiter> m_waiters;
    std::optional<base::Error> m_error;
    quint64 m_moved = 0;
    int m_inside = 0;
    bool m_isCancelled = false;
    bool m_isToldOf = false; // news are on their way
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with posted news
    std::move_only_function<void()> m_news; // used on the leader's thread
};

} // namespace transfer
