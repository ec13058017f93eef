// Which attempts to log in there are, in the order of ConnectionSettings::loginOrder. Used by
// AuthenticationFlow.

#pragma once

#include "ssh/AgentKeyLogin.h"

#include <QByteArray>
#include <QList>

#include <deque>
#include <memory>

namespace ssh {

struct PlannedLogin
{
    std::unique_ptr<LoginAttempt> attempt;
    // What is offered, if it is a key and can be read without a passphrase: a key that the server
    // refused is not offered again from another source.
    QByteArray publicKey = {};
};

// A key file whose key the agent holds is tried with the agent first: it needs no passphrase there,
// and a server that ends the connection after a few keys sees it before the agent's others.
// `memory` and what `agent` refers to outlive the plan.
std::deque<PlannedLogin> planLogin(const ConnectionSettings &settings, const LoginMemory &memory,
                                   const QList<keys::AgentIdentity> &identities,
                                   const AgentAccess &agent);

} // namespace ssh
