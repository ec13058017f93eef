// ansibleInventory(): servers as an inventory for Ansible, for those who have outgrown one command
// at a time: groups, users, ports, keys, jump hosts.

#pragma once

#include "commands/FleetHosts.h"

#include <QByteArray>

namespace commands {

// YAML for Ansible's inventory plugin of that name. Names of hosts and groups lose what Ansible
// does not take. What OpenSSH, which Ansible uses, cannot do stands in comments at the top.
QByteArray ansibleInventory(const QList<FleetHost> &hosts, const profiles::ProfileStore &store);

} // namespace commands
