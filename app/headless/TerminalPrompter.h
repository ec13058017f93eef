// TerminalPrompter: answers the questions of a connection on the terminal, or through the program
// in SSH_ASKPASS, as ssh(1) does.

#pragma once

#include "app/headless/QuestionText.h"
#include "ssh/Prompt.h"

#include <QObject>

#include <memory>

namespace app {

class AnswerSource;

// Used by VerbSession. Never blocks: a connection that ends takes its question back.
class TerminalPrompter final : public QObject
{
    Q_OBJECT

public:
    TerminalPrompter();
    ~TerminalPrompter() override; // the terminal is as it was

    void ask(const ssh::Prompt &prompt);
    void withdraw(ssh::Prompt::Id prompt);

signals:
    void answered(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer);
    void failed(const QString &sentence); // why nothing could be asked; a refusal is answered

private:
    void askNext();
    void handleAnswer(const base::SecretString &answer);
    void handleHostKeyAnswer(const ssh::HostKeyQuestion &question,
                             const base::SecretString &answer);
    void handleKeyModeAnswer(const base::SecretString &answer);
    void refuse();
    void finish(const ssh::PromptAnswer &answer);

    ssh::Prompt m_prompt;
    QList<Question> m_questions; // still to be asked; empty if there is no prompt
    ssh::SecretAnswers m_answers;
    std::unique_ptr<AnswerSource> m_source; // that is being waited for
};

} // namespace app
