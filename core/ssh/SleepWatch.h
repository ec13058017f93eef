// SleepWatch: tells that the computer was suspended.
//
// While it is, the time since boot goes on and the monotonic time does not (clock_gettime(2)).

#pragma once

#include <chrono>
#include <functional>

namespace ssh {

class SleepWatch
{
public:
    // How much further the time since boot is than the monotonic time.
    using Lead = std::function<std::chrono::milliseconds()>;

    SleepWatch(); // asks the system
    explicit SleepWatch(Lead lead);

    // True if the computer slept since the last call, or since this object was made. Less than
    // five seconds harm no connection and do not count.
    bool hasSlept();

private:
    Lead m_lead;
    std::chrono::milliseconds m_last;
};

} // namespace ssh
