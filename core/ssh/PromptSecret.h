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

// Of a question that the connection with these settings has. Absent for questions about host keys,
// and for those that a server made up: their answers may be good for once only, and a stored
// password must not go to whoever asks in other words.
std::optional<vault::SecretId> secretFor(const Prompt::Question &question,
                                         const ConnectionSettings &settings);

// Is it asked because the answer before was refused?
bool isAskedAgain(const Prompt::Question &question);

// What a login with these settings may ask for: the password, the passphrases of its key files, and
// the same of all that its route leads through.
QList<vault::SecretId> secretsOf(const ConnectionSettings &settings);

// Whether the connection with these settings was let in with that secret, by its server or its
// proxy, or a key was unlocked by it.
bool hasAccepted(const ConnectionSettings &settings, const ConnectionInfo &info,
                 const vault::SecretId &secret);

} // namespace ssh
