// ArchiveTables: what LogArchive does with its tables, one transaction each, on the database's
// thread: which logs there are, their lines, and the index of the words in them (FTS5).

#pragma once

#include "archive/LogQuery.h"
#include "archive/PastLog.h"
#include "base/Result.h"
#include "storage/Schema.h"
#include "storage/Transaction.h"

#include <QByteArray>
#include <QList>

namespace archive {

// Lines of a log that came together.
struct LineBatch
{
    QByteArray lines; // each with its "\n"
    qint64 first = 1; // the number of the first one
    std::chrono::milliseconds when{0}; // since the log's beginning
};

namespace tables {

const storage::Schema &schema();

// A log that had the same file before is forgotten.
base::Result<PastLog::Id> addLog(storage::Transaction &transaction, const PastLog &log);

// Blank lines are left out. Notes how large the file is now.
base::Result<void> addLines(storage::Transaction &transaction, const PastLog &log,
                            const QList<LineBatch> &batches);

base::Result<QList<PastLog>> logs(storage::Transaction &transaction); // the newest first
base::Result<QList<LogMatch>> matches(storage::Transaction &transaction, const LogQuery &query);

// With its lines and what is known of their words. Not its file.
base::Result<void> forget(storage::Transaction &transaction, PastLog::Id id);

} // namespace tables
} // namespace archive
