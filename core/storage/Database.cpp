#include "storage/Database.h"

#include <QDeadlineTimer>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace storage {
namespace {

// Longer than another program may keep the file locked.
constexpr std::chrono::seconds longestEnd{20};

} // namespace

Database::Database(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_thread(std::make_unique<QThread>())
    , m_worker(new QObject)
    , m_file(std::make_unique<DatabaseFile>(path, [this](const QString &newPath) {
        // In the owner's turn: who is made together with this has connected by then.
        QMetaObject::invokeMethod(
            this, [this, newPath] { emit brokenFileSetAside(newPath); }, Qt::QueuedConnection);
    }))
{
    m_thread->setObjectName(u"storage"_s);
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
}

Database::~Database()
{
    // Closed where it was opened: Qt's connections belong to a thread.
    QMetaObject::invokeMethod(
        m_worker,
        [file = std::move(m_file)]() mutable {
            file.reset();
            QThread::currentThread()->quit();
        },
        Qt::QueuedConnection);
    if (!m_thread->wait(QDeadlineTimer(longestEnd))) {
        // Stuck inside a system call: the process is ending, and that ends the thread too.
        // NOLINTNEXTLINE(bugprone-unused-return-value): leaked, for the thread uses it
        static_cast<void>(m_thread.release());
    }
}

QString Database::standardPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation)
        + u"/ponto/ponto.sqlite"_s;
}

void Database::post(Task task)
{
    QMetaObject::invokeMethod(
        m_worker, [file = m_file.get(), task = std::move(task)]() mutable { task(*file); },
        Qt::QueuedConnection);
}

} // namespace storage
