// The command line of OpenSSH's clients that does what a session does, for the clipboard. Fit for a
// POSIX shell, whatever the names in the session are.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QString>

namespace profiles {

class ProfileStore;

enum class ClientProgram { Ssh, Sftp, Scp };

// As one word of a POSIX shell: in quotes, unless it holds only what no shell touches.
QString shellWord(const QString &text);

// `profile` as EffectiveProfile has it; the store knows the sessions that it jumps through. scp
// gets FILE for what is to be copied. Fails with Unsupported for a proxy, which OpenSSH has not,
// and with NotFound for a jump host that is no session any more.
base::Result<QString> commandLine(ClientProgram program, const Profile &profile,
                                  const ProfileStore &store);

// The options of ssh for keys, agent, jump hosts and the like, as words of a POSIX shell: for
// programs that use ssh and have user, host and port in fields of their own. Fails likewise.
base::Result<QString> sshOptions(const Profile &profile, const ProfileStore &store);

} // namespace profiles
