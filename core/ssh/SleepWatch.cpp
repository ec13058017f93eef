#include "ssh/SleepWatch.h"

#include <ctime>
#include <utility>

namespace ssh {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds harmless = 5s;

std::chrono::nanoseconds timeOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::chrono::milliseconds systemLead()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(timeOf(CLOCK_BOOTTIME)
                                                                 - timeOf(CLOCK_MONOTONIC));
}

} // namespace

SleepWatch::SleepWatch()
    : SleepWatch(systemLead)
{
}

SleepWatch::SleepWatch(Lead lead)
    : m_lead(std::move(lead))
    , m_last(m_lead())
{
}

bool SleepWatch::hasSlept()
{
    const std::chrono::milliseconds now = m_lead();
    const std::chrono::milliseconds before = std::exchange(m_last, now);
    return now - before >= harmless;
}

} // namespace ssh
