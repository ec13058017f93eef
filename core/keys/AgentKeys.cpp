#include "keys/AgentKeys.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "keys/AgentProtocol.h"
#include "keys/AgentStream.h"
#include "keys/PublicKeyBlob.h"

namespace keys {
namespace {

constexpr quint8 lifetimeConstraint = 1; // SSH_AGENT_CONSTRAIN_LIFETIME
constexpr quint8 confirmConstraint = 2; // SSH_AGENT_CONSTRAIN_CONFIRM
constexpr qsizetype roomBytes = qsizetype{64} * 1024; // more than the largest key takes
constexpr qsizetype headBytes = 5; // length and type

base::Result<void> ask(const QString &socketPath, const base::SecretString &frame,
                       std::chrono::milliseconds timeLimit)
{
    constexpr int nothingStopsIt = -1; // poll(2) ignores it
    const auto deadline = std::chrono::steady_clock::now() + timeLimit;
    auto stream = AgentStream::connectTo(socketPath, nothingStopsIt);
    if (!stream) {
        return base::Failure(stream.error());
    }
    return stream->send(frame.bytes(), deadline)
        .and_then([&] { return stream->receive(deadline); })
        .and_then([&](const QByteArray &answer) -> base::Result<void> {
            if (isAgentMessage(answer, AgentMessage::Success)) {
                return {};
            }
            const bool isRefusal = isAgentMessage(answer, AgentMessage::Failure);
            return base::Failure(base::Error{
                .kind = isRefusal ? base::ErrorKind::PermissionDenied
                                  : base::ErrorKind::ProtocolViolation,
                .operation = QStringLiteral("change keys of agent"),
                .subject = socketPath,
                .detail = isRefusal ? QStringLiteral("The agent refused.")
                                    : QStringLiteral("Unexpected answer of the agent.")});
        });
}

// The private fields that stand behind a certificate, which has the public ones already.
QByteArrayView fieldsBehindCertificate(const PrivateKey &key)
{
    base::WireReader reader(key.fields().bytes());
    if (key.type() != "ssh-ed25519") {
        reader.string(); // n or the curve
        reader.string(); // e or the point
    }
    return reader.rest();
}

void writeKey(base::WireWriter &writer, const AgentAddition &addition)
{
    if (addition.certificateBlob.isEmpty()) {
        writer.string(addition.key.type()).bytes(addition.key.fields().bytes());
    } else {
        writer.string(publicKeyType(addition.certificateBlob)).string(addition.certificateBlob);
        writer.bytes(fieldsBehindCertificate(addition.key));
    }
    writer.string(addition.key.comment());
}

} // namespace

base::Result<void> addToAgent(const QString &socketPath, const AgentAddition &addition,
                              std::chrono::milliseconds timeLimit)
{
    const bool isConstrained = addition.lifetime.has_value() || addition.needsConfirmation;
    base::WireWriter contents;
    contents.reserve(roomBytes);
    writeKey(contents, addition);
    if (addition.lifetime) {
        contents.byte(lifetimeConstraint).uint32(static_cast<quint32>(addition.lifetime->count()));
    }
    if (addition.needsConfirmation) {
        contents.byte(confirmConstraint);
    }
    const auto secret = base::SecretString::fromUtf8(contents.take());
    base::WireWriter frame;
    frame.reserve(secret.size() + headBytes).uint32(static_cast<quint32>(secret.size() + 1));
    frame.byte(static_cast<quint8>(isConstrained ? AgentMessage::AddConstrained
                                                 : AgentMessage::AddIdentity));
    frame.bytes(secret.bytes());
    return ask(socketPath, base::SecretString::fromUtf8(frame.take()), timeLimit);
}

base::Result<void> removeFromAgent(const QString &socketPath, QByteArrayView blob,
                                   std::chrono::milliseconds timeLimit)
{
    QByteArray frame
        = agentFrame(AgentMessage::RemoveIdentity, base::WireWriter().string(blob).take());
    return ask(socketPath, base::SecretString::fromUtf8(std::move(frame)), timeLimit);
}

} // namespace keys
