// What changes the keys of an ssh-agent: adding and removing (draft-ietf-sshm-ssh-agent sections
// 3.2 and 3.3). AgentClient asks what is there.
//
// These wait for the agent, for a thread that may. A private key goes from its SecretString into
// the socket, and no copy of it stays behind in a buffer of Qt's.

#pragma once

#include "keys/PrivateKey.h"

#include <QString>

#include <chrono>
#include <optional>

namespace keys {

struct AgentAddition
{
    PrivateKey key;
    QByteArray certificateBlob = {}; // added instead of the plain key; empty: the plain key
    std::optional<std::chrono::seconds> lifetime = {}; // then the agent forgets it
    bool needsConfirmation = false; // the agent asks the user at each use
};

// Kinds of error: Unreachable or what errno says, TimedOut, ProtocolViolation, and PermissionDenied
// if the agent refuses.
base::Result<void> addToAgent(const QString &socketPath, const AgentAddition &addition,
                              std::chrono::milliseconds timeLimit);

// `blob` is the key or certificate as the agent lists it.
base::Result<void> removeFromAgent(const QString &socketPath, QByteArrayView blob,
                                   std::chrono::milliseconds timeLimit);

} // namespace keys
