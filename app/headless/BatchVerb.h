// BatchVerb: `ponto exec` on several hosts. Their questions are asked one after another; what came
// of each is printed when it is done.

#pragma once

#include "app/headless/OutcomeWriter.h"
#include "app/headless/TerminalPrompter.h"
#include "app/headless/Verb.h"
#include "commands/CommandBatch.h"
#include "ssh/PromptQueue.h"

#include <QStringList>

namespace app {

class BatchVerb final : public Verb
{
    Q_OBJECT

public:
    BatchVerb(commands::BatchOrder order, commands::CommandBatch::Resolve resolve,
              commands::OutcomeFormat format);

    void start() override;
    void useStoredSecrets(vault::Vault &vault) override { m_prompter.useStoredSecrets(vault); }

    // The first one ends all commands and still prints what they have said.
    void interrupt(int signal) override;

private:
    void follow(commands::CommandBatch::Index host, ssh::Connection &connection);
    void handleOutcome(commands::CommandBatch::Index host, commands::HostOutcome &outcome);
    QString sentenceOf(const commands::HostOutcome &outcome) const;
    void finishWhenWritten();
    void finish(int exitStatus);

    commands::CommandBatch m_batch;
    ssh::PromptQueue m_prompts;
    TerminalPrompter m_prompter;
    OutcomeWriter m_writer;
    QStringList m_failed; // hosts
    int m_signal = 0; // that has interrupted it
    bool m_isDone = false; // all hosts are
    bool m_isOver = false;
};

} // namespace app
