// ExecVerb: `ponto exec TARGET -- COMMAND`. The command's streams become ours, its exit status too.
//
// Standard input is passed on unless it is a terminal: the command then sees its end at once. That
// is different where the command gets a terminal on the server too (ConnectionSettings): ours
// becomes it.

#pragma once

#include "app/headless/LocalInput.h"
#include "app/headless/LocalOutput.h"
#include "app/headless/LocalTerminal.h"
#include "app/headless/Verb.h"
#include "app/headless/VerbSession.h"
#include "ssh/ExecProcess.h"

#include <memory>
#include <optional>

namespace app {

class ExecVerb final : public Verb
{
    Q_OBJECT

public:
    ExecVerb(ssh::ConnectionSettings settings, QByteArray command);

    void start() override;
    void useStoredSecrets(vault::Vault &vault) override { m_session.useStoredSecrets(vault); }

    // The first SIGINT goes to the command, which decides; everything else ends the connection.
    void interrupt(int signal) override;
    void handleResize() override;

private:
    void run();
    bool wantsTerminal() const;
    void startInput();
    void pushInput();
    void handleOutput(const QByteArray &data, ssh::OutputStream stream);
    void handleOutputFailure(const base::Error &error);
    void handleEnd(const base::Result<ssh::ExitStatus> &end);
    void finishWhenWritten(int exitStatus);
    void finish(int exitStatus);

    QByteArray m_command;
    std::optional<LocalTerminal> m_terminal; // while the command has it
    VerbSession m_session;
    LocalInput m_input;
    LocalOutput m_output;
    LocalOutput m_errors;
    QByteArray m_pendingInput; // read, and not yet accepted by the process
    bool m_isInputOver = false;
    bool m_isInterrupted = false;
    bool m_isOver = false;
    std::optional<int> m_exitStatus; // known, while output is still to be written
    std::unique_ptr<ssh::ExecProcess> m_process;
};

} // namespace app
