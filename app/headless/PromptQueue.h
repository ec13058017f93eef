// PromptQueue: the questions of many connections, asked on the terminal one after another. What was
// typed for a key answers for it on every other host.

#pragma once

#include "app/headless/TerminalPrompter.h"
#include "ssh/Connection.h"

#include <QObject>
#include <QPointer>

#include <deque>
#include <optional>

namespace app {

class PromptQueue final : public QObject
{
    Q_OBJECT

public:
    PromptQueue();

    // What is stored is tried before anybody is asked. Borrowed.
    void useStoredSecrets(vault::Vault &vault);

    // The connection may go at any time: its questions go with it.
    void follow(ssh::Connection &connection);

private:
    struct Entry
    {
        QPointer<ssh::Connection> connection;
        ssh::Prompt prompt;
        ssh::Prompt::Id id; // ours: those of two connections may be the same
    };

    void add(ssh::Connection &connection, const ssh::Prompt &prompt);
    void withdraw(const ssh::Connection *connection, std::optional<ssh::Prompt::Id> prompt);
    void handleAnswer(ssh::Prompt::Id id, const ssh::PromptAnswer &answer);
    void askNextLater();
    void askNext();

    TerminalPrompter m_prompter;
    std::deque<Entry> m_entries; // the first one is being asked, if any is
    ssh::Prompt::Id m_lastId = 0;
    bool m_isAsking = false;
};

} // namespace app
