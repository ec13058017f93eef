// FleetRun: one command on many hosts with what has come of each so far, to be looked at while it
// runs and afterwards; those that failed can be run again. The batches do the work.

#pragma once

#include "commands/CommandBatch.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>

#include <memory>
#include <vector>

namespace commands {

class FleetRun final : public QObject
{
    Q_OBJECT

public:
    using Index = CommandBatch::Index;

    enum class State {
        Waiting, // for its turn
        Connecting, // or logging in
        Running, // the command does
        Over, // see the outcome
    };

    struct Host
    {
        State state = State::Waiting;
        HostOutcome outcome;
        QElapsedTimer since; // it is not Waiting
    };

    FleetRun(BatchOrder order, CommandBatch::Resolve resolve, QObject *parent = nullptr);
    ~FleetRun() override;

    void start();

    // Once it has finished: those that did not succeed, under the same rules, and without first
    // ones. finished() follows again.
    void startFailed();

    void cancel(); // finished() follows

    const BatchOrder &order() const { return m_order; }
    bool isRunning() const { return m_batch != nullptr; }
    const Host &host(Index index) const { return m_hosts.at(static_cast<size_t>(index)); }
    qsizetype size() const { return std::ssize(m_hosts); }

    // Why those that were not begun were not.
    bool wasCancelled() const { return m_wasCancelled; }
    bool hasCanaryFailed() const;

    struct Counts
    {
        qsizetype waiting = 0;
        qsizetype busy = 0;
        qsizetype succeeded = 0;
        qsizetype failed = 0; // not begun included
    };
    Counts counts() const;

signals:
    // Its questions are for whom this concerns; it is gone after the host's outcome.
    void hostBegun(commands::CommandBatch::Index host, ssh::Connection *connection);
    void hostChanged(commands::CommandBatch::Index host);
    void finished();

private:
    void startBatch(const QList<Index> &members, const BatchOrder &order);
    void setState(Index host, State state);
    void handleFinished();

    BatchOrder m_order;
    CommandBatch::Resolve m_resolve;
    std::vector<Host> m_hosts;
    std::unique_ptr<CommandBatch> m_batch; // while it runs
    QList<Index> m_members; // of the batch
    bool m_wasCancelled = false;
    bool m_hasCanaryFailed = false;
};

} // namespace commands
