// LeftParts: what a transfer that did not come to its end may have left under hidden names: see
// PartSweep.

#pragma once

#include "transfer/TransferRequest.h"

#include <QMetaType>

namespace transfer {

struct LeftParts
{
    TransferRequest request; // whose token tells its parts
    // Else its only run has cleaned up behind itself, if its connection lived until then.
    bool mustSearch = true;
};

} // namespace transfer

Q_DECLARE_METATYPE(transfer::LeftParts)
