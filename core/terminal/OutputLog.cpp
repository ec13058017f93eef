#include "terminal/OutputLog.h"

#include "base/UniqueFd.h"
#include "terminal/OutputForm.h"

#include <QDateTime>
#include <QFile>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/file.h>
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
    Sink(base::UniqueFd file, Form form, Options options)
        : m_file(std::move(file))
        , m_form(form,
                 options.reader.lines ? OutputForm::Lines::Always : OutputForm::Lines::IfInFile)
        , m_options(std::move(options))
    {
    }

    // 0, or what errno said for something earlier.
    int add(OutputPiece piece)
    {
        const std::lock_guard lock(m_mutex);
        const qsizetype size = piece.raw.size();
        if (m_error == 0 && m_backlog + size > mostBacklog) {
            m_error = ETIMEDOUT;
        }
        const bool isEnd = piece.kind == OutputPiece::Kind::End;
        if (m_error == 0 || isEnd) {
            m_backlog += size;
            m_waiting.push_back(std::move(piece));
            if (!std::exchange(m_isWorking, true)) {
                QThreadPool::globalInstance()->start([self = shared_from_this()] { self->work(); });
            }
        }
        return m_error;
    }

private:
    void work()
    {
        std::unique_lock lock(m_mutex);
        while (!m_waiting.empty()) {
            const OutputPiece piece = std::move(m_waiting.front());
            m_waiting.pop_front();
            const bool isLost = m_error != 0;
            lock.unlock();
            const int error = isLost ? 0 : put(piece);
            if (piece.kind == OutputPiece::Kind::End && m_options.reader.ended) {
                m_options.reader.ended();
            }
            lock.lock();
            m_backlog -= piece.raw.size();
            if (m_error == 0) {
                m_error = error;
            }
        }
        m_isWorking = false;
    }

    // On the pool's thread, one piece at a time.
    int put(const OutputPiece &piece)
    {
        const OutputForm::Made made = m_form.make(piece);
        if (m_options.mostBytes > 0 && m_written + made.file.size() > m_options.mostBytes) {
            return EFBIG;
        }
        const int error = writeAll(m_file.get(), made.file);
        m_written += made.file.size();
        if (error == 0 && !made.lines.isEmpty() && m_options.reader.lines) {
            m_options.reader.lines(
                made.lines, std::chrono::floor<std::chrono::milliseconds>(piece.sinceBeginning));
        }
        return error;
    }

    const base::UniqueFd m_file;
    OutputForm m_form; // this and the next for the one who works
    qint64 m_written = 0; // bytes
    const Options m_options;
    std::mutex m_mutex; // for all below
    std::deque<OutputPiece> m_waiting;
    qsizetype m_backlog = 0; // bytes
    int m_error = 0;
    bool m_isWorking = false;
};

OutputLog::OutputLog(QString path, std::shared_ptr<Sink> sink)
    : m_path(std::move(path))
    , m_sink(std::move(sink))
{
    m_clock.start();
}

base::Result<std::unique_ptr<OutputLog>> OutputLog::create(const QString &path, Form form,
                                                           Options options)
{
    constexpr mode_t ownersAlone = S_IRUSR | S_IWUSR;
    base::UniqueFd file(::open(QFile::encodeName(path).constData(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ownersAlone));
    if (!file.isValid()) {
        return base::Failure(base::Error::fromErrno(errno, QStringLiteral("create"), path));
    }
    // Where there are no locks, nobody deletes it but by hand.
    static_cast<void>(::flock(file.get(), LOCK_EX | LOCK_NB));
    const QByteArray header = form == Form::Cast
        ? CastWriter::header({.columns = options.cells.width(),
                              .rows = options.cells.height(),
                              .start = QDateTime::currentDateTime(),
                              .title = options.title})
        : QByteArray();
    auto sink = std::make_shared<Sink>(std::move(file), form, std::move(options));
    if (!header.isEmpty()) {
        sink->add({.kind = OutputPiece::Kind::Header, .raw = header});
    }
    return std::unique_ptr<OutputLog>(new OutputLog(path, std::move(sink)));
}

OutputLog::~OutputLog()
{
    m_sink->add({.kind = OutputPiece::Kind::End,
                 .sinceBeginning = elapsed(),
                 .when = QDateTime::currentDateTime()});
}

std::chrono::microseconds OutputLog::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(m_clock.durationElapsed());
}

void OutputLog::noteSize(QSize cells)
{
    m_sink->add({.kind = OutputPiece::Kind::Resize, .cells = cells, .sinceBeginning = elapsed()});
}

base::Result<void> OutputLog::write(const QByteArray &raw, const QByteArray &shown)
{
    const int error = m_sink->add({.raw = raw,
                                   .shown = shown,
                                   .sinceBeginning = elapsed(),
                                   .when = QDateTime::currentDateTime()});
    if (error != 0) {
        return base::Failure(base::Error::fromErrno(error, QStringLiteral("write"), m_path));
    }
    return {};
}

} // namespace terminal
