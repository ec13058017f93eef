#include "app/headless/BatchVerb.h"

#include "app/headless/NoticeText.h"
#include "app/headless/Report.h"
#include "base/DisplayText.h"
#include "ui/errors/HostOutcomeText.h"

#include <cerrno>
#include <csignal>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {

using commands::CommandBatch;
using commands::HostOutcome;

BatchVerb::BatchVerb(commands::BatchOrder order, CommandBatch::Resolve resolve,
                     commands::OutcomeFormat format)
    : m_batch(std::move(order), std::move(resolve))
    , m_writer(format)
{
    connect(&m_prompts, &ssh::PromptQueue::asked, &m_prompter, &TerminalPrompter::ask);
    connect(&m_prompts, &ssh::PromptQueue::withdrawn, &m_prompter, &TerminalPrompter::withdraw);
    connect(&m_prompter, &TerminalPrompter::answered, &m_prompts, &ssh::PromptQueue::answer);
    connect(&m_prompter, &TerminalPrompter::failed, this,
            [](const QString &sentence) { report(sentence); });
    connect(&m_batch, &CommandBatch::hostBegun, this,
            [this](CommandBatch::Index host, ssh::Connection *connection) {
                follow(host, *connection);
            });
    connect(&m_batch, &CommandBatch::hostFinished, this, &BatchVerb::handleOutcome);
    connect(&m_batch, &CommandBatch::finished, this, [this] {
        m_isDone = true;
        finishWhenWritten();
    });
    connect(&m_writer, &OutcomeWriter::idle, this, &BatchVerb::finishWhenWritten);
    // A reader that has seen enough, such as head(1), is no failure worth a message.
    connect(&m_writer, &OutcomeWriter::failed, this, [this](const base::Error &error) {
        if (error.code != EPIPE) {
            report(error);
        }
        finish(error.code == EPIPE ? exitStatusOfSignal(SIGPIPE)
                                   : static_cast<int>(ExitStatus::SomeFailed));
    });
}

void BatchVerb::start()
{
    m_batch.start();
}

// Banners are left out: most of two hundred hosts have the same.
void BatchVerb::follow(CommandBatch::Index host, ssh::Connection &connection)
{
    m_prompts.follow(connection);
    const QString name = base::displayText(m_batch.order().hosts.at(host));
    const auto tell = [name](const QString &text) { report(name + u": "_s + text); };
    connect(&connection, &ssh::Connection::noticed, this, [tell](const ssh::Notice &notice) {
        if (notice.kind != ssh::Notice::Kind::Banner && isWorthTelling(notice)) {
            tell(noticeText(notice));
        }
    });
    connect(&connection, &ssh::Connection::hostKeyRefused, this,
            [tell](const ssh::HostKeyRefusal &refusal) { tell(refusalText(refusal)); });
    connect(&connection, &ssh::Connection::agentWaitChanged, this,
            [tell](const std::optional<ssh::AgentWait> &wait) {
                if (wait && wait->needsTouch) {
                    tell(agentWaitText(*wait));
                }
            });
}

void BatchVerb::handleOutcome(CommandBatch::Index host, HostOutcome &outcome)
{
    const QString &name = m_batch.order().hosts.at(host);
    if (!outcome.isSuccess()) {
        m_failed.append(name);
    }
    m_writer.write(name, sentenceOf(outcome), outcome);
}

QString BatchVerb::sentenceOf(const HostOutcome &outcome) const
{
    return ui::hostOutcomeText(
        outcome, m_batch.order().timeLimit,
        {m_signal != 0, m_batch.hasCanaryFailed(), m_batch.order().failureLimit().value_or(0)});
}

void BatchVerb::interrupt(int signal)
{
    if (m_signal != 0) {
        finish(exitStatusOfSignal(signal));
        return;
    }
    m_signal = signal;
    m_batch.cancel();
}

void BatchVerb::finishWhenWritten()
{
    if (!m_isDone || !m_writer.isIdle() || m_isOver) {
        return;
    }
    if (!m_failed.isEmpty()) {
        report(u"%1 of %2 hosts failed: %3."_s.arg(m_failed.size())
                   .arg(m_batch.order().hosts.size())
                   .arg(base::displayText(m_failed.join(u", "_s))));
    }
    finish(m_signal != 0            ? exitStatusOfSignal(m_signal)
               : m_failed.isEmpty() ? static_cast<int>(ExitStatus::Success)
                                    : static_cast<int>(ExitStatus::SomeFailed));
}

void BatchVerb::finish(int exitStatus)
{
    if (!std::exchange(m_isOver, true)) {
        emit finished(exitStatus);
    }
}

} // namespace app
