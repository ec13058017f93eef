#include "storage/DatabaseFile.h"

#include "base/UniqueFd.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QUuid>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace storage {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using base::UniqueFd;

// Of the file as such, kept in user_version: 1 has the table of the features' versions.
constexpr int layoutVersion = 1;

// What belongs to the database besides the file itself: sqlite.org/tempfiles.html.
constexpr std::array companions{"-wal"_L1, "-shm"_L1, "-journal"_L1};

constexpr mode_t ownerOnly = 0600;

Error failure(int code, const QString &path)
{
    return Error::fromErrno(code, u"open the database"_s, path);
}

Result<void> makeDirectory(const QString &path)
{
    const QString parent = QFileInfo(path).path();
    const bool isThere = QFileInfo(parent).isDir()
        || (QDir().mkpath(QFileInfo(parent).path())
            && (::mkdir(QFile::encodeName(parent).constData(), 0700) == 0 || errno == EEXIST));
    if (!isThere) {
        return Failure(failure(errno, parent));
    }
    return {};
}

// Waits as long as another Ponto opens or moves the file, which is short.
Result<UniqueFd> lockBeside(const QString &path)
{
    const QString lockPath = path + u".lock"_s;
    UniqueFd lock(::open(QFile::encodeName(lockPath).constData(),
                         O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, ownerOnly));
    if (!lock.isValid()) {
        return Failure(failure(errno, lockPath));
    }
    while (::flock(lock.get(), LOCK_EX) != 0) {
        if (errno != EINTR) {
            return Failure(failure(errno, lockPath));
        }
    }
    return lock;
}

// SQLite gives its companions the mode of the file. A file that exists is not opened here: closing
// it would drop the locks that SQLite has on it in this process.
Result<void> makePrivate(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const UniqueFd created(
        ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, ownerOnly));
    if (!created.isValid() && errno != EEXIST) {
        return Failure(failure(errno, path));
    }
    if (::chmod(name.constData(), ownerOnly) != 0) {
        return Failure(failure(errno, path));
    }
    return {};
}

} // namespace

DatabaseFile::DatabaseFile(QString path, std::function<void(const QString &)> setAside)
    : m_path(std::move(path))
    , m_name(u"ponto-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_setAside(std::move(setAside))
{
}

DatabaseFile::~DatabaseFile()
{
    close();
}

Result<void> DatabaseFile::transact(Access access, const Schema &schema, const Work &work)
{
    return open().and_then([&] { return prepare(schema); }).and_then([&] {
        return bracket(access, work);
    });
}

Result<void> DatabaseFile::open()
{
    if (m_connection) {
        return {};
    }
    const auto opened = makeDirectory(m_path).and_then([this] { return lockBeside(m_path); });
    if (!opened) {
        return Failure(opened.error());
    }
    const auto done = openLocked(); // before `opened` lets go of the lock
    if (!done) {
        close();
    }
    return done;
}

Result<void> DatabaseFile::openLocked()
{
    const auto attempt = [this] {
        return makePrivate(m_path).and_then([this] { return connectTo(); }).and_then([this] {
            return configure();
        });
    };
    const auto first = attempt();
    if (first || !isDamage(first.error())) {
        return first;
    }
    close();
    return moveAside().and_then(attempt);
}

Result<void> DatabaseFile::connectTo()
{
    QSqlDatabase connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    connection.setDatabaseName(m_path);
    connection.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s); // milliseconds
    m_connection = connection;
    if (!m_connection->open()) {
        Error error = errorOf(m_connection->lastError(), u"open the database"_s);
        error.subject = m_path;
        return Failure(error);
    }
    return {};
}

