// TransferJob: one TransferRequest while it runs. Belongs to the thread of its owner; the bytes
// move on the connection's thread and on a thread for the disk.

#pragma once

#include "sftp/Client.h"
#include "transfer/TransferFeed.h"
#include "transfer/TransferRequest.h"
#include "transfer/TransferRun.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace transfer {

class TransferJob final : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Finished };

    // Made and started by TransferQueue. `lanes` may be null.
    TransferJob(sftp::Client &client, std::shared_ptr<LaneBoard> lanes, TransferRequest request,
                QObject *parent);
    ~TransferJob() override; // cancels

    void start(); // once

    const TransferRequest &request() const { return m_request; }
    State state() const { return m_state; }
    const Progress &progress() const { return m_progress; } // the last one signalled

    // finished() follows with Cancelled. Files that are complete stay, partial ones are removed.
    void cancel();

    // Ignored if no such conflict is open. Other files go on meanwhile.
    void answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope);

signals:
    void started();
    void progressed(const transfer::Progress &progress); // at most ten times a second
    void conflictRaised(const transfer::Conflict &conflict); // one at a time
    void finished(const base::Result<transfer::Summary> &result); // once, the last signal

private:
    void follow();
    void finish(const base::Result<Summary> &result);
    void postToRun(std::move_only_function<void(TransferRun &)> call);

    QPointer<sftp::Client> m_client; // may go first: the run ends with its channel
    std::shared_ptr<LaneBoard> m_lanes; // shared with the run and the lanes
    TransferRequest m_request;
    State m_state = State::Waiting;
    Progress m_progress;
    // Shared with the run on the connection's thread, which may outlive this.
    std::shared_ptr<TransferFeed> m_feed;
    std::shared_ptr<TransferRun::Slot> m_slot;
};

} // namespace transfer
