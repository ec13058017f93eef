// What LocalFileSystem does that takes more than a system call or two. All of it blocks, and runs
// on pool threads.

#pragma once

#include "files/FileSystem.h"

#include <functional>

namespace files {

// Asked now and then; true if nobody waits for the answer any more.
using IsGivenUp = std::function<bool()>;

// AlreadyExists if something is at `to`.
base::Result<void> renameLocal(const FilePath &from, const FilePath &to);

// With all that is in it. Goes on after a failure, and tells the first one; Cancelled if something
// is left because it was given up. Tells how many files and directories are gone so far.
base::Result<void> removeLocal(
    const FilePath &path, const std::function<void(int)> &progressed = [](int) {},
    const IsGivenUp &isGivenUp = [] { return false; });

// Tells what is counted so far now and then, not oftener than a display can follow.
base::Result<TreeSize> measureLocal(const FilePath &path,
                                    const std::function<void(const TreeSize &)> &counted,
                                    const IsGivenUp &isGivenUp);

// See FileSystem::copyTree().
base::Result<void> copyLocal(const FilePath &from, const FilePath &to,
                             const std::function<void(int)> &progressed,
                             const IsGivenUp &isGivenUp);

// Tells thousandths.
base::Result<Digest> digestLocal(const FilePath &path, const std::function<void(int)> &progressed,
                                 const IsGivenUp &isGivenUp);

base::Result<QByteArray> readLocal(const FilePath &path, quint64 offset, quint32 length);

base::Result<TrashedFile> trashLocal(const FilePath &path);
base::Result<void> restoreLocal(const TrashedFile &file);

} // namespace files
