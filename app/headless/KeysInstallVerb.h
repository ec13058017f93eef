// KeysInstallVerb: `ponto keys install TARGET [-i FILE]`: a public key into the authorized_keys of
// a server, and the proof that it logs in.

#pragma once

#include "app/headless/TerminalPrompter.h"
#include "app/headless/Verb.h"
#include "app/headless/VerbSession.h"
#include "keyinstall/KeyInstallation.h"

#include <memory>

namespace app {

class KeysInstallVerb final : public Verb
{
    Q_OBJECT

public:
    // `file` is a private key, or its .pub; empty: the best of the user's default keys.
    KeysInstallVerb(ssh::ConnectionSettings settings, const QString &file);

    void start() override;
    void useStoredSecrets(vault::Vault &vault) override { m_session.useStoredSecrets(vault); }
    void interrupt(int signal) override;

private:
    void install();
    void handleReport(const base::Result<keyinstall::Report> &result);
    void finish(int exitStatus);

    QString m_file;
    keyinstall::KeyToInstall m_key;
    VerbSession m_session;
    TerminalPrompter m_prompter; // for the proof
    std::unique_ptr<keyinstall::KeyInstallation> m_installation;
    bool m_isOver = false;
};

} // namespace app
