#include "transfer/FlightWindow.h"

#include "transfer/LaneBoard.h"

#include <algorithm>

namespace transfer {
namespace {

using namespace std::chrono_literals;

// As much as the window of an SSH channel takes. Over a long link twice of that, so that it never
// stands still while a disk works; over a short one that would only lie in the buffers of two
// programs, and moves faster while it fits into the processor's cache.
constexpr quint64 first = quint64{2} * 1024 * 1024;
constexpr quint64 mostFar = 2 * first;

constexpr quint64 least = quint64{64} * 1024;
constexpr quint32 leastRequest = 32 * 1024; // what every server takes
constexpr quint64 requestsInFlight = 4;

constexpr int answersPerDecision = 4;
constexpr auto queueAllowed = 20ms; // besides a quarter of the round trip: links are not steady

FlightWindow::Duration latest(FlightWindow::Duration undelayed)
{
    return undelayed + undelayed / 4 + queueAllowed;
}

} // namespace

FlightWindow::FlightWindow(std::chrono::milliseconds roundTrip)
    : m_expected(latest(roundTrip))
    , m_most(roundTrip < LaneBoard::longRoundTrip ? first : mostFar)
    , m_bytes(first)
{
}

quint32 FlightWindow::requestBytes(quint32 most) const
{
    const auto wanted = std::max<quint64>(m_bytes / requestsInFlight, leastRequest);
    return static_cast<quint32>(std::min<quint64>(most, wanted));
}

void FlightWindow::note(Time sent, Time answered)
{
    if (m_begin && sent < *m_begin) {
        return;
    }
    const Duration latency = answered - sent;
    m_earliest = std::min(m_earliest.value_or(latency), latency);
    if (++m_answers == answersPerDecision) {
        decide();
        m_begin = answered;
        m_earliest.reset();
        m_answers = 0;
    }
}

// What is under way is rate times latency: to shrink in the proportion in which the answers are
// late leaves the rate as it is and takes away the queue. In between nothing changes, else it would
// swing. Answers that are late with next to nothing under way do not wait in a queue of ours: that
// is how long the server takes, and to ask it for little would only make it slower.
void FlightWindow::decide()
{
    const double lateness = std::chrono::duration<double>(*m_earliest) / m_expected;
    if (lateness > 1 && m_bytes == least) {
        m_expected = latest(*m_earliest);
    } else if (lateness > 1) {
        const double kept = static_cast<double>(m_bytes) / std::min(lateness, 2.0);
        m_bytes = std::max(least, static_cast<quint64>(kept));
    } else if (lateness < 0.8) {
        m_bytes = std::min(m_most, m_bytes + m_bytes / 4);
    }
}

} // namespace transfer
