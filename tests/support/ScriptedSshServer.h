// ScriptedSshServer: an SSH server whose login, words and misconduct a test decides, for what sshd
// cannot be made to do: keyboard-interactive, logins without a question, foreign and silent
// servers.
//
// Made with libssh's server side, one thread per connection. After login it takes session channels:
// `exec` runs "echo WORDS" only (127 for all else), a shell sends back what it gets.
//
// Seen with libssh 0.11.5 and the ssh of OpenSSH 10.0: every script of ScriptedSshServerTest.

#pragma once

#include "base/Result.h"
#include "tests/support/TestKeys.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace tests {

enum class LoginMethod { PublicKey, Password, KeyboardInteractive };

// One INFO_REQUEST (RFC 4256, 3.2). All texts are sent as they are, escape sequences included.
struct ChallengeRound
{
    struct Question
    {
        QByteArray prompt;
        bool echo = false;
        QByteArray answer; // the right one
    };

    QByteArray name = {};
    QByteArray instruction = {};
    QList<Question> questions = {}; // none is allowed: the client answers with nothing
};

// Methods of which one must succeed before the next stage.
using LoginStage = QList<LoginMethod>;

struct SshScript
{
    // What happens to a connection before SSH begins.
    enum class Opening { Ssh, CloseAtOnce, Silence, ForeignBanner, EndlessLines };

    // What a login meets that no honest server does.
    enum class Misconduct {
        None,
        EndlessBanners, // instead of the first answer
        EndlessRounds, // the last of `rounds` again and again, whatever is answered
        SuccessForKeyQuestion, // USERAUTH_SUCCESS to "would this key do?"
        PartialForKeyQuestion, // the next stage there, as if the key had signed
        SuccessWhileAsking, // USERAUTH_SUCCESS right behind a round of questions
        DisconnectWhileAsking, // SSH_MSG_DISCONNECT there
        CloseWhileAsking, // the socket, without a word
    };

    Opening opening = Opening::Ssh;
    Misconduct misconduct = Misconduct::None;
    QByteArray foreignBanner = "HTTP/1.1 400 Bad Request\r\n\r\n";

    QList<LoginStage> stages = {}; // more than one: partial success; none: granted without asking
    QByteArray password = "secret";
    QByteArray acceptedKey = {}; // a public key's blob; empty: every key is right
    QList<ChallengeRound> rounds = {};
    QByteArray banner = {}; // SSH_MSG_USERAUTH_BANNER before the first answer
    std::optional<QByteArray> disconnectText = {}; // the answer to the first login request
};

class ScriptedSshServer final
{
public:
    explicit ScriptedSshServer(SshScript script);
    ~ScriptedSshServer(); // ends its connections and waits for its threads
    Q_DISABLE_COPY_MOVE(ScriptedSshServer)

    // Listens on a free port of 127.0.0.1, with a new Ed25519 host key.
    [[nodiscard]] base::Result<void> start();

    quint16 port() const;
    KeyPair hostKey() const { return m_hostKey; }

    // What clients have asked for so far, in order: "none", "publickey?" (would this key do?),
    // "publickey", "password", "keyboard-interactive".
    QByteArrayList attempts() const;

private:
    class Listener;

    SshScript m_script;
    QTemporaryDir m_directory;
    KeyPair m_hostKey;
    std::unique_ptr<Listener> m_listener;
};

} // namespace tests
