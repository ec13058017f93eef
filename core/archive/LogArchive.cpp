#include "archive/LogArchive.h"

#include "archive/ArchiveTables.h"
#include "archive/LogFeed.h"
#include "archive/LogName.h"
#include "base/UniqueFd.h"
#include "storage/Database.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace archive {
namespace {

using storage::Transaction;
using terminal::OutputLog;

constexpr int mostNames = 1000; // of logs that begin within the same second

QString endingOf(OutputLog::Form form)
{
    return form == OutputLog::Form::Cast ? u".cast"_s : u".log"_s;
}

// For its owner alone, as the logs in it.
base::Result<void> makeFolder(const QString &path)
{
    if (QFileInfo(path).isDir()) {
        return {};
    }
    const auto parent = makeFolder(QFileInfo(path).path());
    if (!parent) {
        return parent;
    }
    if (::mkdir(QFile::encodeName(path).constData(), S_IRWXU) != 0 && errno != EEXIST) {
        return base::Failure(base::Error::fromErrno(errno, u"create"_s, path));
    }
    return {};
}

// Nobody writes it any more. False, and nothing is done, while somebody does.
base::Result<bool> deleteFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const base::UniqueFd file(::open(name.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file.isValid()) {
        return errno == ENOENT ? base::Result<bool>(true)
                               : base::Failure(base::Error::fromErrno(errno, u"open"_s, path));
    }
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return false;
    }
    if (::unlink(name.constData()) != 0 && errno != ENOENT) {
        return base::Failure(base::Error::fromErrno(errno, u"delete"_s, path));
    }
    return true;
}

bool hasVanished(const PastLog &log)
{
    // A disk that is not there just now has not lost its files.
    return !QFileInfo::exists(log.path) && QFileInfo(QFileInfo(log.path).path()).isDir();
}

// Those that have to go, by their age and what is newer than they are.
QList<PastLog> superfluous(const QList<PastLog> &newestFirst, const Retention &retention)
{
    const QDateTime oldest = QDateTime::currentDateTime().addDays(-retention.days);
    QList<PastLog> result;
    qint64 bytes = 0;
    for (const PastLog &log : newestFirst) {
        bytes += log.bytes;
        const bool isTooOld = retention.days > 0 && log.lastWritten < oldest;
        const bool isTooMuch = retention.bytes > 0 && bytes > retention.bytes;
        if (isTooOld || isTooMuch || hasVanished(log)) {
            result.append(log);
        }
    }
    return result;
}

base::Result<int> pruneIn(Transaction &transaction, const Retention &retention)
{
    const auto all = tables::logs(transaction);
    if (!all) {
        return base::Failure(all.error());
    }
    int removed = 0;
    for (const PastLog &log : superfluous(*all, retention)) {
        const auto deleted = deleteFile(log.path);
        if (!deleted || !*deleted) {
            continue; // another time, perhaps
        }
        if (const auto done = tables::forget(transaction, log.id); !done) {
            return base::Failure(done.error());
        }
        ++removed;
    }
    return removed;
}

} // namespace

LogArchive::LogArchive(storage::Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_gate(std::make_shared<DatabaseGate>(database))
{
}

LogArchive::~LogArchive()
{
    m_gate->close();
}

QString LogArchive::standardFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation)
        + u"/ponto/logs"_s;
}

base::Result<std::unique_ptr<OutputLog>> LogArchive::begin(const LogOrder &order)
{
    PastLog log{.session = order.session,
                .host = order.host,
                .form = order.form,
                .begun = QDateTime::currentDateTime()};
    const LogName name{order.session, order.host, order.user, log.begun};
    const QString path = QDir(order.folder).filePath(name.pathFor(order.nameTemplate));
    if (const auto made = makeFolder(QFileInfo(path).path()); !made) {
        return base::Failure(made.error());
    }
    for (int number = 1;; ++number) {
        log.path = path + (number == 1 ? QString() : u"-%1"_s.arg(number)) + endingOf(order.form);
        const auto feed = std::make_shared<LogFeed>(m_gate, log);
        auto opened = OutputLog::create(
            log.path, order.form,
            {.cells = order.cells,
             .title = order.session,
             .mostBytes = order.mostBytes,
             .reader
             = {.lines = [feed](const QByteArray &lines,
                                std::chrono::milliseconds when) { feed->take(lines, when); },
                .ended = [feed] { feed->end(); }}});
        if (opened) {
            feed->begin();
            return opened;
        }
        if (opened.error().kind != base::ErrorKind::AlreadyExists || number >= mostNames) {
            return opened;
        }
    }
}

QFuture<base::Result<QList<PastLog>>> LogArchive::logs()
{
    return m_database.read(tables::schema(),
                           [](Transaction &transaction) { return tables::logs(transaction); });
}

QFuture<base::Result<QList<LogMatch>>> LogArchive::search(const LogQuery &query)
{
    return m_database.read(
        tables::schema(), [query](Transaction &transaction) -> base::Result<QList<LogMatch>> {
            if (query.expression().isEmpty()) {
                return base::Failure(base::Error{.kind = base::ErrorKind::InvalidName,
                                                 .operation = u"search"_s,
                                                 .subject = query.text});
            }
            return tables::matches(transaction, query);
        });
}

QFuture<base::Result<void>> LogArchive::remove(const PastLog &log)
{
    return m_database.write(
        tables::schema(), [log](Transaction &transaction) -> base::Result<void> {
            const auto deleted = deleteFile(log.path);
            if (!deleted) {
                return base::Failure(deleted.error());
            }
            if (!*deleted) {
                return base::Failure(base::Error{.kind = base::ErrorKind::PermissionDenied,
                                                 .operation = u"delete"_s,
                                                 .subject = log.path});
            }
            return tables::forget(transaction, log.id);
        });
}

QFuture<base::Result<int>> LogArchive::prune(const Retention &retention)
{
    return m_database.write(tables::schema(), [retention](Transaction &transaction) {
        return pruneIn(transaction, retention);
    });
}

} // namespace archive
