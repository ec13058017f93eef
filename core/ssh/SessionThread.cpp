#include "ssh/SessionThread.h"

#include "ssh/SessionWorker.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <pthread.h>

#include <csignal>
#include <mutex>
#include <vector>

namespace ssh {
namespace {

using namespace std::chrono_literals;

// Keeps threads that were told to end. Process-wide, because its purpose is to outlive every owner.
class Reaper
{
public:
    // `interruption` is used by the thread until its end.
    void take(std::unique_ptr<QThread> thread, std::unique_ptr<Interruption> interruption)
    {
        const std::scoped_lock lock(m_mutex);
        std::erase_if(m_endings, [](const Ending &ending) { return ending.thread->isFinished(); });
        m_endings.push_back({std::move(interruption), std::move(thread)});
    }

    void join()
    {
        const std::scoped_lock lock(m_mutex);
        for (Ending &ending : m_endings) {
            if (!ending.thread->wait(QDeadlineTimer(3s))) {
                // Stuck inside a system call: the process is ending, and that ends the thread too.
                // NOLINTBEGIN(bugprone-unused-return-value): leaked, for the thread uses them
                static_cast<void>(ending.interruption.release());
                static_cast<void>(ending.thread.release());
                // NOLINTEND(bugprone-unused-return-value)
            }
        }
        m_endings.clear();
    }

private:
    struct Ending
    {
        std::unique_ptr<Interruption> interruption;
        std::unique_ptr<QThread> thread;
    };

    std::mutex m_mutex;
    std::vector<Ending> m_endings;
};

// Its threads end before the application object does: without that object Qt delivers no events,
// and a worker that still waits for its deferred delete would leave its session behind.
Reaper &reaper()
{
    static Reaper instance;
    static std::once_flag isArranged;
    std::call_once(isArranged, [] { qAddPostRoutine([] { instance.join(); }); });
    return instance;
}

// libssh writes to the agent's socket without MSG_NOSIGNAL: an agent that goes away would end the
// program.
void blockBrokenPipeSignal()
{
    sigset_t brokenPipe;
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr);
}

} // namespace

SessionThread::SessionThread(ConnectionSettings settings, std::optional<LoginMemory> memory)
    : m_interruption(std::make_unique<Interruption>())
    , m_thread(std::make_unique<QThread>())
    , m_worker(new SessionWorker(std::move(settings), std::move(memory), *m_interruption))
{
    m_thread->setObjectName(QStringLiteral("ssh"));
    m_worker->moveToThread(m_thread.get());
    QObject::connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
    post([](SessionWorker &) { blockBrokenPipeSignal(); });
}

SessionThread::~SessionThread()
{
    m_interruption->interrupt();
    // The event loop ends after it, because what is torn down may still have to be deleted later.
    post([](SessionWorker &worker) {
        worker.abort();
        QThread::currentThread()->quit();
    });
    reaper().take(std::move(m_thread), std::move(m_interruption));
}

void SessionThread::post(Task task)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, task = std::move(task)]() mutable { task(*worker); },
        Qt::QueuedConnection);
}

} // namespace ssh
