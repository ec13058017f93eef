#include "ssh/AuthenticationFlow.h"

#include "keys/PublicKeyBlob.h"
#include "ssh/ChallengeLogin.h"
#include "ssh/Farewell.h"
#include "ssh/LibsshHandles.h"

#include <algorithm>

namespace ssh {
namespace {

using namespace std::chrono_literals;
using Answer = LoginTrace::Attempt::Answer;
using Outcome = LoginAttempt::Outcome;

constexpr auto agentListLimit = 5s; // no person is involved in a list
constexpr qsizetype bannerLimit = qsizetype{8} * 1024; // characters, of all banners together
constexpr int partialLimit = 10; // a server could be content with every method in turn for ever
constexpr qsizetype methodLimit = 16; // that are kept of a server's list

const QString publicKey = QStringLiteral("publickey");
const QString questions = QStringLiteral("keyboard-interactive");

QStringList namesOf(int methods)
{
    QStringList names;
    const auto append = [&](int bit, const QString &name) {
        if ((methods & bit) != 0) {
            names.append(name);
        }
    };
    append(SSH_AUTH_METHOD_PUBLICKEY, publicKey);
    append(SSH_AUTH_METHOD_PASSWORD, QStringLiteral("password"));
    append(SSH_AUTH_METHOD_INTERACTIVE, questions);
    append(SSH_AUTH_METHOD_HOSTBASED, QStringLiteral("hostbased"));
    append(SSH_AUTH_METHOD_GSSAPI_MIC, QStringLiteral("gssapi-with-mic"));
    return names;
}

// The server's own list stands in the text of libssh's error after a refusal, with the methods that
// libssh does not know. After a partial success there is no error.
QStringList methodsAfterRefusal(ssh_session session)
{
    const QByteArray mark = QByteArrayLiteral("Authentication that can continue: ");
    const QByteArray words = ssh_get_error(session);
    const qsizetype start = words.indexOf(mark);
    if (!words.startsWith("Access denied for") || start < 0) {
        return namesOf(ssh_userauth_list(session, nullptr));
    }
    return QString::fromUtf8(words.sliced(start + mark.size()))
        .split(u',', Qt::SkipEmptyParts)
        .mid(0, methodLimit);
}

// Before anything was sent that could have proved who we are, libssh takes SSH_MSG_USERAUTH_SUCCESS
// (52) for a message out of place, and ends the connection.
bool wasGrantedUnproved(ssh_session session)
{
    return QByteArrayView(ssh_get_error(session))
        .startsWith("Packet filter: rejected packet (type 52)");
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
    , m_isTwin(memory && memory->use == LoginMemory::Use::Twin)
    , m_memory(memory.value_or(LoginMemory()))
{
    m_clock.start();
}

AuthenticationFlow::~AuthenticationFlow() = default;

void AuthenticationFlow::step()
{
    switch (m_phase) {
    case Phase::Starting:
        listAgents();
        break;
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

void AuthenticationFlow::listAgents()
{
    m_phase = Phase::ListingAgent;
    const bool isWanted
        = m_settings.useAgent && m_settings.loginOrder.contains(profiles::LoginSource::Agent);
    if (isWanted) {
        m_agents = keys::agentLocations(m_settings.agentSocket,
                                        QProcessEnvironment::systemEnvironment());
    }
    askNextAgent();
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
    const QString none = QStringLiteral("none");
    m_trace.attempts.append({.method = none, .description = none});
    if (result == SSH_AUTH_SUCCESS) {
        note(Answer::Accepted);
        succeed(none, {});
    } else if (result == SSH_AUTH_ERROR || isOver(m_session)) {
        fail(base::ErrorKind::ConnectionLost);
    } else {
        m_offered = methodsAfterRefusal(m_session);
        note(Answer::Refused);
        m_phase = Phase::Trying;
        tryAttempts();
    }
}

// libssh keeps the last banner only; some servers send one before each answer.
void AuthenticationFlow::takeBanner()
{
    const LibsshText banner(ssh_get_issue_banner(m_session));
    if (!banner || m_banner.size() >= bannerLimit) {
        return;
    }
    const QString text = QString::fromUtf8(banner.get()).left(bannerLimit - m_banner.size());
    if (!text.isEmpty() && !m_banner.endsWith(text)) {
        m_banner += text;
        emit bannerReceived(m_banner);
    }
}

void AuthenticationFlow::askNextAgent()
{
    if (m_agents.isEmpty()) {
        startTrying({}, {});
        return;
    }
    const keys::AgentLocation agent = m_agents.takeFirst();
    m_agent = std::make_unique<keys::AgentClient>(agent.socketPath);
    m_agent->identities(agentListLimit)
        .then(this, [this, agent](const base::Result<QList<keys::AgentIdentity>> &identities) {
            handleIdentities(agent, identities);
        });
}

void AuthenticationFlow::handleIdentities(
    const keys::AgentLocation &agent, const base::Result<QList<keys::AgentIdentity>> &identities)
{
    const QString name = QStringLiteral("agent %1 (%2): ").arg(agent.socketPath, agent.origin);
    if (!identities) {
        m_trace.agents.append(name + identities.error().detail);
    } else if (identities->isEmpty()) {
        // A locked agent of OpenSSH answers so.
        m_trace.agents.append(name + QStringLiteral("no keys, or it is locked"));
    } else {
        m_trace.agents.append(name + QStringLiteral("%1 keys").arg(identities->size()));
        startTrying(agent.socketPath, *identities);
        return;
    }
    askNextAgent();
}

void AuthenticationFlow::startTrying(const QString &agentPath,
                                     const QList<keys::AgentIdentity> &identities)
{
    const auto report
        = [this](const std::optional<AgentWait> &wait) { emit agentWaitChanged(wait); };
    m_plan
        = planLogin(m_settings, m_memory, identities,
                    {agentPath, m_settings.timeouts.login, m_agentSocket, m_interruption, report});
    m_phase = Phase::Trying;
    tryAttempts();
}

void AuthenticationFlow::answer(const PromptAnswer &answer)
{
    if (m_phase == Phase::Trying && m_current.attempt) {
        m_current.attempt->answer(answer);
    }
}

// One after the other, until one waits for the server or the user.
void AuthenticationFlow::tryAttempts()
{
    while (m_phase == Phase::Trying) {
        if (mustProbe()) {
            m_phase = Phase::Probing;
            probe();
            return;
        }
        if (!m_current.attempt && !takeNext()) {
            fail(base::ErrorKind::AuthenticationFailed);
            return;
        }
        const Outcome outcome = stepCurrent();
        if (outcome == Outcome::Pending) {
            return;
        }
        emit progressed();
        handleOutcome(outcome);
        if (outcome == Outcome::Question) {
            return;
        }
    }
}

// Before anybody is asked, and before giving up.
bool AuthenticationFlow::mustProbe()
{
    if (m_current.attempt || m_isProbed) {
        return false;
    }
    const auto planned = next();
    m_isProbed = planned == m_plan.end() || planned->attempt->mayAsk();
    return m_isProbed;
}

// The first one that the server takes now, as far as we know. What it does not take stays: it may
// be wanted after a partial success.
std::deque<PlannedLogin>::iterator AuthenticationFlow::next()
{
    std::erase_if(m_plan, [this](const PlannedLogin &planned) {
        return !planned.publicKey.isEmpty() && m_refusedKeys.contains(planned.publicKey);
    });
    return std::ranges::find_if(m_plan, [this](const PlannedLogin &planned) {
        const QString method = planned.attempt->method();
        return (!m_offered || m_offered->contains(method)) && !m_skipped.contains(method);
    });
}

bool AuthenticationFlow::takeNext()
{
    const auto next = this->next();
    if (next == m_plan.end()) {
        return false;
    }
    m_current = std::move(*next);
    m_plan.erase(next);
    m_errorBefore = ssh_get_error(m_session);
    m_trace.attempts.append({.method = m_current.attempt->method(),
                             .description = m_current.attempt->description(),
                             .fingerprint = keys::sha256Fingerprint(m_current.publicKey)});
    return true;
}

LoginAttempt::Outcome AuthenticationFlow::stepCurrent()
{
    const Outcome outcome = m_current.attempt->step(m_session);
    takeBanner();
    if (outcome == Outcome::Denied && isOver(m_session)) {
        // libssh gives out a disconnection in the middle of a login as a refusal.
        return Outcome::Broken;
    }
    if (outcome == Outcome::Pending) {
        if (m_current.attempt->takeProgress()) {
            emit progressed();
        }
        // Of an answer that it can not read libssh says nothing but this, and waits for ever.
        const bool isStuck = ssh_get_error_code(m_session) == SSH_FATAL
            && m_errorBefore != ssh_get_error(m_session);
        return isStuck ? Outcome::Broken : Outcome::Pending;
    }
    return outcome;
}

void AuthenticationFlow::handleOutcome(LoginAttempt::Outcome outcome)
{
    LoginAttempt &attempt = *m_current.attempt;
    switch (outcome) {
    case Outcome::Question:
        if (m_isTwin) {
            note(Answer::NotOffered, QStringLiteral("nobody is there to be asked"));
            fail(base::ErrorKind::AuthenticationFailed);
        } else {
            emit questionRaised(attempt.question());
        }
        break;
    case Outcome::Succeeded:
        attempt.remember(m_memory);
        m_hasProof = m_hasProof || attempt.isProof();
        note(Answer::Accepted);
        succeed(attempt.method(), attempt.description());
        break;
    case Outcome::Partial:
        handlePartialSuccess();
        break;
    case Outcome::Denied:
        handleRefusal();
        break;
    case Outcome::GivenUp:
        note(Answer::Unanswered);
        fail(base::ErrorKind::Cancelled);
        break;
    case Outcome::Broken:
        failBroken();
        break;
    case Outcome::Pending:
        break;
    }
}

void AuthenticationFlow::handlePartialSuccess()
{
    m_current.attempt->remember(m_memory);
    m_hasProof = m_hasProof || m_current.attempt->isProof();
    m_offered = namesOf(ssh_userauth_list(m_session, nullptr));
    m_skipped.clear();
    m_isProbed = true; // that the server wants more is known
    note(Answer::Partial);
    if (++m_partialSuccesses > partialLimit) {
        fail(base::ErrorKind::AuthenticationFailed);
        return;
    }
    const bool wasQuestions = m_current.attempt->method() == questions;
    m_current = {};
    if (wasQuestions) { // a second set of them, of another kind
        m_plan.push_back({std::make_unique<ChallengeLogin>(m_settings.user, m_settings.host,
                                                           base::SecretString())});
    }
}

void AuthenticationFlow::handleRefusal()
{
    const QString method = m_current.attempt->method();
    const QString remark = m_current.attempt->remark();
    const QByteArray words = ssh_get_error(m_session);
    if (remark.isEmpty() && words.startsWith("Access denied for")) {
        const bool wasOffered = m_offered.has_value();
        m_offered = methodsAfterRefusal(m_session);
        if (!wasOffered && !m_offered->contains(method)) {
            note(Answer::NotOffered, QStringLiteral("the server does not take it now"));
            m_plan.push_front(std::move(m_current)); // but perhaps after a partial success
        } else {
            m_refusedKeys.insert(m_current.publicKey);
            note(Answer::Refused);
        }
    } else if (remark.isEmpty()) {
        note(Answer::NotOffered, QString::fromUtf8(words)); // a key that libssh finds too weak
    } else {
        note(m_current.attempt->isSilent() ? Answer::NotOffered : Answer::Unanswered, remark);
    }
    if (method == QStringLiteral("password") && remark.isEmpty()) {
        // The server's questions would most likely ask for the same password again.
        m_skipped.insert(questions);
    }
    m_current = {};
}

// Completes the last attempt of the trace.
void AuthenticationFlow::note(Answer answer, const QString &remark)
{
    LoginTrace::Attempt &attempt = m_trace.attempts.last();
    attempt.answer = answer;
    attempt.remark = remark;
    attempt.at = std::chrono::milliseconds(m_clock.elapsed());
    if (answer == Answer::Refused || answer == Answer::Partial) {
        attempt.remaining = m_offered.value_or(QStringList());
    }
}

void AuthenticationFlow::succeed(const QString &method, const QString &description)
{
    m_phase = Phase::Finished;
    m_memory.method = method;
    m_login = {method, description, m_hasProof, m_memory};
    emit finished({});
}

void AuthenticationFlow::failBroken()
{
    const QString remark = m_current.attempt->remark();
    if (wasGrantedUnproved(m_session)) {
        note(Answer::Unanswered,
             QStringLiteral("the server granted the login before anything was proved"));
        fail(base::ErrorKind::ProtocolViolation);
    } else if (!remark.isEmpty()) {
        note(Answer::Unanswered, remark);
        fail(base::ErrorKind::AuthenticationFailed);
    } else if (!isOver(m_session)) {
        note(Answer::Unanswered, lastWords(m_session));
        fail(base::ErrorKind::ProtocolViolation);
    } else {
        note(Answer::Unanswered);
        m_trace.farewell = farewell(m_session);
        fail(isLoginToBlame() ? base::ErrorKind::AuthenticationFailed
                              : base::ErrorKind::ConnectionLost);
    }
}

// The server has hung up: because of what was tried, or would it have done so anyway?
bool AuthenticationFlow::isLoginToBlame() const
{
    if (m_trace.endedByTooManyFailures()) {
        return true; // perhaps at the first one
    }
    if (!m_offered) {
        return false; // it has not answered a single request
    }
    // Besides "none" there is nothing yet that it could be displeased with.
    const auto real = std::ranges::count_if(m_trace.attempts, [](const auto &attempt) {
        return attempt.method != QStringLiteral("none");
    });
    return real > 1 || !m_trace.farewell.isEmpty();
}

void AuthenticationFlow::fail(base::ErrorKind kind)
{
    m_phase = Phase::Finished;
    m_trace.accepted = m_offered.value_or(QStringList());
    m_trace.farewell = farewell(m_session);
    base::Error error = lossOf(m_session, m_settings.host);
    error.kind = kind;
    error.operation = QStringLiteral("log in");
    error.subject = QStringLiteral("%1@%2").arg(m_settings.user, m_settings.host);
    error.detail = m_trace.summary();
    emit finished(base::Failure(error));
}

} // namespace ssh
