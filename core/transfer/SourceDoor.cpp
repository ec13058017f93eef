#include "transfer/SourceDoor.h"

#include <utility>

namespace transfer {

class SourceDoor::Keeper final : public sftp::EngineTask
{
public:
    Keeper(std::weak_ptr<SourceDoor> door, std::shared_ptr<Mailbox> mailbox)
        : m_door(std::move(door))
        , m_mailbox(std::move(mailbox))
    {
    }
    ~Keeper() override
    {
        m_mailbox->close();
        if (const auto door = m_door.lock()) {
            door->close();
        }
    }
    Q_DISABLE_COPY_MOVE(Keeper)

private:
    std::weak_ptr<SourceDoor> m_door;
    std::shared_ptr<Mailbox> m_mailbox; // shared with the door
};

// On any thread. The keeper goes too, unless it has gone with its engine: then the mailbox is
// closed.
SourceDoor::~SourceDoor()
{
    if (m_mailbox) {
        m_mailbox->post([engine = m_engine, keeper = m_keeper] { engine->release(*keeper); });
    }
}

void SourceDoor::open(sftp::Engine *engine)
{
    if (engine == nullptr) {
        close();
        return;
    }
    auto mailbox = std::make_shared<Mailbox>();
    sftp::EngineTask &keeper = engine->adopt(std::make_unique<Keeper>(weak_from_this(), mailbox));
    {
        const std::scoped_lock lock(m_mutex);
        m_engine = engine;
        m_keeper = &keeper;
        m_mailbox = std::move(mailbox);
    }
    work();
}

void SourceDoor::post(Call call)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_isClosed) {
            m_calls.push_back(std::move(call));
            if (m_mailbox && m_calls.size() == 1) {
                m_mailbox->post([self = shared_from_this()] { self->work(); });
            }
            return;
        }
    }
    call(nullptr);
}

void SourceDoor::work()
{
    std::vector<Call> calls;
    {
        const std::scoped_lock lock(m_mutex);
        calls = std::exchange(m_calls, {});
    }
    for (Call &call : calls) {
        call(m_engine);
    }
}

void SourceDoor::close()
{
    std::vector<Call> calls;
    {
        const std::scoped_lock lock(m_mutex);
        m_isClosed = true;
        calls = std::exchange(m_calls, {});
    }
    for (Call &call : calls) {
        call(nullptr);
    }
}

} // namespace transfer
