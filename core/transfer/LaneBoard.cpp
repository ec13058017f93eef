#include "transfer/LaneBoard.h"

#include <algorithm>
#include <utility>

namespace transfer {

void LaneBoard::join(const std::shared_ptr<Mailbox> &mailbox, Call call)
{
    const std::scoped_lock lock(m_mutex);
    m_members.push_back({mailbox, std::move(call)});
}

void LaneBoard::leave(const std::shared_ptr<Mailbox> &mailbox)
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_members, [&](const Member &member) { return member.mailbox == mailbox; });
}

void LaneBoard::offer(const std::shared_ptr<StripedFile> &file)
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_files, [](const auto &known) { return known.expired(); });
    m_files.push_back(file);
    const StripedFile::What &what = file->what();
    callMembers({what.size - what.start, what.roundTrip});
}

void LaneBoard::announce(const LaneDemand &demand)
{
    const std::scoped_lock lock(m_mutex);
    callMembers(demand);
}

void LaneBoard::callMembers(const LaneDemand &demand)
{
    m_demand = demand;
    for (const Member &member : m_members) {
        member.mailbox->post(member.call);
    }
}

std::shared_ptr<StripedFile> LaneBoard::pick()
{
    const std::scoped_lock lock(m_mutex);
    for (const auto &known : m_files) {
        auto file = known.lock();
        if (file && !file->isOver() && !file->isTaken()) {
            return file;
        }
    }
    return nullptr;
}

bool LaneBoard::hasFiles()
{
    const std::scoped_lock lock(m_mutex);
    return std::ranges::any_of(m_files, [](const auto &known) {
        const auto file = known.lock();
        return file && !file->isOver() && !file->isDone();
    });
}

LaneDemand LaneBoard::demand() const
{
    const std::scoped_lock lock(m_mutex);
    return m_demand;
}

} // namespace transfer
