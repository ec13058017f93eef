// TestAgent: a real ssh-agent with its own socket, which ends with this object. Never the user's.

#pragma once

#include "base/Result.h"
#include "tests/support/TestKeys.h"

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace tests {

class TestAgent final
{
public:
    TestAgent();
    ~TestAgent();
    Q_DISABLE_COPY_MOVE(TestAgent)

    // Returns when the agent answers.
    [[nodiscard]] base::Result<void> start();

    // Ends the agent; the socket's file may stay, as after a crash.
    void stop();

    // What SSH_AUTH_SOCK would say. Valid before start() too: nothing listens there then.
    QString socketPath() const;

    // Adds a key without passphrase, and its certificate if there is one beside it.
    // `moreArguments` are for ssh-add, for example {"-c"}.
    [[nodiscard]] base::Result<void> add(const KeyPair &pair,
                                         const QStringList &moreArguments = {});

    // The public lines that it holds, as `ssh-add -L` prints them.
    QByteArray list() const;

private:
    QTemporaryDir m_directory;
    std::unique_ptr<QProcess> m_process;
};

} // namespace tests
