// OutputLog: what a terminal shows, written into a file while it goes on. Only output is ever
// written, never what is typed: a password that is not shown does not appear.
//
// The file is made anew, is its owner's alone (mode 0600) and locked (flock(2)) while it is
// written. A thread of the pool makes the lines and writes, so that neither work nor a slow disk
// stops anybody; one that does not keep up at all ends the log.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QSize>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace terminal {

// Who reads a log along, whatever its form: called on a thread of the pool, one call after the
// other.
struct OutputReader
{
    // Complete lines of text, each with its "\n", that ended so long after the beginning.
    std::function<void(const QByteArray &lines, std::chrono::milliseconds when)> lines;
    std::function<void()> ended; // the last call: all is in the file, or never will be
};

struct OutputLogOptions
{
    QSize cells{80, 24}; // for a Cast, as the title
    QString title = {};
    qint64 mostBytes = 0; // of the file, which ends the log then; 0: no limit
    OutputReader reader = {};
};

class OutputLog final
{
public:
    enum class Form {
        Plain, // lines of text
        Timed, // the same, each with the date and time of its end before it
        Cast, // asciicast v2: for a player to show it again at the same pace
        Raw, // all bytes as they came, for a terminal to show them again
    };

    using Options = OutputLogOptions;

    static constexpr QSize usualCells{80, 24};

    // Makes the file. AlreadyExists: what stands there was not touched.
    static base::Result<std::unique_ptr<OutputLog>> create(const QString &path, Form form,
                                                           Options options = {});

    // What is still to be written is written without waiting for it.
    ~OutputLog();
    Q_DISABLE_COPY_MOVE(OutputLog)

    const QString &path() const { return m_path; }

    // The bytes as they came, and what the filter made of them. Fails if those before could not be
    // written; then the log is of no use any more.
    [[nodiscard]] base::Result<void> write(const QByteArray &raw, const QByteArray &shown);

    // The terminal has another size from now on, in cells.
    void noteSize(QSize cells);

private:
    class Sink;

    OutputLog(QString path, std::shared_ptr<Sink> sink);
    std::chrono::microseconds elapsed() const;

    QString m_path;
    QElapsedTimer m_clock;
    std::shared_ptr<Sink> m_sink; // shared with the task that writes
};

} // namespace terminal
