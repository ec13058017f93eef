// The packets of SFTP version 3 (draft-ietf-secsh-filexfer-02) as values: pure functions on bytes.
//
// Nothing here trusts a length or a count. Names are bytes and are not inspected.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"

#include <QByteArray>
#include <QFlags>
#include <QHash>
#include <QList>

#include <optional>
#include <variant>

namespace sftp {

enum class PacketType : quint8 { // section 3
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    Lstat = 7,
    Fstat = 8,
    Setstat = 9,
    Fsetstat = 10,
    Opendir = 11,
    Readdir = 12,
    Remove = 13,
    Mkdir = 14,
    Rmdir = 15,
    Realpath = 16,
    Stat = 17,
    Rename = 18,
    Readlink = 19,
    Symlink = 20,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attrs = 105,
    Extended = 200,
    ExtendedReply = 201,
};

enum class OpenFlag : quint32 { // section 6.3
    Read = 0x1,
    Write = 0x2,
    Append = 0x4,
    Create = 0x8,
    Truncate = 0x10,
    Exclusive = 0x20,
};
Q_DECLARE_FLAGS(OpenFlags, OpenFlag)
Q_DECLARE_OPERATORS_FOR_FLAGS(OpenFlags)

// A packet's longest length field that is accepted: OpenSSH sends at most 256 KiB, and a server
// may take our wish for data literally and add its header.
inline constexpr quint32 maximumPacketBytes = 256 * 1024 + 1024;

inline constexpr quint32 protocolVersion = 3;

struct ServerVersion
{
    quint32 version = 0;
    QHash<QByteArray, QByteArray> extensions; // name to data, often a version in digits
};

// The answers of section 7.
struct StatusAnswer
{
    quint32 code = 0; // SSH_FX_*
    QString message; // the server's words, cut at 1 KiB; empty from servers that send none
};

inline constexpr quint32 statusOk = 0;
inline constexpr quint32 statusEndOfFile = 1;
inline constexpr quint32 statusBadMessage = 5;

struct HandleAnswer
{
    QByteArray handle;
};

struct DataAnswer
{
    QByteArray data;
};

struct ListedName
{
    QByteArray name;
    QByteArray longName; // a line like that of `ls -l`
    files::FileAttributes attributes;
};

struct NameAnswer
{
    QList<ListedName> names;
};

struct AttributesAnswer
{
    files::FileAttributes attributes;
};

struct ExtendedAnswer
{
    QByteArray data;
};

using Answer = std::variant<StatusAnswer, HandleAnswer, DataAnswer, NameAnswer, AttributesAnswer,
                            ExtendedAnswer>;

struct NumberedAnswer
{
    quint32 id = 0;
    Answer answer;
};

// A whole INIT packet, its length included.
QByteArray initPacket();

// The start of a request with its length, for `fields` and as many bytes as `bytesToFollow`, which
// the caller sends after it.
QByteArray requestPacket(PacketType type, quint32 id, QByteArrayView fields,
                         qsizetype bytesToFollow = 0);

// `packet` is what followed the length field. Errors are of kind ProtocolViolation.
base::Result<ServerVersion> parseVersion(QByteArrayView packet);
base::Result<NumberedAnswer> parseAnswer(QByteArray packet);

// The server broke the protocol; `detail` says how, in our words, for the log.
base::Error protocolViolation(const QString &detail);

} // namespace sftp
