#include "app/headless/VerbSession.h"

#include "app/headless/NoticeText.h"
#include "app/headless/Report.h"

#include <utility>

namespace app {

VerbSession::VerbSession(ssh::ConnectionSettings settings)
    : m_connection(std::move(settings))
{
    using ssh::Connection;
    connect(&m_connection, &Connection::stateChanged, this, &VerbSession::handleState);
    connect(&m_connection, &Connection::closed, this, &VerbSession::handleClosed);
    connect(&m_connection, &Connection::noticed, this,
            [](const ssh::Notice &notice) { report(noticeText(notice)); });
    connect(&m_connection, &Connection::hostKeyRefused, this,
            [](const ssh::HostKeyRefusal &refusal) { report(refusalText(refusal)); });
    connect(&m_connection, &Connection::agentWaitChanged, this,
            [](const std::optional<ssh::AgentWait> &wait) {
                if (wait && wait->needsTouch) {
                    report(agentWaitText(*wait));
                }
            });
    connect(&m_connection, &Connection::promptRaised, &m_prompter, &TerminalPrompter::ask);
    connect(&m_connection, &Connection::promptWithdrawn, &m_prompter, &TerminalPrompter::withdraw);
    connect(&m_prompter, &TerminalPrompter::answered, &m_connection, &Connection::answer);
    connect(&m_prompter, &TerminalPrompter::failed, this,
            [](const QString &sentence) { report(sentence); });
}

void VerbSession::open()
{
    m_connection.open();
}

void VerbSession::useStoredSecrets(vault::Vault &vault)
{
    m_prompter.useStoredSecrets(vault);
}

void VerbSession::dismiss()
{
    m_connection.disconnect(this);
}

void VerbSession::handleState(ssh::Connection::State state)
{
    if (state == ssh::Connection::State::Ready) {
        reportTrace();
        emit ready();
    }
}

void VerbSession::handleClosed(const base::Result<void> &reason)
{
    if (!reason && reason.error().kind != base::ErrorKind::Cancelled) {
        reportTrace();
        report(reason.error(), m_connection.info().loginTrace);
    }
    emit failed();
}

void VerbSession::reportTrace()
{
    const bool isWanted = m_connection.settings().logLevel >= ssh::LogLevel::Debug;
    if (isWanted && !std::exchange(m_hasToldTrace, true)) {
        report(m_connection.info().loginTrace);
    }
}

} // namespace app
