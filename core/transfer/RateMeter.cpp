#include "transfer/RateMeter.h"

namespace transfer {
namespace {

using namespace std::chrono_literals;

constexpr auto window = 5s;
constexpr auto leastTime = 1s;

} // namespace

void RateMeter::note(Time now, quint64 bytesDone)
{
    m_samples.push_back({now, bytesDone});
    while (m_samples.size() > 2 && now - m_samples[1].time >= window) {
        m_samples.pop_front();
    }
}

quint64 RateMeter::bytesPerSecond() const
{
    if (m_samples.empty()) {
        return 0;
    }
    const Sample &first = m_samples.front();
    const Sample &last = m_samples.back();
    const auto elapsed = std::chrono::duration<double>(last.time - first.time);
    if (elapsed < leastTime) {
        return 0;
    }
    const auto bytes = static_cast<double>(last.bytesDone - first.bytesDone);
    return static_cast<quint64>(bytes / elapsed.count());
}

std::optional<std::chrono::seconds> RateMeter::timeFor(quint64 bytes) const
{
    const quint64 rate = bytesPerSecond();
    if (rate == 0) {
        return std::nullopt;
    }
    return std::chrono::seconds(bytes / rate);
}

} // namespace transfer
