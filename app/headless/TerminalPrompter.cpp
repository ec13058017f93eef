#include "app/headless/TerminalPrompter.h"

#include "app/headless/AnswerSource.h"
#include "app/headless/AskpassProgram.h"
#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "ssh/PromptSecret.h"
#include "ui/errors/SecretText.h"
#include "vault/LoginSecrets.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

TerminalPrompter::TerminalPrompter() = default;
TerminalPrompter::~TerminalPrompter() = default;

void TerminalPrompter::ask(const ssh::Prompt &prompt)
{
    m_prompt = prompt;
    m_questions = questionsOf(prompt);
    m_answers.clear();
    if (!answerAgain(prompt) && !recall(prompt)) {
        askNext();
    }
}

// A key that opens several servers of a chain is unlocked for each, with the same passphrase. False
// if nobody has typed it, or it was wrong.
bool TerminalPrompter::answerAgain(const ssh::Prompt &prompt)
{
    if (!prompt.secret || ssh::isAskedAgain(prompt.question)) {
        return false;
    }
    const auto typed
        = std::ranges::find(m_typed, *prompt.secret, &decltype(m_typed)::value_type::first);
    if (typed == m_typed.end()) {
        return false;
    }
    finish(ssh::SecretAnswers{typed->second});
    return true;
}

void TerminalPrompter::keep(const ssh::SecretAnswers &answers)
{
    if (!m_prompt.secret || answers.size() != 1 || answers.first().isEmpty()) {
        return;
    }
    const auto isSame = [this](const auto &typed) { return typed.first == *m_prompt.secret; };
    std::erase_if(m_typed, isSame);
    m_typed.emplace_back(*m_prompt.secret, answers.first());
}

void TerminalPrompter::useStoredSecrets(vault::Vault &vault)
{
    m_secrets = std::make_unique<vault::LoginSecrets>(vault);
}

// False if no stored secret can answer that question. The store itself limits the wait.
bool TerminalPrompter::recall(const ssh::Prompt &prompt)
{
    const auto &id = prompt.secret;
    if (!id || !m_secrets) {
        return false;
    }
    if (!ssh::isAskedAgain(prompt.question)) {
        m_secrets->beginQuestion(*id);
    }
    if (m_secrets->wasRefused(*id)) {
        emit failed(
            u"What is stored for %1 was not accepted."_s.arg(base::displayText(id->title())));
        return false;
    }
    m_secrets->recall(*id).then(
        this, [this, promptId = prompt.id](const base::Result<base::SecretString> &secret) {
            if (m_prompt.id == promptId && !m_questions.isEmpty()) { // else it was withdrawn
                handleRecalled(secret);
            }
        });
    return true;
}

void TerminalPrompter::handleRecalled(const base::Result<base::SecretString> &secret)
{
    if (secret) {
        finish(ssh::SecretAnswers{*secret});
        return;
    }
    if (secret.error().kind != base::ErrorKind::NotFound) {
        emit failed(ui::secretProblemText(m_secrets->vault().place(), secret.error()));
    }
    askNext();
}

void TerminalPrompter::withdraw(ssh::Prompt::Id prompt)
{
    if (m_prompt.id == prompt) {
        m_questions.clear();
        m_source.reset();
    }
}

void TerminalPrompter::askNext()
{
    m_source = AnswerSource::choose();
    if (!m_source) {
        emit failed(u"There is a question to answer, but no terminal, and no program in "
                    "SSH_ASKPASS that may ask."_s);
        refuse();
        return;
    }
    // Queued, because what they do destroys the source; by then the prompt may have been withdrawn.
    const auto ifCurrent = [this, id = m_prompt.id](auto act) {
        if (m_prompt.id == id && !m_questions.isEmpty()) {
            act();
        }
    };
    connect(
        m_source.get(), &AnswerSource::answered, this,
        [this, ifCurrent](const base::SecretString &answer) {
            ifCurrent([&] { handleAnswer(answer); });
        },
        Qt::QueuedConnection);
    connect(
        m_source.get(), &AnswerSource::refused, this,
        [this, ifCurrent] { ifCurrent([&] { refuse(); }); }, Qt::QueuedConnection);
    m_source->ask(m_questions.first());
}

void TerminalPrompter::handleAnswer(const base::SecretString &answer)
{
    if (const auto *question = std::get_if<ssh::HostKeyQuestion>(&m_prompt.question)) {
        handleHostKeyAnswer(*question, answer);
        return;
    }
    if (std::holds_alternative<ssh::KeyModeQuestion>(m_prompt.question)) {
        handleKeyModeAnswer(answer);
        return;
    }
    if (std::holds_alternative<ssh::AgentUseQuestion>(m_prompt.question)) {
        handleAgentUseAnswer(answer);
        return;
    }
    m_answers.append(answer);
    m_questions.removeFirst();
    if (m_questions.isEmpty()) {
        keep(m_answers);
        finish(std::exchange(m_answers, {}));
    } else {
        askNext();
    }
}

// A fingerprint that matches says yes. Anything that is neither that nor yes or no is asked again.
void TerminalPrompter::handleHostKeyAnswer(const ssh::HostKeyQuestion &question,
                                           const base::SecretString &answer)
{
    const QString typed = QString::fromUtf8(answer.utf8()).trimmed();
    const bool isYes = typed.compare(u"yes", Qt::CaseInsensitive) == 0;
    const bool isNo = typed.compare(u"no", Qt::CaseInsensitive) == 0;
    using Comparison = hostkeys::Fingerprint::Comparison;
    const Comparison comparison = hostkeys::Fingerprint(question.key).compare(typed);
    if (isYes || comparison == Comparison::Matches) {
        finish(ssh::HostKeyAnswer::AcceptAndSave);
    } else if (isNo || comparison == Comparison::Differs
               || qobject_cast<AskpassProgram *>(m_source.get()) != nullptr) {
        emit failed(u"The host key was not accepted."_s);
        refuse();
    } else {
        m_questions
            = {{Question::Kind::Confirmation, u"Please type yes, no or the whole fingerprint: "_s}};
        askNext();
    }
}

// Anything but yes is a no: the key is left as it is, and not used.
void TerminalPrompter::handleKeyModeAnswer(const base::SecretString &answer)
{
    const QString typed = QString::fromUtf8(answer.utf8()).trimmed();
    if (typed.compare(u"yes", Qt::CaseInsensitive) == 0) {
        finish(ssh::KeyModeAnswer::Mend);
    } else {
        refuse();
    }
}

void TerminalPrompter::handleAgentUseAnswer(const base::SecretString &answer)
{
    const QString typed = QString::fromUtf8(answer.utf8()).trimmed();
    if (typed.compare(u"yes", Qt::CaseInsensitive) == 0) {
        finish(ssh::AgentUseAnswer::AllowOnce);
    } else {
        refuse();
    }
}

void TerminalPrompter::refuse()
{
    finish(ssh::Refusal());
}

void TerminalPrompter::finish(const ssh::PromptAnswer &answer)
{
    m_questions.clear();
    m_source.reset();
    emit answered(m_prompt.id, answer);
}

} // namespace app
