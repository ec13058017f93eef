#include "ssh/JumpHost.h"

#include "ssh/JumpRoute.h"

#include <algorithm>

namespace ssh {

JumpHost::JumpHost(const ConnectionSettings &settings, RoutePool &pool,
                   const std::optional<LoginMemory> &remembered)
    : m_connection(settings, pool, remembered)
{
    connect(&m_connection, &Connection::promptRaised, this, &JumpHost::handlePrompt);
    connect(&m_connection, &Connection::promptWithdrawn, this, &JumpHost::handleWithdrawal);
    connect(&m_connection, &Connection::closed, this, &JumpHost::handleClosed);
    m_connection.open();
}

JumpHost::~JumpHost() = default;

void JumpHost::join(JumpRoute &route)
{
    m_routes.append(&route);
}

void JumpHost::leave(JumpRoute &route)
{
    const bool wasAsked = m_prompt && !m_routes.isEmpty() && m_routes.first() == &route;
    m_routes.removeOne(&route);
    if (wasAsked && !m_routes.isEmpty()) {
        m_routes.first()->present(*m_prompt);
    }
}

void JumpHost::answer(Prompt::Id prompt, const PromptAnswer &answer)
{
    if (m_prompt && m_prompt->id == prompt) {
        m_prompt.reset();
        m_connection.answer(prompt, answer);
    }
}

void JumpHost::handlePrompt(const Prompt &prompt)
{
    m_prompt = prompt;
    if (!m_routes.isEmpty()) {
        m_routes.first()->present(prompt);
    }
}

void JumpHost::handleWithdrawal(Prompt::Id prompt)
{
    m_prompt.reset();
    if (!m_routes.isEmpty()) {
        m_routes.first()->withdraw(prompt);
    }
}

void JumpHost::handleClosed(const base::Result<void> &reason)
{
    m_end = reason ? base::Error{.kind = base::ErrorKind::ConnectionLost,
                                 .operation = QStringLiteral("keep the connection"),
                                 .subject = m_connection.settings().host}
                   : reason.error();
}

std::shared_ptr<JumpHost> RoutePool::jumpHost(const ConnectionSettings &settings,
                                              const std::optional<LoginMemory> &remembered)
{
    std::erase_if(m_entries, [](const Entry &entry) {
        const auto host = entry.host.lock();
        return host == nullptr || !host->isUsable();
    });
    const auto found = std::ranges::find(m_entries, settings, &Entry::settings);
    if (found != m_entries.end()) {
        return found->host.lock();
    }
    auto host = std::make_shared<JumpHost>(settings, *this, remembered);
    m_entries.push_back({settings, host});
    return host;
}

} // namespace ssh
