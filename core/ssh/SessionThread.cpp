#include "ssh/SessionThread.h"

#include "ssh/SessionWorker.h"

#include <QList>

#include <mutex>
#include <vector>

namespace ssh {
namespace {

using namespace std::chrono_literals;

// Keeps threads that were told to end. Process-wide, because its purpose is to outlive every owner.
class Reaper
{
public:
    ~Reaper()
    {
        for (std::unique_ptr<QThread> &thread : m_threads) {
            if (!thread->wait(QDeadlineTimer(3s))) {
                // Stuck inside a system call: the process is ending, and that ends the thread too.
                static_cast<void>(thread.release());
            }
        }
    }

    void take(std::unique_ptr<QThread> thread)
    {
        const std::scoped_lock lock(m_mutex);
        std::erase_if(m_threads, [](const auto &kept) { return kept->isFinished(); });
        m_threads.push_back(std::move(thread));
    }

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<QThread>> m_threads;
};

Reaper &reaper()
{
    static Reaper instance;
    return instance;
}

} // namespace

SessionThread::SessionThread(ConnectionSettings settings, std::optional<LoginMemory> memory)
    : m_thread(std::make_unique<QThread>())
    , m_worker(new SessionWorker(std::move(settings), std::move(memory)))
{
    reaper(); // is made before the thread, hence destroyed after whatever the thread made
    m_thread->setObjectName(QStringLiteral("ssh"));
    m_worker->moveToThread(m_thread.get());
    QObject::connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
}

SessionThread::~SessionThread()
{
    post([](SessionWorker &worker) { worker.abort(); });
    m_thread->quit();
    reaper().take(std::move(m_thread));
}

void SessionThread::post(Task task)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, task = std::move(task)]() mutable { task(*worker); },
        Qt::QueuedConnection);
}

} // namespace ssh
