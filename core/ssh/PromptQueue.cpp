#include "ssh/PromptQueue.h"

#include "ssh/PromptSecret.h"

#include <algorithm>

namespace ssh {

PromptQueue::PromptQueue(QObject *parent)
    : QObject(parent)
{
}

void PromptQueue::follow(Connection &connection)
{
    Connection *followed = &connection;
    connect(followed, &Connection::promptRaised, this,
            [this, followed](const Prompt &prompt) { add(*followed, prompt); });
    connect(followed, &Connection::promptWithdrawn, this,
            [this, followed](Prompt::Id prompt) { withdraw(followed, prompt); });
    connect(followed, &QObject::destroyed, this,
            [this, followed] { withdraw(followed, std::nullopt); });
}

void PromptQueue::add(Connection &connection, const Prompt &prompt)
{
    m_entries.push_back({&connection, prompt, ++m_lastId});
    emit changed();
    askNextLater();
}

// All of the connection's without a prompt: then it may be half destroyed already.
void PromptQueue::withdraw(const Connection *connection, std::optional<Prompt::Id> prompt)
{
    const auto isMeant = [&](const Entry &entry) {
        const bool isOf = entry.connection == nullptr || entry.connection == connection;
        return isOf && (!prompt || entry.prompt.id == *prompt);
    };
    const bool wasAsked = m_isAsking && isMeant(m_entries.front());
    const Prompt::Id asked = wasAsked ? m_entries.front().id : 0;
    m_isAsking = m_isAsking && !wasAsked;
    if (std::erase_if(m_entries, isMeant) == 0) {
        return;
    }
    if (wasAsked) {
        emit withdrawn(asked);
    }
    emit changed();
    askNextLater();
}

void PromptQueue::answer(Prompt::Id id, const PromptAnswer &answer)
{
    if (!m_isAsking || m_entries.front().id != id) {
        return;
    }
    m_isAsking = false;
    const Entry answered = m_entries.front();
    m_entries.pop_front();
    keep(answered.prompt, answer);
    if (answered.connection) {
        answered.connection->answer(answered.prompt.id, answer);
    }
    emit changed();
    askNextLater();
}

// Whoever asks may still be in the middle of the question before.
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
    if (answerAgain()) {
        return;
    }
    Prompt prompt = m_entries.front().prompt;
    prompt.id = m_entries.front().id;
    emit asked(prompt);
}

// What answers it answers another question too, if that is the same; empty if it answers no other.
QString PromptQueue::keyOf(const Prompt &prompt) const
{
    const auto *password = std::get_if<PasswordQuestion>(&prompt.question);
    if (password != nullptr && m_passwords == Passwords::SharedByUser
        && prompt.jumpHost.isEmpty()) {
        return QStringLiteral("user ") + password->user;
    }
    return prompt.secret ? QStringLiteral("secret ") + prompt.secret->title() : QString();
}

// What was refused once is not tried again: the user is asked.
bool PromptQueue::answerAgain()
{
    const Entry &entry = m_entries.front();
    const QString key = keyOf(entry.prompt);
    const auto typed = std::ranges::find(m_typed, key, &decltype(m_typed)::value_type::first);
    if (key.isEmpty() || typed == m_typed.end() || isAskedAgain(entry.prompt.question)) {
        return false;
    }
    answer(entry.id, SecretAnswers{typed->second});
    return true;
}

void PromptQueue::keep(const Prompt &prompt, const PromptAnswer &answer)
{
    const QString key = keyOf(prompt);
    const auto *secrets = std::get_if<SecretAnswers>(&answer);
    if (key.isEmpty() || secrets == nullptr || secrets->size() != 1 || secrets->first().isEmpty()) {
        return;
    }
    const base::SecretString typed = secrets->first();
    std::erase_if(m_typed, [&](const auto &known) { return known.first == key; });
    m_typed.emplace_back(key, typed);
}

} // namespace ssh
