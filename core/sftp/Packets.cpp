#include "sftp/Packets.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "sftp/Attributes.h"

namespace sftp {
namespace {

using base::Failure;
using base::Result;
using base::WireReader;
using base::WireWriter;

constexpr qsizetype headerBytes = 5; // type and id
constexpr qsizetype longestMessage = 1024;
constexpr qsizetype longestHandle = 256; // section 4
constexpr qsizetype shortestName = 12; // two empty strings and attributes without fields

std::unexpected<base::Error> malformed(const char *what)
{
    return Failure(protocolViolation(QStringLiteral("malformed %1").arg(QLatin1String(what))));
}

Result<Answer> parseStatus(WireReader &reader)
{
    const auto code = reader.uint32();
    if (!code) {
        return malformed("STATUS");
    }
    // Servers of the first drafts end here: message and language are of version 3.
    const QByteArrayView message = reader.string().value_or(QByteArrayView());
    return StatusAnswer{*code,
                        QString::fromUtf8(message.first(qMin(message.size(), longestMessage)))};
}

Result<Answer> parseHandle(WireReader &reader)
{
    const auto handle = reader.string();
    if (!handle || handle->size() > longestHandle) {
        return malformed("HANDLE");
    }
    return HandleAnswer{handle->toByteArray()};
}

std::optional<ListedName> parseName(WireReader &reader)
{
    const auto name = reader.string();
    const auto longName = reader.string();
    const auto attributes = name && longName ? readAttributes(reader) : std::nullopt;
    if (!attributes) {
        return std::nullopt;
    }
    return ListedName{name->toByteArray(), longName->toByteArray(), *attributes};
}

Result<Answer> parseNames(WireReader &reader)
{
    const auto count = reader.uint32();
    if (!count || *count > reader.rest().size() / shortestName) {
        return malformed("NAME");
    }
    NameAnswer answer;
    answer.names.reserve(*count);
    for (quint32 i = 0; i < *count; ++i) {
        const auto name = parseName(reader);
        if (!name) {
            return malformed("NAME");
        }
        answer.names.append(*name);
    }
    return answer;
}

Result<Answer> parseAttributes(WireReader &reader)
{
    const auto attributes = readAttributes(reader);
    if (!attributes) {
        return malformed("ATTRS");
    }
    return AttributesAnswer{*attributes};
}

// Keeps the packet's own memory for the data: nothing is copied.
Result<Answer> parseData(WireReader &reader, QByteArray packet)
{
    const auto data = reader.string();
    if (!data) {
        return malformed("DATA");
    }
    const qsizetype start = data->data() - packet.constData();
    const qsizetype size = data->size();
    return DataAnswer{std::move(packet).sliced(start, size)};
}

Result<Answer> parseBody(quint8 type, WireReader &reader, QByteArray packet)
{
    switch (static_cast<PacketType>(type)) {
    case PacketType::Status:
        return parseStatus(reader);
    case PacketType::Handle:
        return parseHandle(reader);
    case PacketType::Data:
        return parseData(reader, std::move(packet));
    case PacketType::Name:
        return parseNames(reader);
    case PacketType::Attrs:
        return parseAttributes(reader);
    case PacketType::ExtendedReply:
        return ExtendedAnswer{reader.rest().toByteArray()};
    default:
        return Failure(protocolViolation(QStringLiteral("packet of type %1").arg(type)));
    }
}

} // namespace

base::Error protocolViolation(const QString &detail)
{
    base::Error error;
    error.kind = base::ErrorKind::ProtocolViolation;
    error.operation = QStringLiteral("speak SFTP");
    error.detail = detail;
    return error;
}

QByteArray initPacket()
{
    return WireWriter()
        .uint32(headerBytes)
        .byte(static_cast<quint8>(PacketType::Init))
        .uint32(protocolVersion)
        .take();
}

QByteArray requestPacket(PacketType type, quint32 id, QByteArrayView fields,
                         qsizetype bytesToFollow)
{
    return WireWriter()
        .uint32(static_cast<quint32>(headerBytes + fields.size() + bytesToFollow))
        .byte(static_cast<quint8>(type))
        .uint32(id)
        .bytes(fields)
        .take();
}

Result<ServerVersion> parseVersion(QByteArrayView packet)
{
    WireReader reader(packet);
    const auto type = reader.byte();
    const auto version = reader.uint32();
    if (type != static_cast<quint8>(PacketType::Version) || !version) {
        return malformed("VERSION");
    }
    ServerVersion server;
    server.version = *version;
    while (!reader.isAtEnd()) {
        const auto name = reader.string();
        const auto data = reader.string();
        if (!name || !data) {
            return malformed("VERSION");
        }
        server.extensions.insert(name->toByteArray(), data->toByteArray());
    }
    return server;
}

Result<NumberedAnswer> parseAnswer(QByteArray packet)
{
    WireReader reader(packet);
    const auto type = reader.byte();
    const auto id = reader.uint32();
    if (!type || !id) {
        return malformed("packet");
    }
    return parseBody(*type, reader, std::move(packet)).transform([id](Answer answer) {
        return NumberedAnswer{*id, std::move(answer)};
    });
}

} // namespace sftp
