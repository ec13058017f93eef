// BeginningCopy: takes the beginning of an upload's part from the file that the part will replace,
// on the server itself: by copy-data where SFTP offers it, else by a command where there is a
// shell. On the connection's thread.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/CommandDigest.h"
#include "transfer/Mailbox.h"

#include <memory>
#include <optional>

namespace transfer {

class BeginningCopy
{
public:
    // What it was told stays what it is.
    struct Order
    {
        files::FilePath from; // the whole file
        quint64 bytes = 0; // of it
        files::FilePath part;
        sftp::Handle handle; // of the part, which is empty
    };

    // The engine must outlive this. `digest` may be null: there is no shell.
    BeginningCopy(sftp::Engine &engine, std::shared_ptr<CommandDigest> digest, Order order);
    ~BeginningCopy(); // is not answered any more
    Q_DISABLE_COPY_MOVE(BeginningCopy)

    // False if the server can not do it: then the part is empty. ESTALE if the file has another
    // size by now.
    void start(sftp::Engine::Answered<bool> answered);

private:
    void chooseWay(const files::FileAttributes &found);
    void openSource();
    void copyNext(quint64 offset);
    void runCommand();
    void checkSize();
    void giveUp();
    void answer(const base::Result<bool> &result);

    sftp::Engine &m_engine;
    std::shared_ptr<CommandDigest> m_digest; // shared with its other users
    const Order m_order;
    std::optional<sftp::Handle> m_source;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with the question
    CallGuard m_guard;
    sftp::Engine::Answered<bool> m_answered;
};

} // namespace transfer
