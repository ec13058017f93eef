// PacketAssembler: cuts the byte stream of an SFTP server into packets.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sftp {

class PacketAssembler
{
public:
    // Moves bytes from the front of `data` into the packet that is being assembled, and returns it
    // without its length once it is complete. ProtocolViolation if a length is 0 or too large;
    // the stream is of no use then.
    base::Result<std::optional<QByteArray>> take(QByteArrayView &data);

private:
    base::Result<void> readLength();

    QByteArray m_header;
    QByteArray m_packet;
    qsizetype m_length = 0; // of the packet; 0 while its header is incomplete
};

} // namespace sftp
