#include "sftp/ServerLimits.h"

#include "base/WireReader.h"
#include "sftp/Packets.h"

#include <algorithm>

namespace sftp {
namespace {

constexpr quint64 leastData = quint64{4} * 1024;
// OpenSSH's own: 256 KiB less 1 KiB for the header.
constexpr quint64 mostData = quint64{255} * 1024;
constexpr quint64 mostHandles = 1024;

quint32 dataLimit(quint64 told, quint32 otherwise)
{
    return told == 0 ? otherwise : static_cast<quint32>(std::clamp(told, leastData, mostData));
}

} // namespace

base::Result<ServerLimits> ServerLimits::fromReply(QByteArrayView reply)
{
    base::WireReader reader(reply);
    const auto packet = reader.uint64();
    const auto read = reader.uint64();
    const auto write = reader.uint64();
    const auto handles = reader.uint64();
    if (!packet || !read || !write || !handles) {
        return base::Failure(protocolViolation(QStringLiteral("malformed limits@openssh.com")));
    }
    ServerLimits limits;
    limits.readBytes = dataLimit(*read, limits.readBytes);
    limits.writeBytes = dataLimit(*write, limits.writeBytes);
    if (*handles != 0) {
        limits.openHandles = static_cast<int>(std::min(*handles, mostHandles));
    }
    return limits;
}

} // namespace sftp
