// LogBook: the logs of the program and of its connections: those that live, and the last ones of
// those that have ended.

#pragma once

#include "log/SessionLog.h"

#include <QList>
#include <QString>

#include <memory>

namespace logging {

class LogBook
{
public:
    static constexpr qsizetype mostEnded = 100;

    explicit LogBook(LogLevel level = LogLevel::Info);

    // Of the program itself.
    const std::shared_ptr<SessionLog> &program() const { return m_program; }

    // For a connection that is about to be made. Shared by it, its jump hosts and whoever shows it.
    std::shared_ptr<SessionLog> open(const QString &title);

    // Those that hold something, the program's first, then the newest first.
    QList<std::shared_ptr<SessionLog>> logs() const;

private:
    LogLevel m_level;
    std::shared_ptr<SessionLog> m_program;
    QList<std::shared_ptr<SessionLog>> m_logs; // the newest last
};

// While it exists, what Qt and Ponto have to say with qWarning() and its like goes into the log,
// and to standard error as before.
class MessageCapture
{
public:
    explicit MessageCapture(std::shared_ptr<SessionLog> log);
    ~MessageCapture();
    Q_DISABLE_COPY_MOVE(MessageCapture)
};

} // namespace logging
