// Prompt: a question that a connection has for its user, and the answer. Values that cross threads.
//
// A prompt waits as long as the user does, unless the connection ends: then it is withdrawn.

#pragma once

#include "base/SecretString.h"
#include "hostkeys/HostKeyVerdict.h"
#include "vault/SecretId.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <variant>

namespace ssh {

// The server's key is not known, or the server is known by keys of other types only.
struct HostKeyQuestion
{
    QString host; // as the user typed it
    quint16 port = 22;
    QString address; // the one that was connected to; empty if somebody on the way looked it up
    hostkeys::HostKey key;
    hostkeys::HostKeyVerdict verdict; // Unknown or OtherType, with the keys that are known
    QString knownAs = {}; // the name in known_hosts: "host", "[host]:2222", or an alias
};

// Password of RFC 4252 section 8.
struct PasswordQuestion
{
    QString user;
    QString host;
    int attempt = 1; // above 1: the one before was refused
};

// Passphrase of a private key on this computer: never seen by the server.
struct PassphraseQuestion
{
    QString keyFile;
    int attempt = 1;
};

// The server would take this key, but others may read or change its file, so that it is not used
// unless its mode is made 0600.
struct KeyModeQuestion
{
    QString keyFile;
    quint32 mode = 0; // permission bits
};

// Password of a proxy on the way (RFC 1929, RFC 7617): it is sent there without encryption.
struct ProxyPasswordQuestion
{
    QString user;
    QString proxy; // "host:port"
    int attempt = 1; // above 1: the one before was refused
};

// Questions that the server made up (RFC 4256). All texts are foreign: show them with
// base::displayText().
struct ChallengeQuestion
{
    struct Item
    {
        QString prompt;
        bool echo = false; // the answer may be shown while it is typed
    };

    QString user;
    QString host;
    QString name;
    QString instruction;
    QList<Item> items; // never empty
};

// A program on the server, or one that came through it, wants to log in somewhere with a key of the
// agent that was lent there. Comes while the connection is in use, and only where it is wanted.
struct AgentUseQuestion
{
    QString host; // as the user knows the server
    QString comment = {}; // of the key, if known; foreign, as the user
    QString fingerprint = {}; // "SHA256:..."
    QString user = {}; // who logs in, if the signature is for a login
};

struct Prompt
{
    using Id = quint64;
    using Question
        = std::variant<PasswordQuestion, PassphraseQuestion, ChallengeQuestion, HostKeyQuestion,
                       KeyModeQuestion, ProxyPasswordQuestion, AgentUseQuestion>;

    Id id = 0;
    Question question;
    QString jumpHost
        = {}; // on the way to the server, whose question it is; empty: the server's own
    // The stored secret that answers it, if one may; see secretFor().
    std::optional<vault::SecretId> secret = std::nullopt;
};

enum class HostKeyAnswer { AcceptOnce, AcceptAndSave };

enum class KeyModeAnswer { Mend };

enum class AgentUseAnswer { AllowOnce };

// One secret for a password or passphrase, as many as there are items for a challenge.
using SecretAnswers = QList<base::SecretString>;

struct Refusal // the user cancelled
{
};

using PromptAnswer
    = std::variant<Refusal, HostKeyAnswer, KeyModeAnswer, AgentUseAnswer, SecretAnswers>;

} // namespace ssh

Q_DECLARE_METATYPE(ssh::Prompt)
