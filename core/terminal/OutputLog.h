// OutputLog: what a terminal shows, written into a file while it goes on. Only output is ever
// written, never what is typed: a password that is not shown does not appear.
//
// The file is made anew and is its owner's alone (mode 0600). A thread of the pool writes, so that
// a slow disk stops nobody; one that does not keep up at all ends the log.

#pragma once

#include "base/Result.h"
#include "terminal/PlainLog.h"

#include <QString>

#include <memory>
#include <optional>

namespace terminal {

class OutputLog final
{
public:
    enum class Form {
        Plain, // lines of text
        Raw, // all bytes as they came, for a terminal to show them again
    };

    // Makes the file. AlreadyExists: what stands there was not touched.
    static base::Result<std::unique_ptr<OutputLog>> create(const QString &path, Form form);

    // What is still to be written is written without waiting for it.
    ~OutputLog();
    Q_DISABLE_COPY_MOVE(OutputLog)

    const QString &path() const { return m_path; }

    // The bytes as they came, and what the filter made of them. Fails if those before could not be
    // written; then the log is of no use any more.
    [[nodiscard]] base::Result<void> write(const QByteArray &raw, const QByteArray &shown);

private:
    class Sink;

    OutputLog(QString path, Form form, int descriptor);

    QString m_path;
    Form m_form;
    PlainLog m_lines;
    std::shared_ptr<Sink> m_sink; // shared with the task that writes
};

} // namespace terminal
