// The forwards of an alias in OpenSSH's configuration: LocalForward, RemoteForward and
// DynamicForward of ssh_config(5), GatewayPorts, and ClearAllForwardings.

#pragma once

#include "profiles/Forward.h"
#include "profiles/OpenSshOptions.h"

#include <QList>

namespace ssh {

// In their order, but those that cannot be made.
QList<profiles::Forward> forwardsOf(const profiles::OpenSshOptions &options);

// True for the keywords above, in lower case.
bool concernsForwards(const QString &keyword);

// False if the line tells of a forward that cannot be made.
bool isHonoredForward(const profiles::OpenSshOptions::Line &line,
                      const profiles::OpenSshOptions &options);

} // namespace ssh
