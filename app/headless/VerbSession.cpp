#include "app/headless/VerbSession.h"

#include "app/headless/NoticeText.h"
#include "app/headless/Report.h"
#include "base/Recovery.h"
#include "ui/errors/ErrorText.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace app {
namespace {

using namespace std::chrono_literals;

// 1, 2, 4, 8 seconds and so on; `retry` counts from 0.
std::chrono::seconds delayBefore(int retry)
{
    constexpr int doublings = 6; // then the longest is reached
    return std::min<std::chrono::seconds>(60s, 1s * (1 << std::clamp(retry, 0, doublings)));
}

} // namespace

VerbSession::VerbSession(ssh::ConnectionSettings settings)
    : m_connection(std::make_unique<ssh::Connection>(std::move(settings)))
{
    connect(&m_prompter, &TerminalPrompter::failed, this,
            [](const QString &sentence) { report(sentence); });
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        m_connection = ssh::Connection::openTwin(m_connection->settings(), m_memory);
        follow();
    });
    follow();
}

void VerbSession::follow()
{
    using ssh::Connection;
    const Connection *connection = m_connection.get();
    connect(connection, &Connection::stateChanged, this, &VerbSession::handleState);
    connect(connection, &Connection::closed, this, &VerbSession::handleClosed);
    connect(connection, &Connection::noticed, this, [](const ssh::Notice &notice) {
        if (isWorthTelling(notice)) {
            report(noticeText(notice));
        }
    });
    connect(connection, &Connection::hostKeyRefused, this,
            [](const ssh::HostKeyRefusal &refusal) { report(refusalText(refusal)); });
    connect(connection, &Connection::agentWaitChanged, this,
            [](const std::optional<ssh::AgentWait> &wait) {
                if (wait && wait->needsTouch) {
                    report(agentWaitText(*wait));
                }
            });
    connect(connection, &Connection::promptRaised, &m_prompter, &TerminalPrompter::ask);
    connect(connection, &Connection::promptWithdrawn, &m_prompter, &TerminalPrompter::withdraw);
    connect(&m_prompter, &TerminalPrompter::answered, m_connection.get(), &Connection::answer);
}

void VerbSession::open()
{
    m_connection->open();
}

void VerbSession::useStoredSecrets(vault::Vault &vault)
{
    m_prompter.useStoredSecrets(vault);
}

void VerbSession::dismiss()
{
    m_connection->disconnect(this);
}

void VerbSession::setRetries(int count)
{
    m_mostRetries = count;
    m_retries = 0;
}

void VerbSession::reconnect(const base::Error &reason)
{
    if (m_pause.isActive()) {
        return; // another sign of the same loss
    }
    m_connection->disconnect(this);
    handleClosed(base::Failure(reason));
}

bool VerbSession::mayRetry(const base::Error &reason) const
{
    return m_retries < m_mostRetries && base::mayHeal(reason) && m_memory.isEnough();
}

void VerbSession::retryLater(const base::Error &reason)
{
    const std::chrono::seconds delay = delayBefore(m_retries);
    ++m_retries;
    base::Error loss = reason;
    if (loss.subject.isEmpty()) {
        loss.subject = m_connection->settings().host;
    }
    emit lost();
    const ui::ErrorText text = ui::errorText(loss);
    report(QStringLiteral("%1. %2 Trying again in %3 s (%4 of %5).")
               .arg(text.what, text.why)
               .arg(delay.count())
               .arg(m_retries)
               .arg(m_mostRetries));
    m_pause.start(delay);
}

void VerbSession::handleState(ssh::Connection::State state)
{
    if (state == ssh::Connection::State::Ready) {
        m_memory = m_connection->memory();
        reportTrace();
        emit ready();
    }
}

void VerbSession::handleClosed(const base::Result<void> &reason)
{
    if (!reason && mayRetry(reason.error())) {
        retryLater(reason.error());
        return;
    }
    if (!reason && reason.error().kind != base::ErrorKind::Cancelled) {
        reportTrace();
        report(reason.error(), m_connection->info().loginTrace);
    }
    emit failed();
}

void VerbSession::reportTrace()
{
    const bool isWanted = m_connection->settings().logLevel >= ssh::LogLevel::Debug;
    if (isWanted && !std::exchange(m_hasToldTrace, true)) {
        report(m_connection->info().loginTrace);
    }
}

} // namespace app
