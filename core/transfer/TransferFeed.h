// TransferFeed: what a running transfer tells its TransferJob on the owner's thread.

#pragma once

#include "transfer/TransferLedger.h"
#include "transfer/TransferRequest.h"

#include <QObject>

namespace transfer {

// Shared by the job and the run, which live on different threads: whichever ends last takes it
// along. It only emits, hence no thread serves it.
class TransferFeed final : public QObject
{
    Q_OBJECT

public:
    TransferFeed() { moveToThread(nullptr); }

signals:
    void progressed(const transfer::Progress &progress);
    void conflictRaised(const transfer::Conflict &conflict);
    void answersChanged(const transfer::AnswersForAll &answers);
    // The file waits for TransferRun::confirm(), if `ticket` is not 0.
    void decided(quint64 ticket, const QByteArray &key, const transfer::FileDecision &decision);
    // One of these, once, is the last signal. A lost connection only interrupts: what is left can
    // be gone on with on another one.
    void interrupted(const base::Error &reason, const transfer::TransferLedger &left);
    void finished(const base::Result<transfer::Summary> &result);
};

} // namespace transfer
