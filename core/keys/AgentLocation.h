// AgentLocation: where an ssh-agent may listen, and why we look there.

#pragma once

#include <QList>
#include <QProcessEnvironment>
#include <QString>

namespace keys {

struct AgentLocation
{
    QString socketPath;
    QString origin; // for people: "SSH_AUTH_SOCK", "IdentityAgent", "usual place"

    friend bool operator==(const AgentLocation &, const AgentLocation &) = default;
};

// The places to ask, in this order, until one has keys.
//
// `identityAgent` is as in ssh_config(5): "none" turns the agent off, "SSH_AUTH_SOCK" and "$NAME"
// name a variable of `environment`, anything else is a path, in which "~/", "${NAME}" and the
// tokens %d, %i, %u and %% are replaced. If it is empty, SSH_AUTH_SOCK decides. Where that is not
// set, as when a desktop starts a program without it, these are the sockets that exist, belong to
// the user and are known to be agents: of GNOME, systemd, KeePassXC's and Debian's ssh-agent,
// 1Password and GnuPG.
QList<AgentLocation> agentLocations(const QString &identityAgent,
                                    const QProcessEnvironment &environment);

} // namespace keys
