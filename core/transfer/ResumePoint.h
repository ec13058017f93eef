// Where a copy may go on with what an earlier one has left.

#pragma once

#include "base/Result.h"
#include "transfer/PartLedger.h"
#include "transfer/StripedFile.h"
#include "transfer/TransferRequest.h"

namespace transfer {

struct ResumePoint
{
    quint64 offset = 0; // all before it has been written
    bool isRecorded = false; // else the part's name alone speaks for it
};

// Less than this is begun anew if it is recorded, and not kept for a later copy.
inline constexpr quint64 leastResumedBytes = quint64{1} * 1024 * 1024;

// A copy notes how far it is each time it has come so much further.
inline constexpr quint64 noteInterval = quint64{8} * 1024 * 1024;

// Holes can be so far in front of the end of a part: the stripes that are under way at once, or as
// many requests. What lies before that has been written, unless the system went down.
inline constexpr quint64 longestHoles = StripedFile::mostAhead + StripedFile::stripeBytes;

// So much of a part without record is compared as a whole, wherever it may have holes.
inline constexpr quint64 mostComparedBytes = quint64{512} * 1024;

// False for a part that no later copy would go on with.
inline bool isWorthKeeping(quint64 contiguous, bool isRecorded)
{
    return contiguous >= (isRecorded ? leastResumedBytes : longestHoles + leastResumedBytes);
}

// `record` is that of this part, if there is one. The point is 0 if there is nothing worth going on
// with.
base::Result<ResumePoint, CopyNote::Kind> resumePoint(const std::optional<PartRecord> &record,
                                                      quint64 partBytes,
                                                      const files::FileAttributes &source);

} // namespace transfer
