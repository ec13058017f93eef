// LogArchive: the logs of terminals that Ponto keeps by itself: begins them, takes their lines into
// the program's database while they are written, searches them, and lets old ones go. Made by the
// composition root, and used by windows.
//
// Lines go from the thread that writes a file to that of the database: the owner's thread has
// nothing to do with them.

#pragma once

#include "archive/LogQuery.h"
#include "archive/PastLog.h"
#include "base/Result.h"
#include "terminal/OutputLog.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QSize>
#include <QString>

#include <memory>

namespace storage {
class Database;
}

namespace archive {

class DatabaseGate;

// What is to be logged, and where.
struct LogOrder
{
    terminal::OutputLog::Form form = terminal::OutputLog::Form::Plain;
    QString folder; // absolute
    QString nameTemplate; // see LogName
    QString session; // foreign text, as the next two
    QString host;
    QString user;
    QSize cells = terminal::OutputLog::usualCells;
    qint64 mostBytes = 0; // of the file; 0: no limit
};

// What is kept, the newest first.
struct Retention
{
    int days = 0; // since it was last written to; 0: for ever
    qint64 bytes = 0; // of all files together; 0: any number
};

class LogArchive final : public QObject
{
    Q_OBJECT

public:
    // Borrowed, and must outlive this.
    explicit LogArchive(storage::Database &database, QObject *parent = nullptr);

    // Logs that are still open then are not searched from there on. Waits a moment for those that
    // end just now: only at the end of the program.
    ~LogArchive() override;

    // Where logs go if nothing else is set: below the user's state directory.
    static QString standardFolder();

    // Makes the file, with its folders, and never in the place of another one. The log lasts as
    // long as what is returned.
    base::Result<std::unique_ptr<terminal::OutputLog>> begin(const LogOrder &order);

    QFuture<base::Result<QList<PastLog>>> logs(); // the newest first

    // InvalidName: there is no word to look for.
    QFuture<base::Result<QList<LogMatch>>> search(const LogQuery &query);

    // The file and what is known of it. PermissionDenied without a code: it is still written.
    QFuture<base::Result<void>> remove(const PastLog &log);

    // Removes what is too old or too much, and forgets logs whose file somebody has deleted. Such
    // as are still written stay. Returns how many went.
    QFuture<base::Result<int>> prune(const Retention &retention);

private:
    storage::Database &m_database;
    std::shared_ptr<DatabaseGate> m_gate; // shared with the threads that write
};

} // namespace archive
