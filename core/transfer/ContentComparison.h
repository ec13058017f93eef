// ContentComparison: whether a part of a file is the same on the server and at the other end of a
// copy. Used by copies before they go on with what is there, and before they give a verified file
// its name. On the connection's thread.
//
// The server hashes its end where it can: by check-file of SFTP, else by a command. Else its data
// are read once more.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/CommandDigest.h"
#include "transfer/ComparedContent.h"
#include "transfer/ResumePoint.h"

#include <functional>
#include <memory>
#include <optional>

namespace transfer {

class ContentComparison
{
public:
    // What to do where the server hashes nothing.
    enum class Otherwise {
        ReadAll,
        ReadSamples, // a few pieces, and the end
    };

    // `digest` may be null. The engine must outlive this. `other` is shared with the copy, if that
    // reads from it.
    ContentComparison(sftp::Engine &engine, std::shared_ptr<CommandDigest> digest,
                      files::FilePath remote, std::shared_ptr<ComparedContent> other);
    ~ContentComparison(); // nothing is answered any more
    Q_DISABLE_COPY_MOVE(ContentComparison)

    // Once. False if the two differ. `answered` may destroy this.
    void compare(sftp::FileRange range, Otherwise otherwise, sftp::Engine::Answered<bool> answered);

private:
    void compareByServer();
    void compareByCommand();
    void compareHashes(sftp::FileRange range, const QByteArray &remoteHash,
                       std::move_only_function<void()> next);
    void openRemote();
    void planReading();
    void readOn();
    void read(sftp::FileRange piece);
    void comparePiece(sftp::FileRange piece, const QByteArray &remote);
    void answer(const base::Result<bool> &result);

    sftp::Engine &m_engine;
    std::shared_ptr<CommandDigest> m_digest; // shared with other copies
    files::FilePath m_remote;
    std::shared_ptr<ComparedContent> m_other; // shared, see above
    CallGuard m_guard;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with the digest
    sftp::Engine::Answered<bool> m_answered;
    Otherwise m_otherwise = Otherwise::ReadAll;
    sftp::FileRange m_range; // that is left to compare
    sftp::Engine::RequestId m_opening = 0;
    std::optional<sftp::Handle> m_handle; // while data are read
    quint64 m_step = 0; // from one piece that is read to the next
    qsizetype m_inFlight = 0; // of these pieces
};

// What is compared before a copy goes on: the end of what is recorded, which is trusted; of
// anything else, all of it.
sftp::FileRange comparedRange(const ResumePoint &left);

} // namespace transfer
