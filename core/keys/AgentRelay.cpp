#include "keys/AgentRelay.h"

#include "base/WireReader.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace keys {
namespace {

constexpr std::size_t pieceSize = std::size_t{16} * 1024;
constexpr quint8 userAuthRequest = 50; // SSH_MSG_USERAUTH_REQUEST, RFC 4252 section 6

bool mustWait(int code)
{
    return code == EAGAIN || code == EWOULDBLOCK || code == EINTR;
}

// The frame of a message that was read: its length in front again.
QByteArray frameOf(const QByteArray &message)
{
    return agentFrame(static_cast<AgentMessage>(static_cast<quint8>(message.at(0))),
                      QByteArrayView(message).sliced(1));
}

// Of the data that a login signs (RFC 4252 section 7): session, type of message, user. Empty if it
// is for something else.
QString userIn(QByteArrayView data)
{
    base::WireReader reader(data);
    const bool hasSession = reader.string().has_value();
    if (!hasSession || reader.byte() != userAuthRequest) {
        return {};
    }
    const auto user = reader.string();
    return user ? QString::fromUtf8(*user) : QString();
}

} // namespace

AgentRelay::AgentRelay(base::UniqueFd program, base::UniqueFd agent, Approver approver,
                       QObject *parent)
    : QObject(parent)
    , m_approver(std::move(approver))
{
    m_program.socket = std::move(program);
    m_agent.socket = std::move(agent);
    watch(m_program, &AgentRelay::readProgram);
    watch(m_agent, &AgentRelay::readAgent);
}

void AgentRelay::watch(End &end, void (AgentRelay::*read)())
{
    end.readable = std::make_unique<QSocketNotifier>(end.socket.get(), QSocketNotifier::Read);
    end.writable = std::make_unique<QSocketNotifier>(end.socket.get(), QSocketNotifier::Write);
    end.writable->setEnabled(false);
    connect(end.readable.get(), &QSocketNotifier::activated, this, read);
    connect(end.writable.get(), &QSocketNotifier::activated, this, [this, &end] { flush(end); });
}

bool AgentRelay::readFrom(End &end)
{
    std::array<char, pieceSize> bytes;
    const ssize_t count = ::recv(end.socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count > 0) {
        end.received.append(bytes.data(), count);
    }
    return count > 0 || (count < 0 && mustWait(errno));
}

void AgentRelay::send(End &end, const QByteArray &frame)
{
    end.unsent += frame;
    flush(end);
}

void AgentRelay::flush(End &end)
{
    while (!end.unsent.isEmpty()) {
        const ssize_t count
            = ::send(end.socket.get(), end.unsent.constData(),
                     static_cast<std::size_t>(end.unsent.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && !mustWait(errno)) {
            close();
            return;
        }
        if (count < 0) {
            break;
        }
        end.unsent.remove(0, count);
    }
    if (end.writable != nullptr) {
        end.writable->setEnabled(!end.unsent.isEmpty());
    }
}

// What comes while a request is under way waits, up to the largest message and a little more.
void AgentRelay::readProgram()
{
    if (!readFrom(m_program)) {
        close();
        return;
    }
    while (!m_isBusy && m_program.readable != nullptr) {
        const auto taken = takeAgentMessage(m_program.received);
        if (!taken) {
            close();
            return;
        }
        const std::optional<QByteArray> &message = *taken;
        if (!message) {
            break;
        }
        m_isBusy = true;
        handleRequest(*message);
    }
    if (m_program.readable != nullptr) {
        m_program.readable->setEnabled(m_program.received.size() < agentMessageLimitBytes);
    }
}

void AgentRelay::handleRequest(const QByteArray &message)
{
    const bool isList = isAgentMessage(message, AgentMessage::RequestIdentities);
    const bool isSignature = isAgentMessage(message, AgentMessage::SignRequest);
    if (isSignature && m_approver) {
        ask(message);
    } else if (isList || isSignature) {
        passOn(message);
    } else {
        refuse();
    }
}

void AgentRelay::ask(const QByteArray &message)
{
    base::WireReader reader(QByteArrayView(message).sliced(1));
    const auto blob = reader.string();
    const auto data = reader.string();
    if (!blob || !data) {
        refuse();
        return;
    }
    SignRequest request{{.blob = blob->toByteArray(), .comment = {}}, userIn(*data)};
    const auto known = std::ranges::find(m_identities, request.identity.blob, &AgentIdentity::blob);
    if (known != m_identities.end()) {
        request.identity.comment = known->comment;
    }
    m_approver(request, [this, message](bool isAllowed) {
        if (isAllowed) {
            passOn(message);
        } else {
            refuse();
        }
    });
}

void AgentRelay::passOn(const QByteArray &message)
{
    send(m_agent, frameOf(message));
}

void AgentRelay::refuse()
{
    m_isBusy = false;
    send(m_program, agentFrame(AgentMessage::Failure));
    // What waited is read in a turn of its own: whoever refuses may be in the middle of that.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_program.readable != nullptr) {
                readProgram();
            }
        },
        Qt::QueuedConnection);
}

void AgentRelay::readAgent()
{
    if (!readFrom(m_agent)) {
        close();
        return;
    }
    const auto taken = takeAgentMessage(m_agent.received);
    if (!taken || (*taken && !m_isBusy)) { // an answer that nobody has asked for
        close();
        return;
    }
    const std::optional<QByteArray> &message = *taken;
    if (!message) {
        return;
    }
    if (isAgentMessage(*message, AgentMessage::IdentitiesAnswer)) {
        m_identities
            = decodeIdentities(QByteArrayView(*message).sliced(1)).value_or(QList<AgentIdentity>());
    }
    m_isBusy = false;
    send(m_program, frameOf(*message));
    if (m_program.readable != nullptr) {
        readProgram();
    }
}

void AgentRelay::close()
{
    for (End *end : {&m_program, &m_agent}) {
        for (auto *notifier : {&end->readable, &end->writable}) {
            if (*notifier != nullptr) {
                (*notifier)->setEnabled(false);
                notifier->release()->deleteLater(); // it may be its own signal
            }
        }
        end->socket = base::UniqueFd();
    }
}

} // namespace keys
