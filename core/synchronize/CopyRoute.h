// CopyRoute: how files get to one of the two sides of a SyncRun.

#pragma once

#include "synchronize/TreeRow.h"
#include "transfer/TransferRequest.h"

#include <optional>

namespace transfer {
class TransferQueue;
}

namespace synchronize {

struct CopyRoute
{
    // Of the server that carries them: the target, or the source of a download. Borrowed, and
    // nobody else's: conflicts of its jobs are answered here. Null: both sides are of this
    // computer, which copies by itself.
    transfer::TransferQueue *queue = nullptr;
    transfer::Direction direction = transfer::Direction::Upload;
    std::optional<transfer::TransferServer> source = {}; // of a Relay, which alone has one
};

struct CopyRoutes
{
    CopyRoute toLeft = {};
    CopyRoute toRight = {};

    // Between this computer at the side `local` and the queue's server.
    static CopyRoutes withServer(Side local, transfer::TransferQueue &queue)
    {
        const CopyRoute up{&queue, transfer::Direction::Upload};
        const CopyRoute down{&queue, transfer::Direction::Download};
        return local == Side::Left ? CopyRoutes{down, up} : CopyRoutes{up, down};
    }

    const CopyRoute &to(Side side) const { return side == Side::Left ? toLeft : toRight; }
};

} // namespace synchronize
