#include "log/SessionLog.h"

#include "base/DisplayText.h"

#include <QMutexLocker>

#include <array>
#include <cerrno>
#include <utility>

namespace logging {
namespace {

constexpr qsizetype longestLine = 4'000; // characters

} // namespace

QString nameOf(LogLevel level)
{
    static constexpr std::array names{"error", "warning", "info", "debug", "trace"};
    return QString::fromLatin1(names.at(static_cast<size_t>(level)));
}

QString toText(const LogLine &line)
{
    const QString head = line.when.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")) + u' '
        + nameOf(line.level).leftJustified(7) + QStringLiteral("  ");
    return head + (line.source.isEmpty() ? QString() : line.source + QStringLiteral(": "))
        + line.text;
}

SessionLog::SessionLog(QString title, LogLevel level)
    : m_title(std::move(title))
    , m_level(level)
{
}

void SessionLog::append(LogLevel level, const QString &source, const QString &text)
{
    if (!wants(level)) {
        return;
    }
    const QDateTime now = QDateTime::currentDateTime();
    const QMutexLocker locker(&m_lock);
    // As a whole: a private key has many lines.
    const QString redacted = m_redaction.applied(text);
    for (const QStringView part : QStringView(redacted).split(u'\n', Qt::SkipEmptyParts)) {
        LogLine line{++m_lastNumber, now, level, base::displayText(source),
                     base::displayText(part.first(std::min(part.size(), longestLine)))};
        if (m_file) {
            m_file->write(toText(line).toUtf8() + '\n');
        }
        m_lines.push_back(std::move(line));
    }
    while (std::ssize(m_lines) > mostLines) {
        m_lines.pop_front();
    }
    if (m_file) {
        m_file->flush();
    }
}

void SessionLog::addSecret(const base::SecretString &secret)
{
    const QMutexLocker locker(&m_lock);
    m_redaction.add(secret);
}

void SessionLog::forgetSecrets()
{
    const QMutexLocker locker(&m_lock);
    m_redaction.forget();
}

base::Result<void> SessionLog::writeTo(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    errno = 0;
    const bool isOpen = file->open(QIODevice::WriteOnly | QIODevice::Append,
                                   QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!isOpen) {
        return base::Failure(base::Error::fromErrno(errno != 0 ? errno : EIO,
                                                    QStringLiteral("write the log to"), path));
    }
    const QMutexLocker locker(&m_lock);
    m_file = std::move(file);
    return {};
}

QList<LogLine> SessionLog::linesAfter(quint64 number) const
{
    const QMutexLocker locker(&m_lock);
    QList<LogLine> lines;
    for (auto line = m_lines.crbegin(); line != m_lines.crend() && line->number > number; ++line) {
        lines.prepend(*line);
    }
    return lines;
}

quint64 SessionLog::lastNumber() const
{
    const QMutexLocker locker(&m_lock);
    return m_lastNumber;
}

void SessionLog::clear()
{
    const QMutexLocker locker(&m_lock);
    m_lines.clear();
}

} // namespace logging
