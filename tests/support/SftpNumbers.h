// The numbers of SFTP version 3 that ScriptedSftpServer answers with and reads.
// Source: draft-ietf-secsh-filexfer-02.

#pragma once

#include <QtTypes>

namespace tests {

enum AnswerType : quint8 { // draft-ietf-secsh-filexfer-02, section 3
    Version = 2,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attributes = 105,
    ExtendedReply = 201,
};

enum StatusCode : quint32 { // section 7
    Ok = 0,
    EndOfFile = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,
    Failure = 4,
    BadMessage = 5,
    Unsupported = 8,
};

enum OpenFlag : quint32 { // section 6.3
    Read = 0x1,
    Write = 0x2,
    Append = 0x4,
    Create = 0x8,
    Truncate = 0x10,
    Exclusive = 0x20,
};

enum AttributeFlag : quint32 { // section 5
    Size = 0x1,
    Owner = 0x2,
    Permissions = 0x4,
    Times = 0x8,
};

} // namespace tests
