#include "log/LogBook.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace logging {
namespace {

// Qt calls a function without any object of ours.
std::shared_ptr<SessionLog> capturing; // the program's
QtMessageHandler before = nullptr;

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    default:
        return LogLevel::Error;
    }
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (capturing) {
        const QString category = QString::fromLatin1(context.category);
        capturing->append(levelOf(type),
                          category == QStringLiteral("default") ? QString() : category, message);
    }
    if (before != nullptr) {
        before(type, context, message);
    }
}

} // namespace

LogBook::LogBook(LogLevel level)
    : m_level(level)
    , m_program(std::make_shared<SessionLog>(QStringLiteral("Ponto"), level))
{
}

// Those that nobody uses any more make room: settings are asked for without a connection too.
std::shared_ptr<SessionLog> LogBook::open(const QString &title)
{
    const auto isOver = [](const std::shared_ptr<SessionLog> &log) { return log.use_count() == 1; };
    erase_if(m_logs, [&](const auto &log) { return isOver(log) && log->lastNumber() == 0; });
    qsizetype ended = std::ranges::count_if(m_logs, isOver);
    erase_if(m_logs, [&](const auto &log) { return isOver(log) && ended-- > mostEnded; });
    m_logs.append(std::make_shared<SessionLog>(title, m_level));
    return m_logs.last();
}

QList<std::shared_ptr<SessionLog>> LogBook::logs() const
{
    QList<std::shared_ptr<SessionLog>> result{m_program};
    std::ranges::copy_if(m_logs.crbegin(), m_logs.crend(), std::back_inserter(result),
                         [](const auto &log) { return log->lastNumber() > 0; });
    return result;
}

MessageCapture::MessageCapture(std::shared_ptr<SessionLog> log)
{
    capturing = std::move(log);
    before = qInstallMessageHandler(handleMessage);
}

MessageCapture::~MessageCapture()
{
    qInstallMessageHandler(before);
    before = nullptr;
    capturing.reset();
}

} // namespace logging
