#include "app/headless/PromptQueue.h"

#include "app/headless/Report.h"

#include <algorithm>

namespace app {

PromptQueue::PromptQueue()
{
    connect(&m_prompter, &TerminalPrompter::failed, this,
            [](const QString &sentence) { report(sentence); });
    connect(&m_prompter, &TerminalPrompter::answered, this, &PromptQueue::handleAnswer);
}

void PromptQueue::useStoredSecrets(vault::Vault &vault)
{
    m_prompter.useStoredSecrets(vault);
}

void PromptQueue::follow(ssh::Connection &connection)
{
    ssh::Connection *followed = &connection;
    connect(followed, &ssh::Connection::promptRaised, this,
            [this, followed](const ssh::Prompt &prompt) { add(*followed, prompt); });
    connect(followed, &ssh::Connection::promptWithdrawn, this,
            [this, followed](ssh::Prompt::Id prompt) { withdraw(followed, prompt); });
    connect(followed, &QObject::destroyed, this,
            [this, followed] { withdraw(followed, std::nullopt); });
}

void PromptQueue::add(ssh::Connection &connection, const ssh::Prompt &prompt)
{
    m_entries.push_back({&connection, prompt, ++m_lastId});
    askNextLater();
}

// All of the connection's without a prompt: then it may be half destroyed already.
void PromptQueue::withdraw(const ssh::Connection *connection, std::optional<ssh::Prompt::Id> prompt)
{
    const auto isMeant = [&](const Entry &entry) {
        const bool isOf = entry.connection == nullptr || entry.connection == connection;
        return isOf && (!prompt || entry.prompt.id == *prompt);
    };
    if (m_isAsking && isMeant(m_entries.front())) {
        m_isAsking = false;
        m_prompter.withdraw(m_entries.front().id);
    }
    std::erase_if(m_entries, isMeant);
    askNextLater();
}

void PromptQueue::handleAnswer(ssh::Prompt::Id id, const ssh::PromptAnswer &answer)
{
    if (!m_isAsking || m_entries.front().id != id) {
        return;
    }
    m_isAsking = false;
    const Entry answered = m_entries.front();
    m_entries.pop_front();
    if (answered.connection) {
        answered.connection->answer(answered.prompt.id, answer);
    }
    askNextLater();
}

// The prompter may still be in the middle of the question before.
void PromptQueue::askNextLater()
{
    QMetaObject::invokeMethod(this, &PromptQueue::askNext, Qt::QueuedConnection);
}

void PromptQueue::askNext()
{
    if (m_isAsking || m_entries.empty()) {
        return;
    }
    m_isAsking = true;
    ssh::Prompt prompt = m_entries.front().prompt;
    prompt.id = m_entries.front().id;
    m_prompter.ask(prompt);
}

} // namespace app
