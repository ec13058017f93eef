// KeyringAccess: the process that asks the desktop's keyring on behalf of KeychainStore, and the
// only place that knows QtKeychain.
//
// It is a process of its own because QtKeychain's jobs can neither be cancelled nor wiped: they
// wait as long as the keyring does, on KDE with a call that blocks, and leave copies of the secret
// in freed memory. This process is killed at the deadline, and its memory goes with it.
// QtKeychain's fallback to a plain-text file is never switched on.

#pragma once

#include <QLatin1StringView>

namespace vault {

class KeyringAccess
{
public:
    // The argument that makes the program call run() instead of anything else.
    static constexpr QLatin1StringView argument{"keyring-access"};

    // Reads one request from standard input, a socket, and answers it there. Returns the exit
    // status of the process. Needs no QCoreApplication: it makes one.
    static int run(int &argc, char **argv);
};

} // namespace vault
