// ServerLimits: how much a server takes in one request (limits@openssh.com, OpenSSH's PROTOCOL file
// section 4.8). Servers lie, so what they say is brought into a range that works.

#pragma once

#include "base/Result.h"

#include <QByteArrayView>

namespace sftp {

struct ServerLimits
{
    // Every server takes this: draft-ietf-secsh-filexfer-02 section 3 asks for packets of 34,000
    // bytes.
    quint32 readBytes = 32 * 1024; // of data in one answer
    quint32 writeBytes = 32 * 1024; // of data in one request
    int openHandles = 64; // at a time

    // Reads the body of an EXTENDED_REPLY. A limit of 0 means that the server does not tell it.
    static base::Result<ServerLimits> fromReply(QByteArrayView reply);

    friend bool operator==(const ServerLimits &, const ServerLimits &) = default;
};

} // namespace sftp
