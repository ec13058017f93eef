// What a symbolic link leads to in the end, where links are followed.

#pragma once

#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "sftp/Engine.h"

namespace transfer {

struct FollowedLink
{
    files::FilePath path; // free of links, as far as that is told
    files::FileAttributes attributes;
};

// Of a server, on the engine's thread.
void followRemote(sftp::Engine &engine, const files::FilePath &link,
                  sftp::Engine::Answered<FollowedLink> answered);

} // namespace transfer
