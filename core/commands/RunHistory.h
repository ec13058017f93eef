// RunHistory: which commands were run on many servers, and what came of them: the last two hundred
// runs, in the program's database. What the servers wrote is not kept.

#pragma once

#include "base/Result.h"

#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace storage {
class Database;
}

namespace commands {

class FleetRun;

struct PastRun
{
    qint64 id = 0;
    QDateTime begun;
    QString command; // without what looks like a secret
    qint64 seconds = 0;
    qint64 succeeded = 0;
    qint64 failed = 0; // not begun included
};

struct PastHost
{
    QString name;
    QString end; // "done", "failed", "out of time", "interrupted", "not begun", "unresolved"
    std::optional<int> exitStatus;
};

class RunHistory final : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostRuns = 200;

    // Borrowed.
    explicit RunHistory(storage::Database &database, QObject *parent = nullptr);

    // A run that has finished. The oldest ones make room.
    QFuture<base::Result<void>> add(const FleetRun &run, const QDateTime &begun);

    QFuture<base::Result<QList<PastRun>>> runs(); // the newest first
    QFuture<base::Result<QList<PastHost>>> hosts(qint64 run);
    QFuture<base::Result<void>> clear();

private:
    storage::Database &m_database;
};

} // namespace commands
