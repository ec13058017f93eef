// SessionLog: what has been told about one connection, or about the program: the last lines of it,
// without secrets. Written from any thread and read from any; that takes a lock.

#pragma once

#include "base/Result.h"
#include "log/LogLevel.h"
#include "log/Redaction.h"

#include <QDateTime>
#include <QFile>
#include <QList>
#include <QMutex>
#include <QString>

#include <atomic>
#include <deque>
#include <memory>

namespace logging {

struct LogLine
{
    quint64 number = 0; // from 1
    QDateTime when;
    LogLevel level = LogLevel::Info;
    QString source; // who tells it: "libssh", "connection"; may be empty
    QString text; // one line, safe to show
};

// "2026-03-01 12:30:15.123 warning  libssh  text"
QString toText(const LogLine &line);

// "error", "warning", "info", "debug" or "trace": as --log-level has it.
QString nameOf(LogLevel level);

class SessionLog
{
public:
    static constexpr qsizetype mostLines = 20'000;

    explicit SessionLog(QString title, LogLevel level = LogLevel::Info);

    const QString &title() const { return m_title; } // foreign perhaps

    LogLevel level() const { return m_level.load(std::memory_order_relaxed); }
    void setLevel(LogLevel level) { m_level.store(level, std::memory_order_relaxed); }
    bool wants(LogLevel level) const { return level <= this->level(); }

    // Each line of `text`, which may be foreign, unless there is no wish for that level. Without
    // its secrets: from here on nobody can get at them.
    void append(LogLevel level, const QString &source, const QString &text);

    // From now on taken out of all that is appended.
    void addSecret(const base::SecretString &secret);
    void forgetSecrets(); // the login is over

    // All that is appended from now on goes to the end of this file as well, which others cannot
    // read if it is made for that.
    base::Result<void> writeTo(const QString &path);

    // Those behind that number, as far as they are still there.
    QList<LogLine> linesAfter(quint64 number) const;
    quint64 lastNumber() const; // 0: nothing yet

    void clear();

private:
    const QString m_title;
    std::atomic<LogLevel> m_level;
    mutable QMutex m_lock; // for what stands below
    Redaction m_redaction;
    std::deque<LogLine> m_lines;
    quint64 m_lastNumber = 0;
    std::unique_ptr<QFile> m_file;
};

} // namespace logging
