// FlightWindow: how many bytes a channel may have asked for, so that the line is always full and
// its queue is short: whatever else goes over the line, a keystroke first of all, waits behind what
// is under way. The idea is that of LEDBAT (RFC 6817): it gives way when the answers come later
// than the way there and back, or the server's own slowness, can explain.
//
// The caller brings the time, so that a test can move it.

#pragma once

#include <QtTypes>

#include <chrono>
#include <optional>

namespace transfer {

class FlightWindow
{
public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    // `roundTrip` of an idle line; zero if it is not known.
    explicit FlightWindow(std::chrono::milliseconds roundTrip);

    quint64 bytes() const { return m_bytes; }

    // How large a request should be of which the server takes `most` bytes: on a slow line a large
    // one is a queue of its own.
    quint32 requestBytes(quint32 most) const;

    // A request was answered.
    void note(Time sent, Time answered);

private:
    void decide();

    Duration m_expected; // no answer that comes earlier is late
    quint64 m_most; // bytes
    quint64 m_bytes;

    // Since the last decision. What was sent before it tells nothing of it.
    std::optional<Time> m_begin;
    std::optional<Duration> m_earliest; // one late answer may be the disk's fault, not all of them
    int m_answers = 0;
};

} // namespace transfer
