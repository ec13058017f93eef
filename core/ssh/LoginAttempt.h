// LoginAttempt: one way to prove who the user is, tried once or as often as the user cares to
// answer.
//
// AuthenticationFlow holds them in their order. Each is a small state machine over a libssh call
// that answers SSH_AUTH_AGAIN until the server has: step() is called on every turn of the
// connection.

#pragma once

#include "ssh/ConnectionSettings.h"
#include "ssh/Prompt.h"

#include <QString>

#include <libssh/libssh.h>

namespace ssh {

class LoginAttempt
{
public:
    enum class Outcome {
        Pending, // wait for the server, or for the answer to the question
        Question, // question() holds one, once
        Succeeded,
        Partial, // accepted, and the server wants a further method (RFC 4252 section 5.1)
        Denied,
        GivenUp, // the user cancelled
        Broken, // the connection is not usable any more
    };

    virtual ~LoginAttempt() = default;

    // The RFC 4252 name: "publickey", "password", "keyboard-interactive".
    virtual QString method() const = 0;

    // For people, as part of a list of what was tried: "key /home/me/.ssh/id_ed25519".
    virtual QString description() const = 0;

    // Why it was denied, if we know more than the server said; else empty.
    virtual QString remark() const { return {}; }

    virtual Outcome step(ssh_session session) = 0;

    // True once after somebody else than the server took his time inside step(), so that the
    // server's time starts anew.
    virtual bool takeProgress() { return false; }

    // True if it asks the user for nothing that is sent to the server, so that a remark means that
    // the server has not seen it.
    virtual bool isSilent() const { return true; }

    // True if the user may be asked before the server has seen anything of it.
    virtual bool mayAsk() const { return false; }

    // If it succeeded, in part or in whole: did it prove anything, or did the server not want to
    // know?
    virtual bool isProof() const { return true; }

    virtual Prompt::Question question() const = 0;
    virtual void answer(const PromptAnswer &answer) = 0;

    // What a further connection needs to log in the same way without asking.
    virtual void remember(LoginMemory &memory) const = 0;

protected:
    LoginAttempt() = default;
    Q_DISABLE_COPY_MOVE(LoginAttempt)

    static Outcome outcomeOf(int userauthResult);
};

} // namespace ssh
