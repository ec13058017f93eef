// SourceDoor: lets the thread of another connection ask an engine, without a share in the engine's
// own connection or its thread. Used by copies from one server to another.

#pragma once

#include "sftp/Engine.h"
#include "transfer/Mailbox.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace transfer {

class SourceDoor : public std::enable_shared_from_this<SourceDoor>
{
public:
    using Call = std::move_only_function<void(sftp::Engine *engine)>;

    SourceDoor() = default;
    ~SourceDoor();
    Q_DISABLE_COPY_MOVE(SourceDoor)

    // Once, on the engine's thread; null if that has gone already. What was posted before is called
    // now.
    void open(sftp::Engine *engine);

    // From any thread: `call` is called on the engine's, in the order in which it came; with null,
    // perhaps within this call, once the engine has gone.
    void post(Call call);

private:
    class Keeper; // of the engine: closes the door with it

    void work();
    void close();

    std::mutex m_mutex;
    std::vector<Call> m_calls; // that wait
    std::shared_ptr<Mailbox> m_mailbox; // of the engine's thread, from open() on; shared with the
                                        // keeper
    sftp::Engine *m_engine = nullptr; // used on its own thread
    sftp::EngineTask *m_keeper = nullptr; // likewise
    bool m_isClosed = false;
};

} // namespace transfer