Result<void> DatabaseFile::configure()
{
    for (const QString &pragma :
         {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = NORMAL"_s,
          u"PRAGMA foreign_keys = ON"_s, u"PRAGMA trusted_schema = OFF"_s}) {
        if (const auto done = statement(pragma); !done) {
            return done;
        }
    }
    Transaction probe(*m_connection, m_statements);
    const auto check = probe.value(u"PRAGMA quick_check(1)"_s);
    if (!check) {
        return Failure(check.error());
    }
    if (check->toString() != u"ok") {
        constexpr int corrupt = 11;
        return Failure(Error{.source = base::ErrorSource::Storage,
                             .code = corrupt,
                             .operation = u"check the database"_s,
                             .subject = m_path,
                             .detail = check->toString()});
    }
    return bracket(Access::Write, [this](Transaction &transaction) -> Result<void> {
        const auto version = transaction.value(u"PRAGMA user_version"_s);
        if (!version) {
            return Failure(version.error());
        }
        if (version->toInt() > layoutVersion) {
            return Failure(Error{.kind = base::ErrorKind::Unsupported,
                                 .operation = u"open the database of a newer Ponto"_s,
                                 .subject = m_path,
                                 .detail = {}});
        }
        return transaction
            .run(u"CREATE TABLE IF NOT EXISTS schema_version (owner TEXT PRIMARY KEY, version "
                 u"INTEGER NOT NULL) WITHOUT ROWID"_s)
            .and_then([&](qint64) {
                return transaction.run(u"PRAGMA user_version = %1"_s.arg(layoutVersion));
            })
            .transform([](qint64) {});
    });
}

Result<void> DatabaseFile::moveAside()
{
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-hhmmss"_s);
    QString target = m_path + u".broken-"_s + time;
    for (int number = 2; QFileInfo::exists(target); ++number) {
        target = m_path + u".broken-%1-%2"_s.arg(time).arg(number);
    }
    for (const QLatin1StringView companion : companions) {
        QFile::rename(m_path + companion, target + companion); // where there is one
    }
    if (!QFile::rename(m_path, target)) {
        return Failure(failure(EACCES, m_path));
    }
    m_setAside(target);
    return {};
}

Result<void> DatabaseFile::prepare(const Schema &schema)
{
    if (m_prepared.contains(schema.owner)) {
        return {};
    }
    const auto done
        = bracket(Access::Write, [this, &schema](Transaction &transaction) -> Result<void> {
              const auto version = transaction.value(
                  u"SELECT version FROM schema_version WHERE owner = ?"_s, {schema.owner});
              if (!version) {
                  return Failure(version.error());
              }
              if (version->toInt() > schema.steps.size()) {
                  return Failure(Error{.kind = base::ErrorKind::Unsupported,
                                       .operation = u"use what a newer Ponto stored"_s,
                                       .subject = schema.owner,
                                       .detail = {}});
              }
              for (const QStringList &step : schema.steps.sliced(version->toInt())) {
                  for (const QString &text : step) {
                      if (const auto ran = statement(text); !ran) {
                          return ran;
                      }
                  }
              }
              return transaction
                  .run(u"INSERT OR REPLACE INTO schema_version VALUES (?, ?)"_s,
                       {schema.owner, schema.steps.size()})
                  .transform([](qint64) { });
          });
    if (done) {
        m_prepared.insert(schema.owner);
    }
    return done;
}

Result<void> DatabaseFile::bracket(Access access, const Work &work)
{
    const QString begin = access == Access::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s;
    if (const auto begun = statement(begin); !begun) {
        return begun;
    }
    Transaction transaction(*m_connection, m_statements);
    auto done = work(transaction);
    if (done) {
        done = statement(u"COMMIT"_s);
    }
    if (!done) {
        // SQLite may have rolled back by itself, and refuses to do it again.
        [[maybe_unused]] const auto undone = statement(u"ROLLBACK"_s);
    }
    return done;
}

Result<void> DatabaseFile::statement(const QString &text)
{
    QSqlQuery query(*m_connection);
    if (!query.exec(text)) {
        return Failure(errorOf(query.lastError(), text));
    }
    return {};
}

void DatabaseFile::close()
{
    m_statements.clear(); // they keep the connection in use
    m_prepared.clear();
    if (m_connection) {
        m_connection->close();
        m_connection.reset();
        QSqlDatabase::removeDatabase(m_name);
    }
}

} // namespace storage
