// AgentConsent: asks the user before a key of the agent is used by a program on the server, one
// question after the other. Used by SessionWorker, on the thread of its connection.

#pragma once

#include "keys/AgentRelay.h"
#include "ssh/Prompt.h"

#include <QObject>
#include <QPointer>

#include <deque>
#include <functional>

namespace ssh {

class AgentConsent final : public QObject
{
    Q_OBJECT

public:
    // `host` is that of the server, for the question.
    explicit AgentConsent(QString host, QObject *parent = nullptr)
        : QObject(parent)
        , m_host(std::move(host))
    {
    }

    // `decide` is called once, unless `asker` goes before.
    void ask(QObject &asker, const keys::AgentRelay::SignRequest &request,
             std::function<void(bool)> decide);

    // The answer to the question that was asked last.
    void decide(bool isAllowed);

signals:
    void asked(const ssh::Prompt::Question &question);
    void withdrawn(); // the question: who wanted the key has gone

private:
    struct Entry
    {
        QPointer<QObject> asker;
        AgentUseQuestion question;
        std::function<void(bool)> decide;
    };

    void askFirst();
    void dropGone();

    QString m_host;
    std::deque<Entry> m_waiting; // the first is asked
};

} // namespace ssh
