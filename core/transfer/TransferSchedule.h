// TransferSchedule: the transfers of all connections in one order: how many at once, how fast
// together, and what is left of them after the program has ended or was killed. One per program;
// shown by the transfer panel.

#pragma once

#include "transfer/TransferJob.h"
#include "transfer/TransferQueue.h"
#include "transfer/TransferRecord.h"
#include "transfer/TransferStore.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace transfer {

class TransferSchedule final : public QObject
{
    Q_OBJECT

public:
    // Takes over what a Ponto that is gone has left in the database, which is borrowed. Null: what
    // is not finished ends with this.
    explicit TransferSchedule(storage::Database *database = nullptr, QObject *parent = nullptr);
    ~TransferSchedule() override;

    // The queue of a login: always the same for the same key. What is added to it belongs to the
    // schedule. Shared with those who use the login.
    std::shared_ptr<TransferQueue> queueFor(const TransferServer &server);

    // What is done when all have ended, for people who leave. Kept for this run alone.
    enum class EndAction { Nothing, Quit, Suspend, PowerOff };
    EndAction endAction() const { return m_endAction; }
    void setEndAction(EndAction action);

    // In the order in which they start; finished ones too.
    QList<TransferJob *> jobs() const { return m_order; }
    TransferServer serverOf(const TransferJob &job) const;
    bool isConnected(const TransferJob &job) const;

    void moveTo(TransferJob &job, qsizetype index); // in jobs(), as it is after that
    void remove(TransferJob &job); // cancels it, if it is not finished
    // What has failed, with another choice for links if one is given; null if nothing has.
    TransferJob *retry(TransferJob &job, std::optional<LinkChoice> links = std::nullopt);
    void pauseAll();
    void resumeAll();
    void requestConnection(const TransferJob &job); // connectionWanted() follows
    qsizetype runningCount() const;
    bool isAnyRunnable() const; // running, waiting or interrupted: neither paused nor finished

    // 1 or more.
    int mostAtOnce() const { return m_mostAtOnce; }
    void setMostAtOnce(int count);
    // Bytes per second of all together; 0: no limit.
    quint64 limit() const { return m_limit; }
    void setLimit(quint64 bytesPerSecond);

    // Bytes per second, one for each of the last seconds in which something ran: the last one last.
    static constexpr qsizetype mostRates = 120;
    const QList<quint64> &rates() const { return m_rates; }

    // Of all that is not finished; files and rate of what runs.
    Progress total() const;

signals:
    void jobAdded(transfer::TransferJob *job);
    void jobAboutToBeRemoved(transfer::TransferJob *job);
    void orderChanged();
    void stateChanged(); // of any job, or of a connection
    void targetChanged(const transfer::TransferRequest &request); // see TransferQueue
    void limitsChanged();
    void endActionChanged();
    void connectionWanted(const transfer::TransferServer &server);
    void ticked(); // each second while something runs: rates() and total() are new
    void restored(int unfinished); // of an earlier run, once; not if there is nothing
    // Nothing is left that could go on: so many transfers have ended since something began, and so
    // many of them not well.
    void ended(int transfers, int failed);
    // What cannot be kept goes on all the same, as long as the program lives.
    void notKept(const base::Error &error);

private:
    struct Entry
    {
        TransferQueue *queue = nullptr;
        qint64 id = 0; // in the store; 0: there is none
        bool mayStart = false; // it is in the store, or cannot be
    };

    void follow(TransferQueue &queue);
    void take(TransferQueue &queue, TransferJob *job);
    void connectJob(TransferJob *job);
    void keep(TransferJob *job);
    void handleAdopted(const base::Result<TransferStore::Adopted> &adopted);
    void restore(const QList<TransferRecord> &records);
    void startWaiting();
    void shareLimit();
    void handleFinished(TransferJob *job, const base::Result<Summary> &result);
    void handleDecided(TransferJob *job, quint64 ticket, const QByteArray &key,
                       const FileDecision &decision);
    void drop(TransferJob *job);
    void storeOrder();
    void storeProgress(const TransferJob &job);
    void handleTick();
    void tellFailure(const QFuture<base::Result<void>> &stored);

    std::unique_ptr<TransferStore> m_store; // null: nothing is kept
    QHash<QString, std::shared_ptr<TransferQueue>>
        m_queues; // by the server's key; shared, see above
    QList<TransferJob *> m_order;
    QHash<const TransferJob *, Entry> m_entries;
    TransferRecord *m_restoring = nullptr; // what the job that is being added comes from
    QTimer m_second;
    QList<quint64> m_rates;
    int m_mostAtOnce = 3;
    quint64 m_limit = 0;
    EndAction m_endAction = EndAction::Nothing;
    int m_ticks = 0;
    int m_ended = 0;
    int m_failed = 0;
    bool m_isStarting = false;
};

} // namespace transfer
