#include "transfer/ResumePoint.h"

#include <algorithm>

namespace transfer {

base::Result<ResumePoint, CopyNote::Kind> resumePoint(const std::optional<PartRecord> &record,
                                                      quint64 partBytes,
                                                      const files::FileAttributes &source)
{
    if (record && !record->isOf(source)) {
        return base::Failure(CopyNote::Kind::OtherSource);
    }
    if (partBytes > source.size.value_or(0)) {
        return base::Failure(CopyNote::Kind::OtherPart);
    }
    // A record is behind what was written, never in front of it.
    if (record) {
        const quint64 offset = std::min(record->contiguous, partBytes);
        return ResumePoint{offset < leastResumedBytes ? 0 : offset, true};
    }
    const bool isSmall = partBytes <= mostComparedBytes;
    return ResumePoint{isSmall ? partBytes : partBytes - std::min(partBytes, longestHoles), false};
}

} // namespace transfer
