// Puts a finished upload in the place of an older file of the server.

#pragma once

#include "sftp/Engine.h"

namespace transfer {

// In one step where the server offers posix-rename@openssh.com. Elsewhere the old file steps aside
// under a temporary name until the new one has its place, and comes back if that fails. Both are
// asked for at once, so that a lost connection leaves the one or the other.
void replaceRemote(sftp::Engine &engine, const files::FilePath &from, const files::FilePath &to,
                   sftp::Engine::Answered<void> answered);

} // namespace transfer
