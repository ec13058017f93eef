// KeyInstallation: puts a public key on a server so that it logs in, and proves that it does. Used
// by the Keys window and by the verb `keys install`.
//
// The key goes into ~/.ssh/authorized_keys through the connection that there is. The proof is a
// second connection to the same server, by the same route, that has this key and no other way in.

#pragma once

#include "sftp/Client.h"
#include "ssh/Connection.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace keyinstall {

struct KeyToInstall
{
    QByteArray publicLine; // "ssh-ed25519 AAAA... comment", without a line break
    QByteArray blob; // the key in it
    QString privateFile; // for the proof; empty: there is none
    QString agentSocket = {}; // of an agent that has the key, for the proof without a file
};

struct Report
{
    bool wasThere = false; // nothing had to be added
    bool isProven = false; // the server has accepted the key
    QStringList alsoAsked = {}; // what it wants besides, by the names of RFC 4252
    std::optional<base::Error> proofError; // why not, if it was tried

    friend bool operator==(const Report &, const Report &) = default;
};

class KeyInstallation final : public QObject
{
    Q_OBJECT

public:
    enum class Step { Installing, Proving };
    Q_ENUM(Step)

    // `connection` is Ready, borrowed, and needed until Proving begins.
    KeyInstallation(ssh::Connection &connection, KeyToInstall key, QObject *parent = nullptr);
    ~KeyInstallation() override;

    void start();
    void cancel(); // finished() follows with Cancelled; what was written stays

    // The questions that the proof has: passphrase and mode of the key.
    void answer(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer);

signals:
    void progressed(keyinstall::KeyInstallation::Step step);
    void promptRaised(const ssh::Prompt &prompt);
    void promptWithdrawn(ssh::Prompt::Id prompt);
    void agentWaitChanged(const std::optional<ssh::AgentWait> &wait); // in the proof

    // Once. An error: the key was not installed. What a proof that failed means is in the report.
    void finished(const base::Result<keyinstall::Report> &report);

private:
    void install();
    void handleInstalled(const base::Result<bool> &wasThere);
    void prove();
    void handlePrompt(const ssh::Prompt &prompt);
    void handleProofReady();
    void handleProofClosed(const base::Error &error);
    void failProof(const base::Error &error);
    void finish(const base::Result<Report> &report);

    ssh::Connection &m_connection; // not used after the key is there
    ssh::ConnectionSettings m_settings;
    std::optional<hostkeys::HostKey> m_hostKey; // that the first connection has verified
    KeyToInstall m_key;
    Report m_report;
    std::unique_ptr<sftp::Client> m_files;
    std::unique_ptr<ssh::Connection> m_proof;
    bool m_hasEnded = false;
};

} // namespace keyinstall
