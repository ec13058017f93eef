#include "commands/RunHistory.h"

#include "commands/FleetRun.h"
#include "log/Redaction.h"
#include "storage/Database.h"

using namespace Qt::StringLiterals;

namespace commands {
namespace {

using storage::Transaction;

const storage::Schema &schema()
{
    static const storage::Schema runs{
        u"run"_s,
        {{u"CREATE TABLE run_item (id INTEGER PRIMARY KEY, begun INTEGER NOT NULL, "
          "command TEXT NOT NULL, seconds INTEGER NOT NULL, succeeded INTEGER NOT NULL, "
          "failed INTEGER NOT NULL)"_s,
          u"CREATE TABLE run_host (run INTEGER NOT NULL REFERENCES run_item ON DELETE CASCADE, "
          "place INTEGER NOT NULL, name TEXT NOT NULL, end TEXT NOT NULL, exit_status INTEGER, "
          "PRIMARY KEY (run, place)) WITHOUT ROWID"_s}}};
    return runs;
}

QString nameOf(HostOutcome::End end)
{
    switch (end) {
    case HostOutcome::End::Done:
        return u"done"_s;
    case HostOutcome::End::Failed:
        return u"failed"_s;
    case HostOutcome::End::OutOfTime:
        return u"out of time"_s;
    case HostOutcome::End::Interrupted:
        return u"interrupted"_s;
    case HostOutcome::End::NotBegun:
        return u"not begun"_s;
    case HostOutcome::End::Unresolved:
        break;
    }
    return u"unresolved"_s;
}

QList<PastHost> hostsOf(const FleetRun &run)
{
    QList<PastHost> hosts;
    for (FleetRun::Index index = 0; index < run.size(); ++index) {
        const HostOutcome &outcome = run.host(index).outcome;
        hosts.append({run.order().hosts.at(index), nameOf(outcome.end), outcome.exitStatus});
    }
    return hosts;
}

base::Result<void> write(Transaction &transaction, const PastRun &run, const QList<PastHost> &hosts)
{
    const auto id = transaction.insert(
        u"INSERT INTO run_item (begun, command, seconds, succeeded, failed) "
        "VALUES (?, ?, ?, ?, ?)"_s,
        {run.begun.toMSecsSinceEpoch(), run.command, run.seconds, run.succeeded, run.failed});
    if (!id) {
        return base::Failure(id.error());
    }
    QList<QVariantList> rows;
    for (const PastHost &host : hosts) {
        rows.append({*id, rows.size(), host.name, host.end,
                     host.exitStatus ? QVariant(*host.exitStatus) : QVariant()});
    }
    if (const auto added = transaction.runForEach(
            u"INSERT INTO run_host (run, place, name, end, exit_status) VALUES (?, ?, ?, ?, ?)"_s,
            rows);
        !added) {
        return added;
    }
    const QString old = u"(SELECT id FROM run_item ORDER BY id DESC LIMIT -1 OFFSET ?)"_s;
    const QVariantList most{RunHistory::mostRuns};
    return transaction.run(u"DELETE FROM run_host WHERE run IN "_s + old, most)
        .and_then([&](qint64) {
            return transaction.run(u"DELETE FROM run_item WHERE id IN "_s + old, most);
        })
        .transform([](qint64) {});
}

PastRun runOf(const QVariantList &row)
{
    return {.id = row.at(0).toLongLong(),
            .begun = QDateTime::fromMSecsSinceEpoch(row.at(1).toLongLong()),
            .command = row.at(2).toString(),
            .seconds = row.at(3).toLongLong(),
            .succeeded = row.at(4).toLongLong(),
            .failed = row.at(5).toLongLong()};
}

} // namespace

RunHistory::RunHistory(storage::Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
{
}

QFuture<base::Result<void>> RunHistory::add(const FleetRun &run, const QDateTime &begun)
{
    const FleetRun::Counts counts = run.counts();
    const PastRun past{.begun = begun,
                       .command
                       = logging::Redaction().applied(QString::fromUtf8(run.order().command)),
                       .seconds = begun.secsTo(QDateTime::currentDateTime()),
                       .succeeded = counts.succeeded,
                       .failed = counts.failed};
    return m_database.write(schema(), [past, hosts = hostsOf(run)](Transaction &transaction) {
        return write(transaction, past, hosts);
    });
}

QFuture<base::Result<QList<PastRun>>> RunHistory::runs()
{
    return m_database.read(schema(), [](Transaction &transaction) -> base::Result<QList<PastRun>> {
        return transaction
            .rows(u"SELECT id, begun, command, seconds, succeeded, failed FROM run_item "
                  "ORDER BY id DESC"_s)
            .transform([](const QList<QVariantList> &rows) {
                QList<PastRun> runs;
                for (const QVariantList &row : rows) {
                    runs.append(runOf(row));
                }
                return runs;
            });
    });
}

QFuture<base::Result<QList<PastHost>>> RunHistory::hosts(qint64 run)
{
    return m_database.read(
        schema(), [run](Transaction &transaction) -> base::Result<QList<PastHost>> {
            return transaction
                .rows(u"SELECT name, end, exit_status FROM run_host WHERE run = ? ORDER BY place"_s,
                      {run})
                .transform([](const QList<QVariantList> &rows) {
                    QList<PastHost> hosts;
                    for (const QVariantList &row : rows) {
                        hosts.append(
                            {row.at(0).toString(), row.at(1).toString(),
                             row.at(2).isNull() ? std::nullopt : std::optional(row.at(2).toInt())});
                    }
                    return hosts;
                });
        });
}

QFuture<base::Result<void>> RunHistory::clear()
{
    return m_database.write(schema(), [](Transaction &transaction) -> base::Result<void> {
        return transaction.run(u"DELETE FROM run_host"_s)
            .and_then([&](qint64) { return transaction.run(u"DELETE FROM run_item"_s); })
            .transform([](qint64) {});
    });
}

} // namespace commands
