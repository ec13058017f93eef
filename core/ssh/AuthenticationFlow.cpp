#include "ssh/AuthenticationFlow.h"

#include "keys/KeyFile.h"
#include "ssh/AgentKeyLogin.h"
#include "ssh/ChallengeLogin.h"
#include "ssh/Farewell.h"
#include "ssh/KeyFileLogin.h"
#include "ssh/PasswordLogin.h"

#include <QDir>

namespace ssh {
namespace {

using namespace std::chrono_literals;

constexpr auto agentListLimit = 5s; // no person is involved in a list
constexpr qsizetype bannerLimit = qsizetype{8} * 1024; // characters

QStringList namesOf(int methods)
{
    QStringList names;
    const auto append = [&](int bit, const QString &name) {
        if ((methods & bit) != 0) {
            names.append(name);
        }
    };
    append(SSH_AUTH_METHOD_PUBLICKEY, QStringLiteral("publickey"));
    append(SSH_AUTH_METHOD_PASSWORD, QStringLiteral("password"));
    append(SSH_AUTH_METHOD_INTERACTIVE, QStringLiteral("keyboard-interactive"));
    append(SSH_AUTH_METHOD_HOSTBASED, QStringLiteral("hostbased"));
    append(SSH_AUTH_METHOD_GSSAPI_MIC, QStringLiteral("gssapi-with-mic"));
    return names;
}

} // namespace

AuthenticationFlow::AuthenticationFlow(VerifiedHost, ssh_session session,
                                       ConnectionSettings settings,
                                       const std::optional<LoginMemory> &memory,
                                       Interruption &interruption, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(std::move(settings))
    , m_interruption(interruption)
    , m_isTwin(memory.has_value())
    , m_memory(memory.value_or(LoginMemory()))
{
}

AuthenticationFlow::~AuthenticationFlow() = default;

void AuthenticationFlow::step()
{
    switch (m_phase) {
    case Phase::Probing:
        probe();
        break;
    case Phase::Trying:
        tryAttempts();
        break;
    case Phase::ListingAgent:
    case Phase::Finished:
        break;
    }
}

// The request "none" makes the server tell its methods (RFC 4252 section 5.2).
void AuthenticationFlow::probe()
{
    const int result = ssh_userauth_none(m_session, m_settings.user.toUtf8().constData());
    if (result == SSH_AUTH_AGAIN) {
        return;
    }
    emit progressed();
    takeBanner();
    if (result == SSH_AUTH_SUCCESS) {
        succeed(QStringLiteral("none"), {});
    } else if (result == SSH_AUTH_ERROR || isOver(m_session)) {
        fail(base::ErrorKind::ConnectionLost);
    } else {
        m_offered = namesOf(ssh_userauth_list(m_session, nullptr));
        listAgentKeys();
    }
}

void AuthenticationFlow::takeBanner()
{
    const LibsshText banner(ssh_get_issue_banner(m_session));
    if (banner) {
        emit bannerReceived(QString::fromUtf8(banner.get()).left(bannerLimit));
    }
}

void AuthenticationFlow::listAgentKeys()
{
    const QString socket = m_settings.agentSocket.isEmpty() ? qEnvironmentVariable("SSH_AUTH_SOCK")
                                                            : m_settings.agentSocket;
    const bool isWanted = m_settings.useAgent && !socket.isEmpty()
        && m_offered.contains(QStringLiteral("publickey"));
    if (!isWanted) {
        addAttempts({}, {});
        return;
    }
    m_phase = Phase::ListingAgent;
    m_agent = std::make_unique<keys::AgentClient>(socket);
    m_agent->identities(agentListLimit)
        .then(this, [this, socket](const base::Result<QList<keys::AgentIdentity>> &identities) {
            if (!identities) {
                m_trace.append(
                    QStringLiteral("agent %1: %2").arg(socket, identities.error().detail));
            }
            addAttempts(socket, identities.value_or(QList<keys::AgentIdentity>()));
        });
}

// In Paramiko's order: the keys given, the agent's, the default ones, then what the user can type.
void AuthenticationFlow::addAttempts(const QString &agentPath,
                                     const QList<keys::AgentIdentity> &agentKeys)
{
    for (const QString &path : m_settings.identityFiles) {
        addKeyFile(path);
    }
    for (const keys::AgentIdentity &identity : agentKeys) {
        m_attempts.push_back(std::make_unique<AgentKeyLogin>(m_settings.user, agentPath, identity,
                                                             m_settings.timeouts.login,
                                                             m_agentSocket, m_interruption));
    }
    if (m_settings.useDefaultKeys) {
        for (const QString &path :
             keys::defaultIdentityFiles(QDir::homePath() + QStringLiteral("/.ssh"))) {
            addKeyFile(path);
        }
    }
    m_attempts.push_back(
        std::make_unique<PasswordLogin>(m_settings.user, m_settings.host, m_memory.password));
    m_attempts.push_back(
        std::make_unique<ChallengeLogin>(m_settings.user, m_settings.host, m_memory.password));
    m_phase = Phase::Trying;
    tryAttempts();
}

void AuthenticationFlow::addKeyFile(const QString &path)
{
    if (const auto certificate = keys::certificateBeside(path)) {
        m_attempts.push_back(
            std::make_unique<KeyFileLogin>(m_settings.user, path, *certificate, m_memory));
    }
    m_attempts.push_back(
        std::make_unique<KeyFileLogin>(m_settings.user, path, QString(), m_memory));
}

void AuthenticationFlow::answer(const PromptAnswer &answer)
{
    if (m_phase == Phase::Trying && !m_attempts.empty()) {
        m_attempts.front()->answer(answer);
    }
}

// One after the other, until one waits for the server or the user.
void AuthenticationFlow::tryAttempts()
{
    while (m_phase == Phase::Trying) {
        if (m_attempts.empty()) {
            fail(base::ErrorKind::AuthenticationFailed);
            return;
        }
        LoginAttempt &attempt = *m_attempts.front();
        if (!m_offered.contains(attempt.method())) {
            m_attempts.pop_front();
            continue;
        }
        LoginAttempt::Outcome outcome = attempt.step(m_session);
        if (outcome == LoginAttempt::Outcome::Denied && isOver(m_session)) {
            // libssh gives out a disconnection in the middle of a login as a refusal.
            outcome = LoginAttempt::Outcome::Broken;
        }
        if (outcome == LoginAttempt::Outcome::Pending) {
            return;
        }
        emit progressed();
        handleOutcome(outcome);
        if (outcome == LoginAttempt::Outcome::Question) {
            return;
        }
    }
}

void AuthenticationFlow::handleOutcome(LoginAttempt::Outcome outcome)
{
    LoginAttempt &attempt = *m_attempts.front();
    switch (outcome) {
    case LoginAttempt::Outcome::Question:
        if (m_isTwin) {
            fail(base::ErrorKind::AuthenticationFailed);
        } else {
            emit questionRaised(attempt.question());
        }
        break;
    case LoginAttempt::Outcome::Succeeded:
        attempt.remember(m_memory);
        succeed(attempt.method(), attempt.description());
        break;
    case LoginAttempt::Outcome::Partial:
        attempt.remember(m_memory);
        m_trace.append(
            QStringLiteral("%1: accepted, the server wants more").arg(attempt.description()));
        m_offered = namesOf(ssh_userauth_list(m_session, nullptr));
        m_attempts.pop_front();
        break;
    case LoginAttempt::Outcome::Denied:
        noteRefusal(attempt);
        m_attempts.pop_front();
        break;
    case LoginAttempt::Outcome::GivenUp:
        fail(base::ErrorKind::Cancelled);
        break;
    case LoginAttempt::Outcome::Broken:
        fail(m_trace.isEmpty() ? base::ErrorKind::ConnectionLost
                               : base::ErrorKind::AuthenticationFailed);
        break;
    case LoginAttempt::Outcome::Pending:
        break;
    }
}

void AuthenticationFlow::noteRefusal(const LoginAttempt &attempt)
{
    const QString reason
        = attempt.remark().isEmpty() ? QStringLiteral("refused by the server") : attempt.remark();
    m_trace.append(QStringLiteral("%1: %2").arg(attempt.description(), reason));
    if (attempt.method() == QStringLiteral("password")) {
        // The server's questions would most likely ask for the same password again.
        m_offered.removeAll(QStringLiteral("keyboard-interactive"));
    }
}

void AuthenticationFlow::succeed(const QString &method, const QString &description)
{
    m_phase = Phase::Finished;
    m_memory.method = method;
    m_login = {method, description, m_memory};
    emit finished({});
}

void AuthenticationFlow::fail(base::ErrorKind kind)
{
    m_phase = Phase::Finished;
    QStringList lines = m_trace;
    if (!m_offered.isEmpty()) {
        lines.append(QStringLiteral("The server accepts: %1").arg(m_offered.join(u", ")));
    }
    if (const QString words = farewell(m_session); !words.isEmpty()) {
        lines.append(QStringLiteral("The server said: %1").arg(words));
    }
    base::Error error = lossOf(m_session, m_settings.host);
    error.kind = kind;
    error.operation = QStringLiteral("log in");
    error.subject = QStringLiteral("%1@%2").arg(m_settings.user, m_settings.host);
    error.detail = lines.join(u'\n');
    emit finished(base::Failure(error));
}

} // namespace ssh
