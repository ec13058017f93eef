// Which stored secret answers a question of a connection. For those who show the questions; the
// connection itself knows nothing of stored secrets.

#pragma once

#include "ssh/ConnectionSettings.h"
#include "ssh/Prompt.h"
#include "vault/SecretId.h"

#include <QList>

#include <optional>

namespace ssh {

struct ConnectionInfo;

// Absent for questions about host keys, and for those that a server made up: their answers may be
// good for once only, and a stored password must not go to whoever asks in other words. Absent,
// too, for what a jump host asks.
std::optional<vault::SecretId> secretFor(const Prompt &prompt, const ConnectionSettings &settings);

// What a login with these settings may ask for: the password, and the passphrases of its key files.
QList<vault::SecretId> secretsOf(const ConnectionSettings &settings);

// Whether the server has let this connection in with that secret, or the key was unlocked by it.
bool hasAccepted(const ConnectionInfo &info, const vault::SecretId &secret);

} // namespace ssh
