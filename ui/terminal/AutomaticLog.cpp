#include "ui/terminal/AutomaticLog.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"
#include "ui/terminal/TerminalBridge.h"

#include <cerrno>
#include <utility>

namespace ui {
namespace {

// As OutputLog says that it has reached its limit.
bool isFileTooLarge(const base::Error &error)
{
    return error.source == base::ErrorSource::Local && error.code == EFBIG;
}

} // namespace

AutomaticLog::AutomaticLog(TerminalBridge &bridge, QObject *parent)
    : QObject(parent)
{
    connect(&bridge, &TerminalBridge::outputReceived, this, &AutomaticLog::write);
}

AutomaticLog::~AutomaticLog() = default;

QString AutomaticLog::path() const
{
    return m_log == nullptr ? QString() : m_log->path();
}

void AutomaticLog::begin()
{
    end();
    m_isWaiting = m_starter != nullptr;
}

void AutomaticLog::end()
{
    m_isWaiting = false;
    if (std::exchange(m_log, nullptr) != nullptr) {
        emit changed();
    }
}

void AutomaticLog::setSize(QSize cells)
{
    if (cells != m_size && m_log != nullptr) {
        m_log->noteSize(cells);
    }
    m_size = cells;
}

void AutomaticLog::start()
{
    m_isWaiting = false;
    auto begun = m_starter(m_size);
    if (!begun) {
        emit failed(tr("The output of this terminal is not logged: %1 See Logs in the settings.")
                        .arg(errorText(begun.error()).why));
    } else if (*begun != nullptr) {
        m_log = std::move(*begun);
        emit changed();
    }
}

void AutomaticLog::write(const QByteArray &raw, const QByteArray &shown)
{
    if (m_isWaiting) {
        start();
    }
    if (m_log == nullptr) {
        return;
    }
    if (const auto written = m_log->write(raw, shown); !written) {
        stopAfter(written.error());
    }
}

void AutomaticLog::stopAfter(const base::Error &error)
{
    const QString name = base::displayText(m_log->path());
    end();
    emit failed(
        isFileTooLarge(error)
            ? tr("The log %1 has reached the size that logs may have, and has ended. A new "
                 "shell begins another one.")
                  .arg(name)
            : tr("The output is no longer logged in %1: %2").arg(name, errorText(error).why));
}

} // namespace ui
