// What the lists of algorithms in OpenSSH's configuration mean for a connection.

#pragma once

#include "base/Result.h"
#include "profiles/OpenSshOptions.h"
#include "profiles/Transport.h"

#include <QStringList>

#include <optional>

namespace ssh {

// Sets the lists that are configured and are empty so far: in their order, without what libssh does
// not have. Fails with NoCommonAlgorithm if nothing is left of one: the error's subject is the
// keyword, its quote what was configured.
base::Result<profiles::Transport> withAlgorithms(profiles::Transport transport,
                                                 const profiles::OpenSshOptions &options);

// The names that were left out of the list of a keyword, without those that OpenSSH has there by
// itself when the configuration only adds or prefers some. Absent for any other keyword.
std::optional<QStringList> algorithmsLeftOut(const profiles::OpenSshOptions &options,
                                             const QString &keyword);

} // namespace ssh
