#include "terminal/OutputLog.h"

#include "base/UniqueFd.h"

#include <QFile>
#include <QThreadPool>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <deque>
#include <mutex>
#include <utility>

namespace terminal {
namespace {

constexpr qsizetype mostBacklog = qsizetype{64} * 1024 * 1024;

// 0, or what errno says.
int writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written
            = ::write(descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

// The file and what waits for it. Both threads use it.
class OutputLog::Sink : public std::enable_shared_from_this<Sink>
{
public:
    explicit Sink(int descriptor)
        : m_file(descriptor)
    {
    }

    // 0, or what errno said for something earlier.
    int add(const QByteArray &bytes)
    {
        const std::lock_guard lock(m_mutex);
        if (m_error == 0 && m_backlog + bytes.size() > mostBacklog) {
            m_error = ETIMEDOUT;
        }
        if (m_error == 0 && !bytes.isEmpty()) {
            m_backlog += bytes.size();
            m_waiting.push_back(bytes);
            if (!std::exchange(m_isWriting, true)) {
                QThreadPool::globalInstance()->start([self = shared_from_this()] { self->work(); });
            }
        }
        return m_error;
    }

private:
    void work()
    {
        std::unique_lock lock(m_mutex);
        while (!m_waiting.empty() && m_error == 0) {
            const QByteArray bytes = std::move(m_waiting.front());
            m_waiting.pop_front();
            lock.unlock();
            const int error = writeAll(m_file.get(), bytes);
            lock.lock();
            m_backlog -= bytes.size();
            m_error = error;
        }
        m_isWriting = false;
    }

    base::UniqueFd m_file;
    std::mutex m_mutex; // for all below
    std::deque<QByteArray> m_waiting;
    qsizetype m_backlog = 0; // bytes
    int m_error = 0;
    bool m_isWriting = false;
};

OutputLog::OutputLog(QString path, Form form, int descriptor)
    : m_path(std::move(path))
    , m_form(form)
    , m_sink(std::make_shared<Sink>(descriptor))
{
}

base::Result<std::unique_ptr<OutputLog>> OutputLog::create(const QString &path, Form form)
{
    constexpr mode_t ownersAlone = S_IRUSR | S_IWUSR;
    const int descriptor
        = ::open(QFile::encodeName(path).constData(),
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ownersAlone);
    if (descriptor < 0) {
        return base::Failure(base::Error::fromErrno(errno, QStringLiteral("create"), path));
    }
    return std::unique_ptr<OutputLog>(new OutputLog(path, form, descriptor));
}

OutputLog::~OutputLog()
{
    m_sink->add(m_lines.takeRest());
}

base::Result<void> OutputLog::write(const QByteArray &raw, const QByteArray &shown)
{
    const int error = m_sink->add(m_form == Form::Raw ? raw : m_lines.take(shown));
    if (error != 0) {
        return base::Failure(base::Error::fromErrno(error, QStringLiteral("write"), m_path));
    }
    return {};
}

} // namespace terminal
