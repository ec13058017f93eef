#include "sftp/PacketAssembler.h"

#include "sftp/Packets.h"

#include <QtEndian>

#include <utility>

namespace sftp {
namespace {

constexpr qsizetype lengthBytes = 4;

void moveUpTo(qsizetype size, QByteArray &target, QByteArrayView &source)
{
    const qsizetype count = qMin(size - target.size(), source.size());
    target.append(source.first(count));
    source = source.sliced(count);
}

} // namespace

base::Result<std::optional<QByteArray>> PacketAssembler::take(QByteArrayView &data)
{
    if (m_length == 0) {
        moveUpTo(lengthBytes, m_header, data);
        if (m_header.size() < lengthBytes) {
            return std::nullopt;
        }
        if (const auto known = readLength(); !known) {
            return base::Failure(known.error());
        }
    }
    moveUpTo(m_length, m_packet, data);
    if (m_packet.size() < m_length) {
        return std::nullopt;
    }
    m_length = 0;
    return std::exchange(m_packet, {});
}

base::Result<void> PacketAssembler::readLength()
{
    const auto length = qFromBigEndian<quint32>(m_header.constData());
    m_header.clear();
    if (length == 0 || length > maximumPacketBytes) {
        return base::Failure(protocolViolation(QStringLiteral("a packet of %1 bytes").arg(length)));
    }
    m_length = length;
    m_packet.reserve(m_length);
    return {};
}

} // namespace sftp
