#include "keys/AgentProxy.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "keys/AgentStream.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace keys {
namespace {

base::Failure<base::Error> systemFailure(int code)
{
    return base::Failure(
        base::Error::fromErrno(code, QStringLiteral("start agent proxy"), QString()));
}

// What answers the client, one request after the other.
class Service
{
public:
    Service(QString agentSocket, AgentIdentity identity, std::chrono::milliseconds timeLimit,
            int stop, AgentProxy::Observer observer)
        : m_agentSocket(std::move(agentSocket))
        , m_identity(std::move(identity))
        , m_timeLimit(timeLimit)
        , m_stop(stop)
        , m_observer(std::move(observer))
    {
    }

    // Returns when the client has gone, or all was cancelled.
    void serve(AgentStream &client) const
    {
        auto request = client.receive(AgentStream::never);
        while (request && client.send(answerTo(*request), AgentStream::never)) {
            request = client.receive(AgentStream::never);
        }
        client.endSending();
    }

private:
    QByteArray answerTo(QByteArrayView request) const
    {
        if (isAgentMessage(request, AgentMessage::RequestIdentities)) {
            return agentFrame(AgentMessage::IdentitiesAnswer, encodeIdentities({m_identity}));
        }
        if (isAgentMessage(request, AgentMessage::SignRequest)
            && base::WireReader(request.sliced(1)).string() == m_identity.blob) {
            if (const auto signature = observedSignatureFor(forAgent(request.sliced(1)))) {
                return agentFrame(AgentMessage::SignResponse, QByteArrayView(*signature).sliced(1));
            }
        }
        return agentFrame(AgentMessage::Failure);
    }

    // The contents of a SignRequest, with the key under the name by which the agent knows it.
    QByteArray forAgent(QByteArrayView contents) const
    {
        if (m_identity.signingBlob.isEmpty()) {
            return contents.toByteArray();
        }
        base::WireReader reader(contents);
        static_cast<void>(reader.string()); // the certificate
        base::WireWriter writer;
        writer.string(m_identity.signingBlob).bytes(reader.rest());
        return writer.take();
    }

    base::Result<QByteArray> observedSignatureFor(QByteArrayView contents) const
    {
        if (m_observer.signing) {
            m_observer.signing();
        }
        const auto signature = signatureFor(contents).and_then(onlySignature);
        if (m_observer.hasSigned) {
            m_observer.hasSigned(signature.transform([](const QByteArray &) { }));
        }
        return signature;
    }

    static base::Result<QByteArray> onlySignature(const QByteArray &message)
    {
        if (isAgentMessage(message, AgentMessage::SignResponse)) {
            return message;
        }
        return base::Failure(base::Error{.kind = base::ErrorKind::PermissionDenied,
                                         .operation = QStringLiteral("ask agent"),
                                         .subject = {},
                                         .detail = {}});
    }

    // Asks the real agent; `contents` are those of a SignRequest.
    base::Result<QByteArray> signatureFor(QByteArrayView contents) const
    {
        const auto deadline = std::chrono::steady_clock::now() + m_timeLimit;
        auto agent = AgentStream::connectTo(m_agentSocket, m_stop);
        if (!agent) {
            return base::Failure(agent.error());
        }
        return agent->send(agentFrame(AgentMessage::SignRequest, contents), deadline)
            .and_then([&agent, deadline] { return agent->receive(deadline); });
    }

    QString m_agentSocket;
    AgentIdentity m_identity;
    std::chrono::milliseconds m_timeLimit;
    int m_stop;
    AgentProxy::Observer m_observer;
};

} // namespace

base::Result<AgentProxy> AgentProxy::start(const QString &agentSocket,
                                           const AgentIdentity &identity,
                                           std::chrono::milliseconds timeLimit,
                                           const Observer &observer)
{
    base::UniqueFd stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!stop.isValid()) {
        return systemFailure(errno);
    }
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return systemFailure(errno);
    }
    AgentProxy proxy(base::UniqueFd{ends[0]}, base::UniqueFd{ends[1]}, std::move(stop));
    proxy.m_thread = std::jthread(
        [service = Service(agentSocket, identity, timeLimit, proxy.m_stop.get(), observer),
         client = proxy.m_client.get()] { service.serve(*client); });
    return proxy;
}

AgentProxy::AgentProxy(base::UniqueFd clientEnd, base::UniqueFd ourEnd, base::UniqueFd stop)
    : m_clientEnd(std::move(clientEnd))
    , m_stop(std::move(stop))
    , m_client(std::make_unique<AgentStream>(std::move(ourEnd), m_stop.get()))
{
}

AgentProxy::~AgentProxy()
{
    if (m_stop.isValid()) { // not moved from
        cancel();
    }
}

AgentProxy::AgentProxy(AgentProxy &&) noexcept = default;

base::UniqueFd AgentProxy::takeClientEnd()
{
    return std::move(m_clientEnd);
}

void AgentProxy::cancel()
{
    ::eventfd_write(m_stop.get(), 1);
}

} // namespace keys
