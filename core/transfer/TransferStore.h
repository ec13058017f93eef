// TransferStore: the transfers in the program's database, so that they survive it. Each belongs to
// one running Ponto; those of a Ponto that is gone are adopted by the next that starts. Used by
// TransferSchedule.

#pragma once

#include "base/UniqueFd.h"
#include "storage/Database.h"
#include "transfer/TransferRecord.h"

#include <QByteArray>
#include <QFuture>
#include <QList>
#include <QString>

#include <memory>

namespace transfer {

class TransferStore
{
public:
    explicit TransferStore(storage::Database &database);

    struct Adopted
    {
        QList<TransferRecord> transfers; // in their order
        QList<LeftPartsRecord> leftParts;
    };

    // Those of programs that have ended, from now on this one's.
    QFuture<base::Result<Adopted>> adopt();

    // At the end of the order, with an id that the caller has made up. The others below may follow
    // at once: what is done keeps its order.
    QFuture<base::Result<void>> add(const TransferRecord &record);
    QFuture<base::Result<void>> remove(const QList<qint64> &ids);
    QFuture<base::Result<void>> setOrder(const QList<qint64> &ids);
    QFuture<base::Result<void>> setPaused(qint64 id, bool isPaused);
    // Bytes and files alone.
    QFuture<base::Result<void>> setProgress(qint64 id, const Progress &progress);
    QFuture<base::Result<void>> setRequest(qint64 id, const TransferRequest &request);
    QFuture<base::Result<void>> setResult(qint64 id, const base::Result<Summary> &result);
    // The same of a transfer behind which something has to be cleared up: in one step, so that
    // nothing is looked for that still runs.
    QFuture<base::Result<void>> setResult(qint64 id, const base::Result<Summary> &result,
                                          const LeftPartsRecord &left);
    QFuture<base::Result<void>> removeLeftParts(const QByteArray &token);
    QFuture<base::Result<void>> addDecision(qint64 id, const QByteArray &key,
                                            const FileDecision &decision);

private:
    // A file that is locked as long as this program lives. Shared with work that waits.
    class Owner;

    storage::Database &m_database;
    std::shared_ptr<Owner> m_owner;
};

} // namespace transfer
