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
    m_clock.start();
}

base::Result<std::unique_ptr<OutputLog>> OutputLog::create(const QString &path, Form form,
                                                           QSize cells, const QString &title)
{
    constexpr mode_t ownersAlone = S_IRUSR | S_IWUSR;
    const int descriptor
        = ::open(QFile::encodeName(path).constData(),
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ownersAlone);
    if (descriptor < 0) {
        return base::Failure(base::Error::fromErrno(errno, QStringLiteral("create"), path));
    }
    std::unique_ptr<OutputLog> log(new OutputLog(path, form, descriptor));
    if (form == Form::Cast) {
        log->m_sink->add(CastWriter::header({.columns = cells.width(),
                                             .rows = cells.height(),
                                             .start = QDateTime::currentDateTime(),
                                             .title = title}));
    }
    return log;
}

OutputLog::~OutputLog()
{
    const QByteArray rest = m_lines.takeRest();
    m_sink->add(m_form == Form::Timed ? timed(rest) : rest);
}

std::chrono::microseconds OutputLog::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(m_clock.durationElapsed());
}

QByteArray OutputLog::timed(const QByteArray &lines) const
{
    if (lines.isEmpty()) {
        return {};
    }
    const QByteArray time = QDateTime::currentDateTime()
                                .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz  "))
                                .toLatin1();
    QByteArray out = time + lines.chopped(1);
    out.replace("\n", "\n" + time);
    return out + '\n';
}

QByteArray OutputLog::form(const QByteArray &raw, const QByteArray &shown)
{
    switch (m_form) {
    case Form::Plain:
        return m_lines.take(shown);
    case Form::Timed:
        return timed(m_lines.take(shown));
    case Form::Cast:
        return m_cast.output(elapsed(), raw);
    case Form::Raw:
        break;
    }
    return raw;
}

void OutputLog::noteSize(QSize cells)
{
    if (m_form == Form::Cast) {
        m_sink->add(m_cast.resize(elapsed(), cells.width(), cells.height()));
    }
}

base::Result<void> OutputLog::write(const QByteArray &raw, const QByteArray &shown)
{
    const int error = m_sink->add(form(raw, shown));
    if (error != 0) {
        return base::Failure(base::Error::fromErrno(error, QStringLiteral("write"), m_path));
    }
    return {};
}

} // namespace terminal
