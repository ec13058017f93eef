#include "transfer/SourceLink.h"

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using sftp::Engine;

// Ends with the source's engine, also while nothing is asked there.
class SourceWatch final : public sftp::EngineTask
{
public:
    explicit SourceWatch(SourceLink::Courier courier)
        : m_courier(std::move(courier))
    {
    }
    ~SourceWatch() override
    {
        m_courier.bring(nullptr, [] { });
    }
    Q_DISABLE_COPY_MOVE(SourceWatch)

private:
    SourceLink::Courier m_courier;
};

} // namespace

void SourceLink::Courier::bring(const Engine *engine, std::move_only_function<void()> call) const
{
    const auto end = engine != nullptr ? engine->endReason() : lost();
    m_mailbox->post([link = m_link, end, call = std::move(call)]() mutable {
        if (end) {
            link->noteEnd(*end);
        }
        call();
    });
}

Error SourceLink::Courier::named(Error error) const
{
    error.server = m_title;
    return error;
}

SourceLink::SourceLink(const SourceServer &server)
    : m_server(server)
{
    m_courier.m_link = this;
    m_courier.m_mailbox = std::make_shared<Mailbox>();
    m_courier.m_title = m_server.title;
    m_server.post([courier = m_courier, watch = m_watch](Engine *engine) {
        auto task = std::make_unique<SourceWatch>(courier);
        if (engine != nullptr) {
            *watch = &engine->adopt(std::move(task));
        }
    });
}

SourceLink::~SourceLink()
{
    *m_isGone = true;
    mailbox()->close();
    m_server.post([watch = m_watch](Engine *engine) {
        if (engine != nullptr && *watch != nullptr) {
            engine->release(**watch);
        }
    });
}

std::function<bool()> SourceLink::abandonment() const
{
    return [isGone = m_isGone] { return isGone->load(); };
}

Error SourceLink::lost()
{
    Error error;
    error.kind = ErrorKind::ConnectionLost;
    error.operation = QStringLiteral("copy");
    return error;
}

void SourceLink::noteEnd(const Error &reason)
{
    if (!m_end) {
        m_end = m_courier.named(reason);
        m_end->subject = m_server.title;
    }
}

} // namespace transfer
