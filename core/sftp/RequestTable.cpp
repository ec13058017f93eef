#include "sftp/RequestTable.h"

#include <algorithm>

namespace sftp {

RequestTable::Id RequestTable::add(PendingRequest request)
{
    do {
        ++m_last;
    } while (m_last == 0 || m_requests.contains(m_last));
    m_requests.emplace(m_last, std::move(request));
    return m_last;
}

void RequestTable::restore(Id id, PendingRequest request)
{
    m_requests.insert_or_assign(id, std::move(request));
}

void RequestTable::abandon(Id id)
{
    const auto found = m_requests.find(id);
    if (found != m_requests.end()) {
        found->second.answered = nullptr;
    }
}

std::optional<PendingRequest> RequestTable::take(Id id)
{
    auto node = m_requests.extract(id);
    if (node.empty()) {
        return std::nullopt;
    }
    return std::move(node.mapped());
}

bool RequestTable::mayTakeLong() const
{
    return std::ranges::any_of(m_requests,
                               [](const auto &each) { return each.second.mayTakeLong; });
}

std::vector<PendingRequest> RequestTable::takeAll()
{
    std::vector<PendingRequest> all;
    all.reserve(m_requests.size());
    for (auto &[id, request] : m_requests) {
        all.push_back(std::move(request));
    }
    m_requests.clear();
    return all;
}

} // namespace sftp
