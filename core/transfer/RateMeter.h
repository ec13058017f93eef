// RateMeter: how fast a transfer is, smoothed over the last seconds. The caller brings the time, so
// that a test can move it.

#pragma once

#include <QtTypes>

#include <chrono>
#include <deque>
#include <optional>

namespace transfer {

class RateMeter
{
public:
    using Time = std::chrono::steady_clock::time_point;

    // `bytesDone` counts from the start of the transfer and does not shrink.
    void note(Time now, quint64 bytesDone);

    // Over the last five seconds; 0 until the first second has passed.
    quint64 bytesPerSecond() const;

    // Nothing while the rate is not known or is 0.
    std::optional<std::chrono::seconds> timeFor(quint64 bytes) const;

private:
    struct Sample
    {
        Time time;
        quint64 bytesDone;
    };

    std::deque<Sample> m_samples; // oldest first; the first one may be older than the window
};

} // namespace transfer
