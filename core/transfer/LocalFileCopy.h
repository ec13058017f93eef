// LocalFileCopy: one file from one place of this computer to another, on a disk thread, with the
// promises of a download: it comes to be under the name of a part, and gets its own when it is
// whole. Used by core/synchronize.

#pragma once

#include "base/Result.h"
#include "files/FilePath.h"
#include "transfer/LocalTree.h"
#include "transfer/TransferRequest.h"

#include <QByteArrayList>

#include <functional>
#include <optional>

namespace transfer {

struct LocalCopyOrder
{
    files::FilePath source; // a regular file; no link in its last component is followed
    QByteArrayList target; // names below the tree
    Existing existing = Existing::Keep;
    CopyOptions options; // `resume` and `keepPart` mean nothing: it begins anew
};

struct LocalCopied
{
    Likeness likeness = Likeness::Full;
    std::optional<CopyNote::Kind> note; // what the user should know of it
};

// So many bytes more are there; false gives up.
using LocalMoved = std::function<bool(quint64 bytes)>;

// Cancelled if that was given up, sourceChanged() if the source does not stay what it was: in any
// case the target is what it was before then.
base::Result<LocalCopied> copyLocalFile(const LocalTree &tree, const LocalCopyOrder &order,
                                        const LocalMoved &moved);

} // namespace transfer
