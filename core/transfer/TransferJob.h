// TransferJob: one TransferRequest while it runs. Belongs to the thread of its owner; the bytes
// move on the connection's thread and on a thread for the disk.

#pragma once

#include "transfer/TransferRequest.h"

#include <QObject>

namespace transfer {

class TransferJob : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Finished };

    const TransferRequest &request() const;
    State state() const;
    const Progress &progress() const; // the last one signalled

    // finished() follows with Cancelled. Files that are complete stay, partial ones are removed.
    void cancel();

    // Ignored if no such conflict is open. Other files go on meanwhile.
    void answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope);

signals:
    void started();
    void progressed(const transfer::Progress &progress); // at most ten times a second
    void conflictRaised(const transfer::Conflict &conflict); // one at a time
    void finished(const base::Result<transfer::Summary> &result); // once, the last signal
};

} // namespace transfer
