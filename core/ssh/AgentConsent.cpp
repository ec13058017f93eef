#include "ssh/AgentConsent.h"

#include "keys/PublicKeyBlob.h"

#include <utility>

namespace ssh {

void AgentConsent::ask(QObject &asker, const keys::AgentRelay::SignRequest &request,
                       std::function<void(bool)> decide)
{
    m_waiting.push_back({&asker,
                         {.host = m_host,
                          .comment = request.identity.comment,
                          .fingerprint = keys::sha256Fingerprint(request.identity.blob),
                          .user = request.user},
                         std::move(decide)});
    // Queued: by then it is gone in the eyes of its QPointer, too.
    connect(&asker, &QObject::destroyed, this, &AgentConsent::dropGone, Qt::QueuedConnection);
    if (m_waiting.size() == 1) {
        askFirst();
    }
}

void AgentConsent::askFirst()
{
    emit asked(m_waiting.front().question);
}

void AgentConsent::decide(bool isAllowed)
{
    if (m_waiting.empty()) {
        return;
    }
    const Entry answered = std::move(m_waiting.front());
    m_waiting.pop_front();
    if (answered.asker != nullptr) {
        answered.decide(isAllowed);
    }
    if (!m_waiting.empty()) {
        askFirst();
    }
}

void AgentConsent::dropGone()
{
    if (m_waiting.empty()) {
        return;
    }
    const bool isAskedGone = m_waiting.front().asker == nullptr;
    std::erase_if(m_waiting, [](const Entry &entry) { return entry.asker == nullptr; });
    if (isAskedGone) {
        emit withdrawn();
        if (!m_waiting.empty()) {
            askFirst();
        }
    }
}

} // namespace ssh
