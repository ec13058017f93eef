// What KeychainStore and the process that asks the keyring for it (KeyringAccess) say to each
// other: one request and one answer, each up to the end of its direction of a socket.

#pragma once

#include "base/SecretString.h"
#include "vault/SecretBytes.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace vault {

constexpr qsizetype largestKeyringMessage = 65536; // bytes

enum class KeyringAction : quint8 { Fetch = 1, Store, Forget };

struct KeyringRequest
{
    KeyringAction action = KeyringAction::Fetch;
    QString label; // of the entry
    base::SecretString secret; // of Store only
};

enum class KeyringStatus : quint8 {
    Done = 1,
    NoEntry,
    Denied, // by the user, or because the keyring stays locked
    NoKeyring, // nothing on this computer keeps secrets
    Failed,
};

struct KeyringAnswer
{
    KeyringStatus status = KeyringStatus::Failed;
    base::SecretString secret; // of Fetch only
    QString detail; // the keyring's own words, if it failed
};

// The first part of a message; the secret follows as it is, to the end, and is not copied.
QByteArray headOf(const KeyringRequest &request);
QByteArray headOf(const KeyringAnswer &answer);

// Absent if the bytes are none: the other process has died.
std::optional<KeyringRequest> requestFrom(QByteArrayView bytes);
std::optional<KeyringAnswer> answerFrom(QByteArrayView bytes);

// Writes both parts, at most largestKeyringMessage together, and ends this direction. False with
// errno set if that fails. Does not wait: the socket's buffer takes it whole.
bool sendMessage(int socket, QByteArrayView head, const base::SecretString &secret);

// One read() into the buffer, from `filled` on, as read(2) reports it.
qsizetype readSome(int socket, SecretBytes &buffer, qsizetype filled);

} // namespace vault
