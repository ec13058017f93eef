#include "tests/integration/ConnectionProbe.h"

#include "ssh/ExecProcess.h"

#include <QSignalSpy>
#include <QTest>

namespace tests {
namespace {

constexpr int patience = 15'000; // milliseconds

} // namespace

ConnectionProbe::ConnectionProbe(ssh::ConnectionSettings settings)
    : m_connection(std::move(settings))
{
    follow();
}

ConnectionProbe::ConnectionProbe(ssh::ConnectionSettings settings, ssh::RoutePool &routes)
    : m_connection(std::move(settings), routes)
{
    follow();
}

void ConnectionProbe::follow()
{
    connect(&m_connection, &ssh::Connection::promptRaised, this, &ConnectionProbe::handlePrompt);
    connect(&m_connection, &ssh::Connection::promptWithdrawn, this,
            [this](ssh::Prompt::Id id) { withdrawn.append(id); });
    connect(&m_connection, &ssh::Connection::noticed, this,
            [this](const ssh::Notice &notice) { notices.append(notice); });
    connect(&m_connection, &ssh::Connection::hostKeyRefused, this,
            [this](const ssh::HostKeyRefusal &refused) { refusal = refused; });
    connect(&m_connection, &ssh::Connection::closed, this,
            [this](const base::Result<void> &reason) {
                ++m_closeCount;
                m_error = reason ? std::nullopt : std::optional(reason.error());
            });
}

void ConnectionProbe::handlePrompt(const ssh::Prompt &prompt)
{
    prompts.append(prompt);
    const auto answer = m_answerer ? m_answerer(prompt) : ssh::PromptAnswer(ssh::Refusal());
    if (answer) {
        m_connection.answer(prompt.id, *answer);
    }
}

bool ConnectionProbe::connectAndWait()
{
    m_connection.open();
    const auto isDecided
        = [this] { return m_connection.state() == ssh::Connection::State::Ready || isClosed(); };
    return QTest::qWaitFor(isDecided, patience) && !isClosed();
}

bool ConnectionProbe::waitForEnd()
{
    return QTest::qWaitFor([this] { return isClosed(); }, patience);
}

ConnectionProbe::Output ConnectionProbe::run(const QByteArray &command)
{
    Output output;
    const auto process = m_connection.start(ssh::ExecRequest{.command = command});
    process->sendEof();
    bool isFinished = false;
    connect(process.get(), &ssh::ExecProcess::received, process.get(),
            [&](const QByteArray &data, ssh::OutputStream stream) {
                (stream == ssh::OutputStream::Error ? output.error : output.standard) += data;
                process->consumed(data.size());
            });
    connect(process.get(), &ssh::ExecProcess::finished, process.get(),
            [&](const base::Result<ssh::ExitStatus> &end) {
                output.end = end;
                isFinished = true;
            });
    if (!QTest::qWaitFor([&] { return isFinished; }, patience)) {
        output.end = base::Failure(base::Error{.detail = QStringLiteral("it did not end in time")});
    }
    return output;
}

base::Error ConnectionProbe::error() const
{
    return m_error.value_or(base::Error{.detail = QStringLiteral("no error")});
}

ConnectionProbe::Answerer answering(ssh::HostKeyAnswer hostKey, const QString &secret)
{
    return [hostKey, secret](const ssh::Prompt &prompt) -> std::optional<ssh::PromptAnswer> {
        if (std::holds_alternative<ssh::HostKeyQuestion>(prompt.question)) {
            return ssh::PromptAnswer(hostKey);
        }
        const auto *challenge = std::get_if<ssh::ChallengeQuestion>(&prompt.question);
        const qsizetype count = challenge != nullptr ? challenge->items.size() : 1;
        return ssh::PromptAnswer(ssh::SecretAnswers(count, base::SecretString::fromText(secret)));
    };
}

} // namespace tests
