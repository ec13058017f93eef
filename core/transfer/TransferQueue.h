// TransferQueue: the jobs of one login in their order, a few at a time. Survives its connection:
// what was interrupted goes on with the next one.

#pragma once

#include "transfer/PartSweeps.h"
#include "transfer/TransferJob.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sftp {
class Client;
}

namespace transfer {

class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    // Jobs wait until attach().
    explicit TransferQueue(QObject *parent = nullptr);

    // With a client at once.
    explicit TransferQueue(sftp::Client &client, std::shared_ptr<LaneBoard> lanes = nullptr,
                           QObject *parent = nullptr);
    ~TransferQueue() override; // cancels what runs

    // Jobs run over this client from now on, until it is closed: then over one that was attached
    // before, if that is still open. `lanes` are a SessionPool's, to help with large files.
    void attach(sftp::Client &client, std::shared_ptr<LaneBoard> lanes = nullptr);

    // Which login the queue is for. Before the first job; nothing by default.
    void setServer(const TransferServer &server) { m_server = server; }
    const TransferServer &server() const { return m_server; }

    // Where a Relay finds the queue of its source, whose connection it reads over: null if there is
    // none, and then it waits. Before the first job.
    using FindQueue = std::function<TransferQueue *(const TransferServer &server)>;
    void findSources(FindQueue find) { m_findSource = std::move(find); }

    // By itself nothing starts any more: turnWanted() tells when something might.
    void leaveStartsTo(QObject &schedule);
    bool startIfPossible(TransferJob &job);
    bool hasConnection() const { return !m_clients.isEmpty(); }
    // To all servers of the job.
    bool hasConnection(const TransferJob &job) const;

    // Starts when its turn comes. The queue owns the job until remove() or its own end.
    TransferJob *add(const TransferRequest &request);

    // Clears up behind a transfer of an earlier run of the program, once there is a connection if
    // that takes one. partsCleared() follows.
    void clearUp(const LeftParts &parts) { m_sweeps.owe(parts); }

    // waiting, running, interrupted and finished, in order of arrival
    QList<TransferJob *> jobs() const { return m_jobs; }
    bool hasUnfinished() const;
    qsizetype unfinishedCount() const;
    void remove(TransferJob &job); // cancels it, if it is not finished

    // For those who wait for a connection: it is tried again after that time; absent: not by
    // itself.
    void setNextTry(std::optional<std::chrono::seconds> time);

signals:
    void jobAdded(transfer::TransferJob *job);
    void jobAboutToBeRemoved(transfer::TransferJob *job);
    void turnWanted();
    void partsCleared(const transfer::LeftParts &parts);
    // A transfer has ended, or something was cleared up behind it.
    void targetChanged(const transfer::TransferRequest &request);
    void connectionChanged(); // hasConnection()

private:
    void startWaiting();
    void followSource(TransferJob &job);
    bool mayStart(const TransferJob &job) const;
    TransferQueue *sourceOf(const TransferJob &job) const;
    std::optional<TransferJob::Source> sourceFor(const TransferJob &job) const;

    struct Attached
    {
        sftp::Client *client = nullptr; // open: it leaves the list when it is closed or deleted
        std::shared_ptr<LaneBoard> lanes; // shared with the jobs and the lanes; may be null
    };

    void detach(const QObject *client);
    void handleClients();
    sftp::Client *clientOf(const TransferJob &job) const;

    PartSweeps m_sweeps;
    TransferServer m_server;
    FindQueue m_findSource;
    QList<Attached> m_clients; // the last one is used
    QPointer<QObject> m_schedule; // who decides when a job starts; null: this
    QList<TransferJob *> m_jobs; // children of this
};

} // namespace transfer
