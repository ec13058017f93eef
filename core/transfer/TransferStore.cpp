#include "transfer/TransferStore.h"

#include <QFile>
#include <QUuid>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace transfer {
namespace {

using base::Failure;
using base::Result;
using base::UniqueFd;
using storage::Transaction;

const storage::Schema &schema()
{
    static const storage::Schema transfers{
        u"transfer"_s,
        {{u"CREATE TABLE transfer_job (id INTEGER PRIMARY KEY, place INTEGER NOT "
          u"NULL, "
          u"owner TEXT NOT NULL, server TEXT NOT NULL, title TEXT NOT NULL, profile TEXT NOT NULL, "
          u"address TEXT NOT NULL, request BLOB NOT NULL, is_paused INTEGER NOT NULL, result BLOB)"_s,
          u"CREATE TABLE transfer_decision (job INTEGER NOT NULL REFERENCES transfer_job ON DELETE "
          u"CASCADE, file BLOB NOT NULL, answer INTEGER NOT NULL, name BLOB NOT NULL, PRIMARY KEY "
          u"(job, file)) WITHOUT ROWID"_s},
         {u"ALTER TABLE transfer_job ADD COLUMN bytes_done INTEGER NOT NULL DEFAULT 0"_s,
          u"ALTER TABLE transfer_job ADD COLUMN bytes_total INTEGER NOT NULL DEFAULT 0"_s,
          u"ALTER TABLE transfer_job ADD COLUMN files_done INTEGER NOT NULL DEFAULT 0"_s,
          u"ALTER TABLE transfer_job ADD COLUMN files_total INTEGER NOT NULL DEFAULT 0"_s},
         {u"CREATE TABLE transfer_left_parts (token BLOB PRIMARY KEY, owner TEXT NOT NULL, server "
          u"TEXT NOT NULL, title TEXT NOT NULL, profile TEXT NOT NULL, address TEXT NOT NULL, "
          u"request BLOB NOT NULL) WITHOUT ROWID"_s}}};
    return transfers;
}

// One statement that changes something.
QFuture<Result<void>> change(storage::Database &database, const QString &statement,
                             const QVariantList &values)
{
    return database.write(schema(), [statement, values](Transaction &transaction) {
        return transaction.run(statement, values).transform([](qint64) { });
    });
}

enum Column {
    Id,
    Server,
    Title,
    Profile,
    Address,
    Request,
    IsPaused,
    Outcome,
    BytesDone,
    BytesTotal,
    FilesDone,
    FilesTotal
};

Progress progressFrom(const QVariantList &row)
{
    Progress progress;
    progress.bytesDone = row[BytesDone].toULongLong();
    progress.bytesTotal = row[BytesTotal].toULongLong();
    progress.filesDone = row[FilesDone].toInt();
    progress.filesTotal = row[FilesTotal].toInt();
    progress.counting = false;
    return progress;
}

std::optional<TransferRecord> recordFrom(const QVariantList &row)
{
    auto request = requestFrom(row[Request].toByteArray());
    if (!request) {
        return std::nullopt; // of a newer Ponto: it stays where it is
    }
    request->memory->wasBegun = true;
    TransferRecord record;
    record.id = row[Id].toLongLong();
    record.server = {row[Server].toString(), row[Title].toString(), row[Profile].toString(),
                     row[Address].toString()};
    record.request = *request;
    record.isPaused = row[IsPaused].toBool();
    record.progress = progressFrom(row);
    if (!row[Outcome].isNull()) {
        record.result = resultFrom(row[Outcome].toByteArray());
    }
    return record;
}

Result<void> readDecisions(Transaction &transaction, TransferRecord &record)
{
    auto &decisions = record.request.memory->decisions;
    return transaction.forEachRow(
        u"SELECT file, answer, name FROM transfer_decision WHERE job = ?"_s, {record.id},
        [&decisions](const QVariantList &row) {
            const auto answer = static_cast<ConflictAnswer>(row[1].toInt());
            decisions[row[0].toByteArray()] = {answer, row[2].toByteArray()};
        });
}

Result<QList<LeftPartsRecord>> readLeftParts(Transaction &transaction, const QString &owner)
{
    QList<LeftPartsRecord> records;
    const auto read = transaction.forEachRow(
        u"SELECT server, title, profile, address, request FROM transfer_left_parts WHERE owner = "
        u"?"_s,
        {owner}, [&records](const QVariantList &row) {
            if (const auto request = requestFrom(row[4].toByteArray())) {
                records.append(
                    {{row[0].toString(), row[1].toString(), row[2].toString(), row[3].toString()},
                     {*request}});
            }
        });
    return read.transform([&records] { return records; });
}

Result<QList<TransferRecord>> readRecords(Transaction &transaction, const QString &owner)
{
    const auto rows = transaction.rows(
        u"SELECT id, server, title, profile, address, request, is_paused, result, "
        u"bytes_done, bytes_total, files_done, files_total FROM transfer_job WHERE owner = ? ORDER BY place, id"_s,
        {owner});
    if (!rows) {
        return Failure(rows.error());
    }
    QList<TransferRecord> records;
    for (const QVariantList &row : *rows) {
        auto record = recordFrom(row);
        if (!record) {
            continue;
        }
        if (const auto read = readDecisions(transaction, *record); !read) {
            return Failure(read.error());
        }
        records.append(*record);
    }
    return records;
}

// What was decided on the way is of no use any more.
Result<void> writeResult(Transaction &transaction, qint64 id, const Result<Summary> &result)
{
    return transaction
        .run(u"UPDATE transfer_job SET result = ? WHERE id = ?"_s, {toBytes(result), id})
        .and_then([&](qint64) {
            return transaction.run(u"DELETE FROM transfer_decision WHERE job = ?"_s, {id});
        })
        .transform([](qint64) {});
}

} // namespace

