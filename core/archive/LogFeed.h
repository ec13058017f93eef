// LogFeed: takes the lines of one log into the program's database while it is written. Called on
// the threads of the pool that write logs; its work is done on the database's thread. Used by
// LogArchive.

#pragma once

#include "archive/ArchiveTables.h"
#include "archive/PastLog.h"

#include <QList>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace storage {
class Database;
}

namespace archive {

// The database as long as it may be used: other threads may come too late.
class DatabaseGate
{
public:
    explicit DatabaseGate(storage::Database &database)
        : m_database(&database)
    {
    }

    // Does nothing once it is closed. From any thread.
    void write(std::move_only_function<base::Result<void>(storage::Transaction &)> work);

    // A feed that is in use. Each has its end, and that once.
    void begin();
    void end();

    // Waits until there are none, but not for long: at the end of the program.
    void close();

private:
    std::mutex m_mutex; // for all below
    std::condition_variable m_ended;
    storage::Database *m_database;
    int m_feeds = 0;
};

class LogFeed : public std::enable_shared_from_this<LogFeed>
{
public:
    LogFeed(std::shared_ptr<DatabaseGate> gate, PastLog log);

    void begin(); // once, before the next two
    void take(const QByteArray &lines, std::chrono::milliseconds when);
    void end();

private:
    void post();
    base::Result<void> work(storage::Transaction &transaction);

    const std::shared_ptr<DatabaseGate> m_gate; // shared with all feeds and the archive
    PastLog m_log; // of the database's thread
    std::mutex m_mutex; // for all below
    QList<LineBatch> m_waiting;
    qsizetype m_waitingBytes = 0;
    qint64 m_nextLine = 1;
    qint64 m_leftOut = 0; // lines
    bool m_isPosted = false;
};

} // namespace archive
