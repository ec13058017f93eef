#include "keys/AgentProtocol.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"

namespace keys {
namespace {

base::Failure<base::Error> violation(QString detail)
{
    return base::Failure(base::Error{.kind = base::ErrorKind::ProtocolViolation,
                                     .operation = QStringLiteral("read answer of the agent"),
                                     .subject = {},
                                     .detail = std::move(detail)});
}

} // namespace

QByteArray agentFrame(AgentMessage type, QByteArrayView contents)
{
    const QByteArray message
        = base::WireWriter().byte(static_cast<quint8>(type)).bytes(contents).take();
    return base::WireWriter().string(message).take();
}

base::Result<std::optional<QByteArray>> takeAgentMessage(QByteArray &received)
{
    base::WireReader reader(received);
    const auto length = reader.uint32();
    if (!length) {
        return std::nullopt;
    }
    if (*length == 0 || *length > agentMessageLimitBytes) {
        return violation(QStringLiteral("message of %1 bytes").arg(*length));
    }
    const auto message = reader.bytes(*length);
    if (!message) {
        return std::nullopt;
    }
    QByteArray taken = message->toByteArray();
    received = reader.rest().toByteArray();
    return taken;
}

bool isAgentMessage(QByteArrayView message, AgentMessage type)
{
    return base::WireReader(message).byte() == static_cast<quint8>(type);
}

QByteArray encodeIdentities(const QList<AgentIdentity> &identities)
{
    base::WireWriter writer;
    writer.uint32(static_cast<quint32>(identities.size()));
    for (const AgentIdentity &identity : identities) {
        writer.string(identity.blob).string(identity.comment.toUtf8());
    }
    return writer.take();
}

base::Result<QList<AgentIdentity>> decodeIdentities(QByteArrayView contents)
{
    base::WireReader reader(contents);
    const auto count = reader.uint32();
    if (!count) {
        return violation(QStringLiteral("number of keys is missing"));
    }
    // Nothing is reserved: the number is foreign, the loop ends with the bytes.
    QList<AgentIdentity> identities;
    for (quint32 i = 0; i < *count; ++i) {
        const auto blob = reader.string();
        const auto comment = reader.string();
        if (!blob || !comment) {
            return violation(QStringLiteral("key %1 of %2 is cut off").arg(i + 1).arg(*count));
        }
        identities.append({blob->toByteArray(), QString::fromUtf8(*comment)});
    }
    return identities;
}

} // namespace keys
