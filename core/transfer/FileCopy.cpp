#include "transfer/FileCopy.h"

#include <cerrno>

namespace transfer {
namespace {

constexpr quint64 growthAllowed = quint64{1} << 30U; // besides as much again as was promised

// So that a low rate is a trickle, and no burst every few seconds.
constexpr quint64 requestsPerSecond = 8;
constexpr quint64 leastRequestBytes = 1024;

} // namespace

void RequestShare::setLimit(quint64 bytesPerSecond)
{
    m_limit = bytesPerSecond;
    sendLanesAway();
}

quint32 RequestShare::requestBytes(quint32 mostBytes) const
{
    const quint64 wanted = std::max(m_limit / requestsPerSecond, leastRequestBytes);
    return m_limit == 0 ? mostBytes : static_cast<quint32>(std::min<quint64>(mostBytes, wanted));
}

void RequestShare::spend(quint64 bytes)
{
    m_budget -= static_cast<qint64>(bytes);
}

// What was not used within a fifth of a second is lost: no burst makes good for a stall.
void RequestShare::refill(std::chrono::nanoseconds passed)
{
    const std::chrono::duration<double> seconds = passed;
    const double limit = static_cast<double>(m_limit);
    const auto most = static_cast<qint64>(limit / 5) + 1;
    m_budget = std::min(most, m_budget + static_cast<qint64>(limit * seconds.count()));
}

void tellEnd(CopyEvents &events, const base::Result<Likeness> &copied)
{
    if (copied && *copied == Likeness::Partial) {
        events.noted(CopyNote::Kind::NotPreserved, 0);
    }
    events.finished(copied.transform([](Likeness) { }));
}

base::Error sourceChanged(const files::FilePath &source, const QString &detail)
{
    auto error = base::Error::fromErrno(ESTALE, QStringLiteral("read"), source.toDisplay());
    error.detail = detail;
    return error;
}

base::Error contentMismatch(const files::FilePath &source)
{
    return base::Error::fromErrno(EBADMSG, QStringLiteral("verify"), source.toDisplay());
}

bool isSameState(const files::FileAttributes &one, const files::FileAttributes &other)
{
    const auto isSame
        = [](const auto &left, const auto &right) { return !left || !right || *left == *right; };
    return isSame(one.size, other.size) && isSame(one.modificationTime, other.modificationTime);
}

bool isBeyondGrowth(quint64 promised, quint64 offset)
{
    return offset > growthAllowed && (offset - growthAllowed) / 2 > promised;
}

} // namespace transfer
