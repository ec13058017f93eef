// AgentExchange: one question to an ssh-agent and its answer, on a connection of its own. Used by
// AgentClient alone.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>

namespace keys {

class AgentExchange final : public QObject
{
    Q_OBJECT

public:
    AgentExchange(QString socketPath, QByteArray request);

    // May end at once, if there is no agent.
    void start(std::chrono::milliseconds timeLimit);

    // Ends with Cancelled. Nothing happens if it has ended already.
    void cancel();

    bool hasEnded() const { return m_hasEnded; }

signals:
    // Once. The message of the agent: a type byte, then contents.
    void finished(const base::Result<QByteArray> &answer);

private:
    void connectToAgent();
    void send();
    void receive();
    void fail(base::ErrorKind kind, const QString &detail);
    void finish(const base::Result<QByteArray> &answer);

    QString m_socketPath;
    QByteArray m_request; // what is still to be sent
    QByteArray m_received;
    QTimer m_deadline;
    base::UniqueFd m_socket;
    std::unique_ptr<QSocketNotifier> m_readable; // declared after the socket: they go first
    std::unique_ptr<QSocketNotifier> m_writable;
    bool m_hasEnded = false;
};

} // namespace keys
