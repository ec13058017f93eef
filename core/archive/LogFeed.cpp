#include "archive/LogFeed.h"

#include "storage/Database.h"

#include <utility>

namespace archive {
namespace {

// What waits for the database: a flood is written to the file, and not searched.
constexpr qsizetype mostWaiting = qsizetype{8} * 1024 * 1024;

// In one transaction, for others wait meanwhile.
constexpr qsizetype mostAtOnce = qsizetype{256} * 1024;

constexpr std::chrono::seconds longestEnd{2};

} // namespace

void DatabaseGate::write(std::move_only_function<base::Result<void>(storage::Transaction &)> work)
{
    const std::lock_guard lock(m_mutex);
    if (m_database != nullptr) {
        static_cast<void>(m_database->write(tables::schema(), std::move(work)));
    }
}

void DatabaseGate::begin()
{
    const std::lock_guard lock(m_mutex);
    ++m_feeds;
}

void DatabaseGate::end()
{
    const std::lock_guard lock(m_mutex);
    --m_feeds;
    m_ended.notify_all();
}

void DatabaseGate::close()
{
    std::unique_lock lock(m_mutex);
    m_ended.wait_for(lock, longestEnd, [this] { return m_feeds == 0; });
    m_database = nullptr;
}

LogFeed::LogFeed(std::shared_ptr<DatabaseGate> gate, PastLog log)
    : m_gate(std::move(gate))
    , m_log(std::move(log))
{
}

void LogFeed::begin()
{
    m_gate->begin();
    m_gate->write([self = shared_from_this()](storage::Transaction &transaction) {
        return tables::addLog(transaction, self->m_log).transform([&self](PastLog::Id id) {
            self->m_log.id = id;
        });
    });
}

void LogFeed::take(const QByteArray &lines, std::chrono::milliseconds when)
{
    const qint64 count = lines.count('\n');
    const std::lock_guard lock(m_mutex);
    if (m_waitingBytes + lines.size() > mostWaiting) {
        m_leftOut += count;
    } else {
        m_waiting.append({lines, m_nextLine, when});
        m_waitingBytes += lines.size();
    }
    m_nextLine += count;
    if (!std::exchange(m_isPosted, true)) {
        post();
    }
}

void LogFeed::end()
{
    const std::lock_guard lock(m_mutex);
    if (!std::exchange(m_isPosted, true)) {
        post(); // how large the file is in the end
    }
    m_gate->end();
}

void LogFeed::post()
{
    m_gate->write([self = shared_from_this()](storage::Transaction &transaction) {
        return self->work(transaction);
    });
}

base::Result<void> LogFeed::work(storage::Transaction &transaction)
{
    QList<LineBatch> batches;
    {
        const std::lock_guard lock(m_mutex);
        qsizetype bytes = 0;
        while (!m_waiting.isEmpty() && bytes < mostAtOnce) {
            bytes += m_waiting.first().lines.size();
            batches.append(m_waiting.takeFirst());
        }
        m_waitingBytes -= bytes;
        m_log.linesLeftOut = m_leftOut;
        m_isPosted = !m_waiting.isEmpty();
        if (m_isPosted) {
            post();
        }
    }
    // Without an entry there is nothing to find: the file is what matters, and it is written.
    return m_log.id == 0 ? base::Result<void>() : tables::addLines(transaction, m_log, batches);
}

} // namespace archive
