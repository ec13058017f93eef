#include "keys/AgentClient.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "keys/AgentExchange.h"

#include <QPromise>

#include <utility>

namespace keys {
namespace {

base::Error error(base::ErrorKind kind, const QString &detail)
{
    return {
        .kind = kind, .operation = QStringLiteral("ask agent"), .subject = {}, .detail = detail};
}

// The contents of `message`, if it is the one that was expected.
base::Result<QByteArrayView> contentsOf(QByteArrayView message, AgentMessage expected)
{
    if (isAgentMessage(message, expected)) {
        return message.sliced(1);
    }
    if (isAgentMessage(message, AgentMessage::Failure)) {
        return base::Failure(
            error(base::ErrorKind::PermissionDenied, QStringLiteral("the agent refused")));
    }
    return base::Failure(error(base::ErrorKind::ProtocolViolation,
                               QStringLiteral("unexpected answer of the agent")));
}

base::Result<QByteArray> decodeSignature(QByteArrayView contents)
{
    const auto signature = base::WireReader(contents).string();
    if (!signature) {
        return base::Failure(
            error(base::ErrorKind::ProtocolViolation, QStringLiteral("the signature is cut off")));
    }
    return signature->toByteArray();
}

} // namespace

AgentClient::AgentClient(QString socketPath, QObject *parent)
    : QObject(parent)
    , m_socketPath(std::move(socketPath))
{
}

AgentClient::~AgentClient()
{
    for (const auto &exchange : m_exchanges) {
        exchange->cancel();
    }
}

QFuture<base::Result<QList<AgentIdentity>>> AgentClient::identities(
    std::chrono::milliseconds timeLimit)
{
    return ask<QList<AgentIdentity>>(agentFrame(AgentMessage::RequestIdentities),
                                     AgentMessage::IdentitiesAnswer, decodeIdentities, timeLimit);
}

QFuture<base::Result<QByteArray>> AgentClient::sign(QByteArrayView keyBlob, QByteArrayView data,
                                                    SignatureHash hash,
                                                    std::chrono::milliseconds timeLimit)
{
    const QByteArray contents
        = base::WireWriter().string(keyBlob).string(data).uint32(static_cast<quint32>(hash)).take();
    return ask<QByteArray>(agentFrame(AgentMessage::SignRequest, contents),
                           AgentMessage::SignResponse, decodeSignature, timeLimit);
}

template<typename Value>
QFuture<base::Result<Value>> AgentClient::ask(
    const QByteArray &request, AgentMessage expected,
    const std::function<base::Result<Value>(QByteArrayView)> &decode,
    std::chrono::milliseconds timeLimit)
{
    std::erase_if(m_exchanges, [](const auto &each) { return each->hasEnded(); });
    m_exchanges.push_back(std::make_unique<AgentExchange>(m_socketPath, request));
    AgentExchange &exchange = *m_exchanges.back();

    // Shared because connect() copies what it is given.
    const auto promise = std::make_shared<QPromise<base::Result<Value>>>();
    promise->start();
    connect(&exchange, &AgentExchange::finished, this,
            [promise, expected, decode](const base::Result<QByteArray> &answer) {
                promise->addResult(answer
                                       .and_then([expected](const QByteArray &message) {
                                           return contentsOf(message, expected);
                                       })
                                       .and_then(decode));
                promise->finish();
            });
    exchange.start(timeLimit);
    return promise->future();
}

} // namespace keys
