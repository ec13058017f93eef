// KeysInstallVerb: `ponto keys install TARGET [-i FILE]`: a public key into the authorized_keys of
// a server, and the proof that it logs in.

#pragma once

#include "app/headless/TerminalPrompter.h"
#include "app/headless/Verb.h"
#include "app/headless/VerbSession.h"
#include "keyinstall/KeyInstallation.h"
#include "keys/AgentClient.h"
#include "keys/AgentLocation.h"

#include <memory>

namespace app {

class KeysInstallVerb final : public Verb
{
    Q_OBJECT

public:
    // `key` is a private key, or its .pub, or the comment or fingerprint of a key in the agent;
    // empty: the best of the user's default keys, else the only one in the agent.
    KeysInstallVerb(ssh::ConnectionSettings settings, const QString &key);

    void start() override;
    void useStoredSecrets(vault::Vault &vault) override { m_session.useStoredSecrets(vault); }
    void interrupt(int signal) override;

private:
    void askNextAgent();
    bool takeFrom(const QString &socketPath, const QList<keys::AgentIdentity> &identities);
    void handleNoAgentKey();
    void install();
    void handleReport(const base::Result<keyinstall::Report> &result);
    void finish(int exitStatus);

    void fail(const QString &sentence);

    QString m_name; // as the user gave it; empty: nothing was given
    QString m_file; // of the private key; empty: none is known
    QList<keys::AgentLocation> m_agents; // still to be asked
    std::unique_ptr<keys::AgentClient> m_agent;
    qsizetype m_candidates = 0; // keys in agents, of which none was named
    keyinstall::KeyToInstall m_key;
    VerbSession m_session;
    TerminalPrompter m_prompter; // for the proof
    std::unique_ptr<keyinstall::KeyInstallation> m_installation;
    bool m_isOver = false;
};

} // namespace app
