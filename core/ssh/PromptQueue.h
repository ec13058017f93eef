// PromptQueue: the questions of many connections, to be asked one after another by whoever asks.
// What was typed for a key or an account answers the same question of every other host.
//
// Used by the verbs and by the window for many servers.

#pragma once

#include "ssh/Connection.h"

#include <QObject>
#include <QPointer>

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace ssh {

class PromptQueue final : public QObject
{
    Q_OBJECT

public:
    // Whether a password that was typed for one server is tried on others with the same user.
    enum class Passwords { OfTheirServerOnly, SharedByUser };

    explicit PromptQueue(QObject *parent = nullptr);

    void setPasswords(Passwords passwords) { m_passwords = passwords; }

    // The connection may go at any time: its questions go with it.
    void follow(Connection &connection);

    // Of the question that asked() has told; others are ignored.
    void answer(Prompt::Id id, const PromptAnswer &answer);

    qsizetype waitingCount() const { return std::ssize(m_entries); } // the one asked included

signals:
    void asked(const ssh::Prompt &prompt); // with an id of this queue; one at a time
    void withdrawn(ssh::Prompt::Id prompt); // the one that was asked
    void changed(); // how many wait

private:
    struct Entry
    {
        QPointer<Connection> connection;
        Prompt prompt;
        Prompt::Id id; // ours: those of two connections may be the same
    };

    void add(Connection &connection, const Prompt &prompt);
    void withdraw(const Connection *connection, std::optional<Prompt::Id> prompt);
    void askNextLater();
    void askNext();
    QString keyOf(const Prompt &prompt) const;
    bool answerAgain();
    void keep(const Prompt &prompt, const PromptAnswer &answer);

    std::deque<Entry> m_entries; // the first one is being asked, if any is
    std::vector<std::pair<QString, base::SecretString>> m_typed; // by what they are for
    Prompt::Id m_lastId = 0;
    Passwords m_passwords = Passwords::OfTheirServerOnly;
    bool m_isAsking = false;
};

} // namespace ssh
