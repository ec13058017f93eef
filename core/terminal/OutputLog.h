// OutputLog: what a terminal shows, written into a file while it goes on. Only output is ever
// written, never what is typed: a password that is not shown does not appear.
//
// The file is made anew and is its owner's alone (mode 0600). A thread of the pool writes, so that
// a slow disk stops nobody; one that does not keep up at all ends the log.

#pragma once

#include "base/Result.h"
#include "terminal/Cast.h"
#include "terminal/PlainLog.h"

#include <QElapsedTimer>
#include <QSize>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace terminal {

class OutputLog final
{
public:
    enum class Form {
        Plain, // lines of text
        Timed, // the same, each with the date and time of its end before it
        Cast, // asciicast v2: for a player to show it again at the same pace
        Raw, // all bytes as they came, for a terminal to show them again
    };

    // Makes the file. AlreadyExists: what stands there was not touched. The title is for a Cast.
    static base::Result<std::unique_ptr<OutputLog>> create(const QString &path, Form form,
                                                           QSize cells = usualCells,
                                                           const QString &title = {});

    static constexpr QSize usualCells{80, 24};

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

    OutputLog(QString path, Form form, int descriptor);

    QString m_path;
    Form m_form;
    QByteArray form(const QByteArray &raw, const QByteArray &shown);
    QByteArray timed(const QByteArray &lines) const;
    std::chrono::microseconds elapsed() const;

    PlainLog m_lines;
    CastWriter m_cast;
    QElapsedTimer m_clock;
    std::shared_ptr<Sink> m_sink; // shared with the task that writes
};

} // namespace terminal
