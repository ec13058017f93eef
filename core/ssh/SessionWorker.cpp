#include "ssh/SessionWorker.h"

#include "net/TcpSocket.h"
#include "ssh/Farewell.h"
#include "ssh/LibsshVersion.h"
#include "ssh/NegotiatedFacts.h"
#include "ssh/PromptSecret.h"

#include <fcntl.h>
#include <openssl/crypto.h>

namespace ssh {
namespace {

using namespace std::chrono_literals;

// Until the login is done. The key exchange takes some KiB, a round of questions 256 KiB at most.
constexpr quint64 loginLimitBytes = quint64{8} * 1024 * 1024;

base::Error makeError(base::ErrorKind kind, const QString &operation, const QString &subject)
{
    return {.kind = kind, .operation = operation, .subject = subject};
}

} // namespace

SessionWorker::SessionWorker(ConnectionSettings settings, std::optional<LoginMemory> memory,
                             Interruption &interruption)
    : m_settings(std::move(settings))
    , m_memory(std::move(memory))
    , m_interruption(interruption)
    , m_dialer(m_settings, m_memory, this) // children follow into another thread
    , m_consent(m_settings.host, this)
    , m_deadline(this)
    , m_tick(this)
{
    m_deadline.setSingleShot(true);
    m_tick.setInterval(1s);
    connect(&m_dialer, &Dialer::finished, this, &SessionWorker::handleConnected);
    connect(&m_dialer, &Dialer::explained, this, &SessionWorker::handleExplanation);
    connect(&m_dialer, &Dialer::questionRaised, this, &SessionWorker::handleQuestion);
    connect(&m_dialer, &Dialer::commandSaid, this, [this](const QString &line) {
        emit noticed({Notice::Kind::ProxyCommandSaid, line, std::nullopt});
    });
    connect(&m_deadline, &QTimer::timeout, this, &SessionWorker::handleDeadline);
    connect(&m_tick, &QTimer::timeout, this, &SessionWorker::handleTick);
    connect(&m_consent, &AgentConsent::asked, this, &SessionWorker::raise);
    connect(&m_consent, &AgentConsent::withdrawn, this, &SessionWorker::withdrawPrompt);
}

// OpenSSL keeps random generators for each thread, and by itself frees them when the system ends
// the thread. That is after QThread::wait() has returned, so a program that exits right then would
// run into it with OpenSSL's own clean-up.
SessionWorker::~SessionWorker()
{
    tearDown();
    OPENSSL_thread_stop();
}

void SessionWorker::enter(State state)
{
    m_state = state;
    emit stateChanged(state);
}

void SessionWorker::open()
{
    if (const auto safe = checkLibsshVersion(); !safe) {
        finish(base::Failure(safe.error()));
        return;
    }
    enter(State::Connecting);
    m_dialer.start();
}

void SessionWorker::useTunnel(base::Result<net::ConnectedSocket> tunnel)
{
    m_dialer.useTunnel(std::move(tunnel));
}

void SessionWorker::handleConnected()
{
    if (m_state != State::Connecting) {
        return;
    }
    auto socket = m_dialer.takeResult();
    if (!socket) {
        finish(base::Failure(socket.error()));
        return;
    }
    m_socket = std::move(socket->fd);
    m_address = socket->peerAddress;

    auto hostKeyCheck = HostKeyCheck::load(m_settings);
    if (!hostKeyCheck) {
        finish(base::Failure(hostKeyCheck.error()));
        return;
    }
    m_hostKeyCheck.emplace(std::move(*hostKeyCheck));
    if (!m_settings.transport.tcpKeepAlive) {
        net::disableKeepAlive(m_socket.get());
    }
    m_negotiationLog.emplace(m_settings.logLevel);
    auto session = Handshake::prepare(m_settings, m_hostKeyCheck->algorithmOrder());
    if (!session) {
        finish(base::Failure(session.error()));
        return;
    }
    m_session = std::move(*session);
    m_globalRequests.emplace(m_session.get(), m_settings.timeouts.keepAlive,
                             m_settings.keepAliveCount);
    m_handshake.emplace(m_session.get(), m_socket.get(), m_settings.host);
    m_deadline.start(m_settings.timeouts.banner);
    stepHandshake();
    if (m_state == State::Connecting && !m_isLost) {
        m_pump = std::make_unique<SessionPump>();
        connect(m_pump.get(), &SessionPump::aboutToRead, this, [this] {
            if (m_state == State::Connecting) {
                m_handshake->peekAtGreeting();
            }
        });
        connect(m_pump.get(), &SessionPump::turned, this, &SessionWorker::handleTurn);
        m_pump->attach(m_session.get(), m_socket.get(), m_globalRequests->traffic());
    }
}

void SessionWorker::handleTurn()
{
    if (m_isLost) {
        return;
    }
    switch (m_state) {
    case State::Connecting:
        stepHandshake();
        break;
    case State::Authenticating:
        m_login->step();
        checkFlood();
        break;
    case State::Ready:
        m_globalRequests->step();
        m_listeners->step();
        m_serverOpened->step();
        m_channels.step();
        break;
    default:
        break;
    }
    m_globalRequests->noteArrival();
    checkAlive();
}

void SessionWorker::stepHandshake()
{
    const bool hadBanner = m_handshake->hasBanner();
    const auto progress = m_handshake->step();
    if (!progress) {
        finish(base::Failure(progress.error()));
        return;
    }
    if (!hadBanner && m_handshake->hasBanner()) {
        m_deadline.start(m_settings.timeouts.keyExchange);
    }
    if (*progress == Handshake::Progress::Done) {
        // libssh has made the socket blocking again.
        const int flags = ::fcntl(m_socket.get(), F_GETFL);
        ::fcntl(m_socket.get(), F_SETFL, flags | O_NONBLOCK);
        m_deadline.stop();
        m_negotiation = m_negotiationLog->result();
        m_negotiationLog.reset();
        verifyHost();
    }
}

void SessionWorker::verifyHost()
{
    enter(State::VerifyingHost);
    const auto key = HostKeyCheck::keyOf(m_session.get());
    if (!key) {
        finish(base::Failure(key.error()));
        return;
    }
    m_hostKey = *key;
    handleVerdict(m_memory && m_memory->use == LoginMemory::Use::Twin
                      ? m_hostKeyCheck->judgeTwin(*key, m_address, m_memory->hostKeyBlob)
                      : m_hostKeyCheck->judge(*key, m_address));
}

void SessionWorker::handleVerdict(HostKeyCheck::Result verdict)
{
    if (const auto *asked = std::get_if<HostKeyCheck::MustAsk>(&verdict)) {
        raise(asked->question);
    } else if (const auto *refused = std::get_if<HostKeyCheck::Refused>(&verdict)) {
        if (refused->refusal) {
            emit hostKeyRefused(*refused->refusal);
        }
        finish(base::Failure(refused->error));
    } else if (const auto *accepted = std::get_if<HostKeyCheck::Accepted>(&verdict)) {
        m_trustedBy = accepted->trustedBy;
        if (accepted->notice) {
            emit noticed(*accepted->notice);
        }
        startLogin(accepted->proof);
    }
}

void SessionWorker::startLogin(VerifiedHost proof)
{
    enter(State::Authenticating);
    m_login = std::make_unique<AuthenticationFlow>(proof, m_session.get(), m_settings, m_memory,
                                                   m_interruption);
    connect(m_login.get(), &AuthenticationFlow::questionRaised, this,
            &SessionWorker::handleQuestion);
    connect(m_login.get(), &AuthenticationFlow::finished, this, &SessionWorker::handleLogin);
    connect(m_login.get(), &AuthenticationFlow::bannerReceived, this, [this](const QString &text) {
        emit noticed({Notice::Kind::Banner, text, std::nullopt});
    });
    // Directly, because this thread stands still meanwhile.
    connect(m_login.get(), &AuthenticationFlow::agentWaitChanged, this,
            &SessionWorker::agentWaitChanged, Qt::DirectConnection);
    // Each answer of the server starts the time anew; while the user is asked it stands still.
    connect(m_login.get(), &AuthenticationFlow::progressed, this,
            [this] { m_deadline.start(m_settings.timeouts.login); });
    m_deadline.start(m_settings.timeouts.login);
    m_pump->wake();
}

void SessionWorker::handleQuestion(const Prompt::Question &question)
{
    m_deadline.stop();
    raise(question);
}

void SessionWorker::handleLogin(const base::Result<void> &result)
{
    m_deadline.stop();
    if (!result) {
        finish(base::Failure(result.error()));
        return;
    }
    checkHostKeyAgain();
    if (m_state == State::Closed) {
        return;
    }
    const Login &login = m_login->login();
    if (!login.isProof) {
        emit noticed({Notice::Kind::LoginWithoutQuestion, {}, std::nullopt});
    }
    LoginMemory memory = login.memory;
    memory.hostKeyBlob = m_hostKey->blob();
    memory.proxyPassword = m_dialer.proxyPassword();
    emit loginTraced(m_login->trace());
    emit established(describe(login), memory);
    enter(State::Ready);
    startPrograms();
    m_listeners.emplace(m_session.get(), *m_globalRequests, m_channels);
    m_services.attach(m_channels, *m_listeners, *m_pump);
    m_tick.start();
}

void SessionWorker::startPrograms()
{
    m_serverOpened.emplace(m_session.get(), m_settings, m_channels, m_consent);
    const auto display = m_serverOpened->displayOffer();
    if (m_settings.forwardsX11 && !display) {
        emit noticed({Notice::Kind::NoDisplay, {}, std::nullopt});
    }
    const auto tell = [this](const Notice &notice) { emit noticed(notice); };
    m_channels.attach(m_session.get(), *m_pump, {m_settings.timeouts.channel, display, tell});
}

void SessionWorker::answer(Prompt::Id id, const PromptAnswer &answer)
{
    if (!m_prompt || m_prompt->id != id) {
        return;
    }
    const Prompt prompt = *m_prompt;
    if (std::holds_alternative<AgentUseQuestion>(prompt.question)) {
        withdrawPrompt(); // several tabs may ask it
        m_consent.decide(std::holds_alternative<AgentUseAnswer>(answer));
        return;
    }
    m_prompt.reset();
    if (const auto *question = std::get_if<HostKeyQuestion>(&prompt.question)) {
        if (const auto *accepted = std::get_if<HostKeyAnswer>(&answer)) {
            handleVerdict(m_hostKeyCheck->conclude(*question, *accepted));
        } else {
            finish(base::Failure(makeError(base::ErrorKind::Cancelled,
                                           QStringLiteral("verify host key"), m_settings.host)));
        }
        return;
    }
    if (std::holds_alternative<ProxyPasswordQuestion>(prompt.question)) {
        m_dialer.answer(answer);
        return;
    }
    m_deadline.start(m_settings.timeouts.login);
    m_login->answer(answer);
    m_pump->wake();
}

void SessionWorker::raise(Prompt::Question question)
{
    const auto secret = secretFor(question, m_settings);
    m_prompt = Prompt{.id = ++m_lastPrompt, .question = std::move(question), .secret = secret};
    emit promptRaised(*m_prompt);
}

void SessionWorker::withdrawPrompt()
{
    if (m_prompt) {
        emit promptWithdrawn(m_prompt->id);
        m_prompt.reset();
    }
}

ConnectionInfo SessionWorker::describe(const Login &login) const
{
    ConnectionInfo info = negotiatedFacts(m_session.get(), m_negotiation);
    info.user = m_settings.user;
    info.address = m_address;
    info.hostKey = m_hostKey;
    info.trustedBy = m_trustedBy;
    info.loginMethod = login.method;
    info.loginKey = login.description;
    info.loginTrace = m_login->trace();
    return info;
}

void SessionWorker::handleDeadline()
{
    finish(base::Failure(m_state == State::Connecting
                             ? m_handshake->timeoutError()
                             : makeError(base::ErrorKind::TimedOut,
                                         QStringLiteral("wait for the login"), m_settings.host)));
}

void SessionWorker::handleTick()
{
    checkHostKeyAgain();
    if (m_state != State::Ready) {
        return;
    }
    measure();
    if (m_sleepWatch.hasSlept()) {
        m_globalRequests->suspect();
    }
    if (!m_globalRequests->keepAlive()) {
        base::Error error = makeError(base::ErrorKind::ConnectionLost,
                                      QStringLiteral("keep the connection"), m_settings.host);
        error.cause = base::ErrorCause::NoAnswer;
        finish(base::Failure(explained(error)));
        return;
    }
    m_pump->wakeIfRead();
    if (m_channels.isStartingAny()) {
        m_pump->wake(); // an overdue channel is noticed in a turn
    }
}

// A server that only ever talks, in banners or in questions, would be listened to until the time is
// up.
void SessionWorker::checkFlood()
{
    if (m_state == State::Authenticating && m_globalRequests->bytesReceived() > loginLimitBytes) {
        base::Error error = makeError(base::ErrorKind::ProtocolViolation, QStringLiteral("log in"),
                                      m_settings.host);
        error.detail = QStringLiteral("The server sends without end");
        finish(base::Failure(error));
    }
}

void SessionWorker::measure()
{
    Vitals vitals{m_globalRequests->bytesReceived(), m_globalRequests->bytesSent(),
                  net::roundTripTime(m_socket.get()), m_channels.count()};
    if (!vitals.roundTrip) {
        m_globalRequests->measure();
        vitals.roundTrip = m_globalRequests->roundTrip();
    }
    emit measured(vitals);
}

// libssh does not compare the key of a later key exchange (RFC 4253 section 9) with the first one.
void SessionWorker::checkHostKeyAgain()
{
    const auto key = HostKeyCheck::keyOf(m_session.get());
    if (isOver(m_session.get()) || (key && *key == *m_hostKey)) {
        return; // or over, which is told elsewhere
    }
    if (!key) {
        finish(base::Failure(key.error()));
        return;
    }
    const HostKeyCheck::Refused refused
        = HostKeyCheck::changed(m_settings, *key, m_address, *m_hostKey, m_trustedBy);
    emit hostKeyRefused(*refused.refusal);
    finish(base::Failure(refused.error));
}

void SessionWorker::checkAlive()
{
    if (m_state != State::Closed && !m_isLost && m_session && isOver(m_session.get())) {
        finish(base::Failure(explained(lossOf(m_session.get(), m_settings.host))));
    }
}

// The network was away while the computer slept, and nothing has arrived since.
base::Error SessionWorker::explained(base::Error loss) const
{
    const bool saysWhy
        = loss.cause == base::ErrorCause::Dismissed || loss.cause == base::ErrorCause::Damaged;
    if (m_globalRequests->isSuspicious() && !saysWhy) {
        loss.cause = base::ErrorCause::Slept;
    }
    return loss;
}

void SessionWorker::close()
{
    if (m_state == State::Ready) {
        finish({});
    } else if (m_state != State::Closed) {
        finish(base::Failure(
            makeError(base::ErrorKind::Cancelled, QStringLiteral("connect"), m_settings.host)));
    }
}

void SessionWorker::abort()
{
    close();
    tearDown();
}

// What made the connection may know why it is gone.
void SessionWorker::lose(const base::Error &error)
{
    m_isLost = true;
    m_deadline.stop();
    m_tick.stop();
    withdrawPrompt();
    m_dialer.explain(error);
}

void SessionWorker::handleExplanation(base::Error error)
{
    if (m_state == State::Ready) {
        error.kind = base::ErrorKind::ConnectionLost;
    }
    finish(base::Failure(error));
}

void SessionWorker::finish(const base::Result<void> &reason)
{
    if (m_state == State::Closed) {
        return;
    }
    if (!reason && reason.error().kind == base::ErrorKind::ConnectionLost && !m_isLost) {
        lose(reason.error());
        return;
    }
    m_deadline.stop();
    m_tick.stop();
    m_dialer.cancel();
    withdrawPrompt();
    if (m_login && m_state == State::Authenticating) {
        emit loginTraced(m_login->trace());
    }
    m_channels.failAll(reason ? makeError(base::ErrorKind::ConnectionLost,
                                          QStringLiteral("use the connection"), m_settings.host)
                              : reason.error());
    m_services.endAll();
    enter(State::Closed);
    emit closed(reason);
    // We may be inside a turn of the pump, or of the login.
    QMetaObject::invokeMethod(this, &SessionWorker::tearDown, Qt::QueuedConnection);
}

void SessionWorker::tearDown()
{
    m_channels.failAll(makeError(base::ErrorKind::Cancelled, QStringLiteral("use the connection"),
                                 m_settings.host));
    m_login.reset();
    m_memory.reset();
    m_negotiationLog.reset();
    m_listeners.reset();
    m_serverOpened.reset();
    m_globalRequests.reset();
    m_pump.reset();
    m_handshake.reset();
    m_session.reset();
    m_socket = base::UniqueFd();
    m_dialer.hangUp();
}

} // namespace ssh
