// TerminalPrompter: answers the questions of a connection on the terminal, or through the program
// in SSH_ASKPASS, as ssh(1) does; passwords that are stored answer in silence, and what was typed
// once for a key answers for it on the next server.

#pragma once

#include "app/headless/QuestionText.h"
#include "base/Result.h"
#include "ssh/Prompt.h"

#include <QObject>

#include <memory>
#include <utility>
#include <vector>

namespace vault {
class LoginSecrets;
class Vault;
} // namespace vault

namespace app {

class AnswerSource;

// Used by VerbSession. Never blocks: a connection that ends takes its question back.
class TerminalPrompter final : public QObject
{
    Q_OBJECT

public:
    TerminalPrompter();
    ~TerminalPrompter() override; // the terminal is as it was

    // What is stored is tried before anybody is asked. Borrowed.
    void useStoredSecrets(vault::Vault &vault);

    void ask(const ssh::Prompt &prompt);
    void withdraw(ssh::Prompt::Id prompt);

signals:
    void answered(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer);
    void failed(const QString &sentence); // why nothing could be asked; a refusal is answered

private:
    bool answerAgain(const ssh::Prompt &prompt);
    void keep(const ssh::SecretAnswers &answers);
    bool recall(const ssh::Prompt &prompt);
    void handleRecalled(const base::Result<base::SecretString> &secret);
    void askNext();
    void handleAnswer(const base::SecretString &answer);
    void handleHostKeyAnswer(const ssh::HostKeyQuestion &question,
                             const base::SecretString &answer);
    void handleKeyModeAnswer(const base::SecretString &answer);
    void handleAgentUseAnswer(const base::SecretString &answer);
    void refuse();
    void finish(const ssh::PromptAnswer &answer);

    std::unique_ptr<vault::LoginSecrets> m_secrets; // null: nothing is stored
    ssh::Prompt m_prompt;
    QList<Question> m_questions; // still to be asked; empty if there is no prompt
    ssh::SecretAnswers m_answers;
    std::unique_ptr<AnswerSource> m_source; // that is being waited for
    std::vector<std::pair<vault::SecretId, base::SecretString>> m_typed; // in this run
};

} // namespace app