class TransferStore::Owner
{
public:
    explicit Owner(const QString &database)
        : m_directory(database)
        , m_name(QUuid::createUuid().toString(QUuid::WithoutBraces))
    {
    }
    ~Owner()
    {
        if (m_lock.isValid()) {
            ::unlink(path(m_name).constData());
        }
    }
    Q_DISABLE_COPY_MOVE(Owner)

    // On the database's thread, which has made the directory by then.
    Result<QString> name()
    {
        if (!m_lock.isValid()) {
            m_lock = lock(m_name);
        }
        if (!m_lock.isValid()) {
            return Failure(
                base::Error::fromErrno(errno, u"lock"_s, QFile::decodeName(path(m_name))));
        }
        return m_name;
    }

    // Its file is locked as long as its program lives, whatever happens to it.
    bool isGone(const QString &other) const
    {
        if (other == m_name) {
            return false;
        }
        const UniqueFd taken = lock(other);
        if (taken.isValid()) {
            ::unlink(path(other).constData());
        }
        return taken.isValid();
    }

private:
    QByteArray path(const QString &name) const
    {
        return QFile::encodeName(m_directory + u".transfers-"_s + name);
    }

    UniqueFd lock(const QString &name) const
    {
        UniqueFd file(
            ::open(path(name).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        return file.isValid() && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 ? std::move(file)
                                                                             : UniqueFd();
    }

    QString m_directory;
    QString m_name;
    UniqueFd m_lock;
};

TransferStore::TransferStore(storage::Database &database)
    : m_database(database)
    , m_owner(std::make_shared<Owner>(database.path()))
{
}

// The owner is asked for within the transaction: two programs that start at once take turns.
QFuture<Result<TransferStore::Adopted>> TransferStore::adopt()
{
    return m_database.write(
        schema(), [owner = m_owner](Transaction &transaction) -> Result<Adopted> {
            const auto name = owner->name();
            const auto owners = transaction.rows(
                u"SELECT owner FROM transfer_job UNION SELECT owner FROM transfer_left_parts"_s);
            if (!name || !owners) {
                return Failure(name ? owners.error() : name.error());
            }
            for (const QVariantList &row : *owners) {
                const QString other = row.first().toString();
                if (!owner->isGone(other)) {
                    continue;
                }
                for (const QString &table : {u"transfer_job"_s, u"transfer_left_parts"_s}) {
                    const auto taken = transaction.run(
                        u"UPDATE "_s + table + u" SET owner = ? WHERE owner = ?"_s, {*name, other});
                    if (!taken) {
                        return Failure(taken.error());
                    }
                }
            }
            return readRecords(transaction, *name)
                .and_then([&](const QList<TransferRecord> &records) {
                    return readLeftParts(transaction, *name)
                        .transform([&](const QList<LeftPartsRecord> &left) {
                            return Adopted{records, left};
                        });
                });
        });
}

QFuture<Result<void>> TransferStore::add(const TransferRecord &record)
{
    return m_database.write(
        schema(), [owner = m_owner, record](Transaction &transaction) -> Result<void> {
            const auto name = owner->name();
            if (!name) {
                return Failure(name.error());
            }
            return transaction
                .insert(
                    u"INSERT INTO transfer_job (id, place, owner, server, title, profile, address, "
                    u"request, is_paused) VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM "
                    u"transfer_job), ?, ?, ?, ?, ?, ?, ?)"_s,
                    {record.id, *name, record.server.key, record.server.title,
                     record.server.profile, record.server.address, toBytes(record.request),
                     record.isPaused})
                .transform([](qint64) { });
        });
}

QFuture<Result<void>> TransferStore::remove(const QList<qint64> &ids)
{
    return m_database.write(schema(), [ids](Transaction &transaction) -> Result<void> {
        QList<QVariantList> rows;
        for (const qint64 id : ids) {
            rows.append(QVariantList{id});
        }
        return transaction.runForEach(u"DELETE FROM transfer_job WHERE id = ?"_s, rows);
    });
}

QFuture<Result<void>> TransferStore::setOrder(const QList<qint64> &ids)
{
    return m_database.write(schema(), [ids](Transaction &transaction) -> Result<void> {
        QList<QVariantList> rows;
        for (qsizetype place = 0; place < ids.size(); ++place) {
            rows.append({place, ids[place]});
        }
        return transaction.runForEach(u"UPDATE transfer_job SET place = ? WHERE id = ?"_s, rows);
    });
}

QFuture<Result<void>> TransferStore::setPaused(qint64 id, bool isPaused)
{
    return change(m_database, u"UPDATE transfer_job SET is_paused = ? WHERE id = ?"_s,
                  {isPaused, id});
}

QFuture<Result<void>> TransferStore::setProgress(qint64 id, const Progress &progress)
{
    return change(
        m_database,
        u"UPDATE transfer_job SET bytes_done = ?, bytes_total = ?, files_done = ?, "
        u"files_total = ? WHERE id = ?"_s,
        {progress.bytesDone, progress.bytesTotal, progress.filesDone, progress.filesTotal, id});
}

QFuture<Result<void>> TransferStore::setRequest(qint64 id, const TransferRequest &request)
{
    return change(m_database, u"UPDATE transfer_job SET request = ? WHERE id = ?"_s,
                  {toBytes(request), id});
}

QFuture<Result<void>> TransferStore::setResult(qint64 id, const Result<Summary> &result)
{
    return m_database.write(schema(), [id, result](Transaction &transaction) {
        return writeResult(transaction, id, result);
    });
}

QFuture<Result<void>> TransferStore::setResult(qint64 id, const Result<Summary> &result,
                                               const LeftPartsRecord &left)
{
    return m_database.write(
        schema(), [owner = m_owner, id, result, left](Transaction &transaction) -> Result<void> {
            const auto name = owner->name();
            const auto written = writeResult(transaction, id, result);
            if (!name || !written) {
                return Failure(name ? written.error() : name.error());
            }
            const TransferServer &server = left.server;
            return transaction
                .run(u"INSERT OR REPLACE INTO transfer_left_parts (token, owner, server, title, "
                     u"profile, address, request) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                     {left.parts.request.memory->token, *name, server.key, server.title,
                      server.profile, server.address, toBytes(left.parts.request)})
                .transform([](qint64) { });
        });
}

QFuture<Result<void>> TransferStore::removeLeftParts(const QByteArray &token)
{
    return change(m_database, u"DELETE FROM transfer_left_parts WHERE token = ?"_s, {token});
}

QFuture<Result<void>> TransferStore::addDecision(qint64 id, const QByteArray &key,
                                                 const FileDecision &decision)
{
    return change(m_database, u"INSERT OR REPLACE INTO transfer_decision VALUES (?, ?, ?, ?)"_s,
                  {id, key, static_cast<int>(decision.answer), decision.name});
}

} // namespace transfer
