// TransferJob: one TransferRequest until it is done, over one connection after another if need be.
// Belongs to the thread of its owner; the bytes move on the connection's thread and on a thread for
// the disk.

#pragma once

#include "sftp/Client.h"
#include "transfer/LeftParts.h"
#include "transfer/TransferFeed.h"
#include "transfer/TransferRequest.h"
#include "transfer/TransferRun.h"

#include <QObject>
#include <QPointer>

#include <chrono>
#include <memory>
#include <optional>

namespace transfer {

class TransferJob final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Waiting, // for its turn
        Running,
        Interrupted, // by the end of its connection: waits for another one
        Paused, // by the user: until resume()
        Finished,
    };

    // Made and started by TransferQueue. `server` is its name for people: where a Relay goes.
    explicit TransferJob(TransferRequest request, QString server = {}, QObject *parent = nullptr);
    ~TransferJob() override; // cancels

    // Before the first start.
    void setMemory(const TransferMemory &memory);

    // One that an earlier run of the program has finished. Nothing is signalled.
    void setFinished(const base::Result<Summary> &result);

    // How far an earlier run of the program came. Before the first start; nothing is signalled.
    void setProgress(const Progress &progress) { m_progress = progress; }

    // Goes on where it was, if it was interrupted. `lanes` may be null. A Relay reads over the
    // client of `source`.
    struct Source
    {
        sftp::Client *client = nullptr;
        std::shared_ptr<LaneBoard> lanes; // null as well
    };
    void start(sftp::Client &client, std::shared_ptr<LaneBoard> lanes,
               const std::optional<Source> &source = std::nullopt);

    const TransferRequest &request() const { return m_request; }
    State state() const { return m_state; }
    const Progress &progress() const { return m_progress; } // the last one signalled
    // How it ended; absent before.
    const std::optional<base::Result<Summary>> &result() const { return m_result; }
    const sftp::Client *client() const { return m_client; } // that it was started with
    const sftp::Client *sourceClient() const { return m_sourceClient; } // likewise

    // How long the interruption lasts at least; absent if that is not known.
    const std::optional<std::chrono::seconds> &nextTry() const { return m_nextTry; }
    void setNextTry(std::optional<std::chrono::seconds> time);

    // What is unfinished of large files stays, and is gone on with. Ignored once it is finished.
    void pause();
    void resume(); // it waits for its turn

    // Bytes per second; 0: none. One that runs without a limit begins anew where it is: what helps
    // it could not be held back.
    void setLimit(quint64 bytesPerSecond);

    // Of decided(): it is safely on the disk.
    void confirm(quint64 ticket);

    // finished() follows with Cancelled. Files that are complete stay, partial ones are removed: by
    // the run, and by whoever hears of partsLeft().
    void cancel();

    // The question that waits for answer(), if there is one.
    const std::optional<Conflict> &openConflict() const { return m_conflict; }

    // Ignored if no such conflict is open. Other files go on meanwhile.
    void answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope);

signals:
    void started(); // or goes on
    void pausedChanged();
    void answersChanged(const transfer::AnswersForAll &answers);
    // To be kept with the transfer, if that has a memory; a ticket that is not 0 is waited for.
    void decided(quint64 ticket, const QByteArray &key, const transfer::FileDecision &decision);
    void progressed(const transfer::Progress &progress); // at most ten times a second
    void conflictRaised(const transfer::Conflict &conflict); // one at a time
    void conflictClosed(); // it was answered, perhaps in another window
    void interrupted(const base::Error &reason); // questions that were open are asked again
    void nextTryChanged();
    // Before finished(), while result() tells that: the transfer has not come to its end.
    void partsLeft(const transfer::LeftParts &parts);
    void finished(const base::Result<transfer::Summary> &result); // once, the last signal

private:
    std::optional<SourceServer> sourceServer(const std::optional<Source> &source) const;
    void follow();
    void tellLeftParts(bool mustSearch);
    void interrupt(const base::Error &reason, const TransferLedger &left);
    void finish(base::Result<Summary> result);
    void postToRun(std::move_only_function<void(TransferRun &)> call);

    QPointer<sftp::Client> m_client; // may go first: the run ends with its channel
    QPointer<sftp::Client> m_sourceClient; // likewise
    TransferRequest m_request;
    QString m_server; // for people
    TransferLedger m_ledger; // what is left; while it runs, the run has it
    std::optional<std::chrono::seconds> m_nextTry;
    std::optional<base::Result<Summary>> m_result;
    std::optional<Conflict> m_conflict;
    State m_state = State::Waiting;
    bool m_wasInterrupted = false; // a run has ended before the transfer did
    bool m_mustPause = false; // when the run has let go
    bool m_mustWait = false; // likewise: it begins anew
    Progress m_progress;
    // Of this start. Shared with the run on the connection's thread, which may outlive this.
    std::shared_ptr<TransferFeed> m_feed;
    std::shared_ptr<TransferRun::Slot> m_slot;
};

} // namespace transfer
