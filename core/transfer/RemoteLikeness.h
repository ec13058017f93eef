// What of a file of this computer is kept on a server. Used by uploads.

#pragma once

#include "files/FileEntry.h"
#include "sftp/Engine.h"
#include "transfer/FileCopy.h"
#include "transfer/LocalTree.h"

namespace transfer {

files::FileAttributes ownerOf(const files::FileAttributes &source); // and group

// The mode, without set-user-ID and set-group-ID for what has another owner there.
quint32 keptPermissions(const files::FileAttributes &source, Likeness owner);

// What an uploaded file gets at last, beside its owner, whose likeness is `owner`.
files::FileAttributes finalAttributes(const files::FileAttributes &source, const CopyOrder &order,
                                      Likeness owner);

// Owner, group, mode and times of a directory. Like cp(1), it goes on without the owner where that
// is refused. `answered` is called even if the caller is gone.
void makeRemoteAlike(sftp::Engine &engine, const files::FilePath &path,
                     const files::FileAttributes &source,
                     sftp::Engine::Answered<Likeness> answered);

} // namespace transfer
