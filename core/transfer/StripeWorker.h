// StripeWorker: carries stripes of one StripedFile over one engine, on that engine's thread. The
// pipeline that leads a copy has one, and so has each Lane that helps.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/DiskWork.h"
#include "transfer/FlightWindow.h"
#include "transfer/StripedFile.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace transfer {

class StripeWorker
{
public:
    // `file` is shared with the other lanes.
    StripeWorker(sftp::Engine &engine, std::shared_ptr<StripedFile> file);
    ~StripeWorker(); // gives back what it has not carried
    Q_DISABLE_COPY_MOVE(StripeWorker)

    // With the leader's handle: stays until the file is done, and its failures are those of the
    // copy.
    void lead(const sftp::Handle &handle);

    // With a handle of its own: leaves when nothing is left to take, or after a failure, which
    // others make good. `left` is then called once and may not destroy this.
    enum class Usefulness { Helped, Useless };
    void help(std::move_only_function<void(Usefulness)> left);

private:
    struct Carried
    {
        Stripe stripe;
        quint64 bytesLeft = 0;
    };

    struct Piece
    {
        quint64 stripe = 0; // its offset
        quint64 offset = 0;
        quint32 length = 0;
    };

    bool isLeader() const { return !m_left; }
    void handleOpened(const base::Result<sftp::Handle> &handle);
    void look();
    bool isRightFile(const files::FileAttributes &found) const;
    void work();
    std::optional<Piece> nextPiece();
    bool mayAsk() const;
    quint32 requestBytes() const;
    void read(const Piece &piece);
    void handleData(const Piece &piece, base::Result<std::optional<QByteArray>> answer);
    void save(const Piece &piece, QByteArray data);
    void send(const Piece &piece);
    void sendChunk(const Piece &piece, const base::Result<QByteArray> &chunk);
    void settle(const Piece &piece);
    void drop(const Piece &piece);
    void pauseOrLeave();
    void giveUp(const base::Error &error);
    void leave(Usefulness usefulness);
    void giveBackAll();

    sftp::Engine &m_engine;
    std::shared_ptr<StripedFile> m_file; // shared with the leader and the other lanes
    std::move_only_function<void(Usefulness)> m_left; // empty for the leader
    DiskWork m_disk;
    CallGuard m_guard;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with the file
    sftp::Engine::RequestId m_opening = 0;
    std::optional<sftp::Handle> m_handle;
    std::map<quint64, Carried> m_carried; // by the stripe's offset
    Stripe m_rest; // of the stripe that is asked for now
    quint64 m_stripe = 0; // its offset
    FlightWindow m_window;
    qsizetype m_inFlight = 0; // requests, and their data on the way to or from the disk
    quint64 m_bytesInFlight = 0; // the same
    int m_looks = 0; // at the file that this has opened
    int m_emptyAnswers = 0;
    bool m_isWaiting = false;
    bool m_isOver = false;
};

} // namespace transfer
