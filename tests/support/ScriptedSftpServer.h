// ScriptedSftpServer: an SFTP version 3 server on bytes alone, which can be told to misbehave.
//
// Without faults it behaves as OpenSSH's sftp-server does on an in-memory tree, checked against the
// real sftp(1) in its test. Packets: draft-ietf-secsh-filexfer-02; extensions: OpenSSH's PROTOCOL,
// section 4. Symbolic links are made with the arguments in OpenSSH's order, target first.

#pragma once

#include "tests/support/SftpTree.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QHash>
#include <QList>

#include <map>
#include <optional>

namespace tests {

class SftpFields;

enum class SftpRequestType : quint8 {
    Init = 1,
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
    Extended = 200,
};

// The answer to limits@openssh.com, in bytes; 0 means "no limit known".
struct SftpLimits
{
    quint64 packet = 262144; // OpenSSH 10.0's values
    quint64 read = 261120;
    quint64 write = 261120;
    quint64 openHandles = 1019;
};

// What differs from a good server. May be changed between two calls of handle().
struct SftpFaults
{
    quint32 version = 3; // in the answer to INIT
    std::optional<SftpLimits> limits = SftpLimits(); // none: the extension is not offered
    bool posixRename = true; // offers posix-rename@openssh.com
    bool renameReplaces = false; // RENAME takes the place of what is there, as rename(2) does
    bool checkFile = false; // offers check-file, and knows SHA-256
    std::optional<QByteArray> checkFileAnswer; // instead of the algorithm's name and the hash
    QByteArray forbiddenEnding; // files whose names end so can not be opened; empty: no file
    QHash<SftpRequestType, quint32> statuses; // these requests are not done but answered so
    bool silentStatuses = false; // STATUS ends after the code, as from servers of versions 0 to 2
    QByteArray statusMessage = "as told by the test";

    qsizetype maxReadBytes = 0; // DATA carries at most so many; 0: as many as asked for
    bool emptyData = false; // READ is answered with DATA of no bytes, for ever
    std::optional<quint64> diskFullAt; // WRITE that ends beyond this offset fails...
    quint32 diskFullStatus = 4; // ...with this code: OpenSSH says FAILURE, others 14

    QByteArrayList extraNames; // listed in each folder, whatever bytes they are
    bool emptyNames = false; // READDIR is answered with NAME of no entries, for ever
    bool endlessListing = false; // READDIR never says EOF, but one name more each time:
    QByteArray endlessName = "again-"; // this and a number
    bool withoutAttributes = false; // attributes have no flags set and no fields

    bool wrongIds = false; // answers carry an id that nobody asked with
    bool duplicateAnswers = false;
    bool hugeLengths = false; // a packet's length field says 0xffffffff
    bool truncatedPackets = false; // the last byte is missing, and the length field agrees
    bool holdAnswers = false; // until release()
};

class ScriptedSftpServer final
{
public:
    enum class Order { Kept, Reversed };

    struct SeenRequest
    {
        SftpRequestType type;
        quint32 id;
    };

    ScriptedSftpServer(); // with an empty /home/tester, which relative paths start from

    SftpFaults faults;
    SftpTree tree;

    // Takes what the client sent, in pieces of any size, and returns what goes back to it.
    [[nodiscard]] QByteArray handle(QByteArrayView bytesFromClient);

    // The answers held back so far.
    [[nodiscard]] QByteArray release(Order order = Order::Kept);

    const QList<SeenRequest> &requests() const { return m_requests; } // all but INIT
    qsizetype count(SftpRequestType type) const;
    qsizetype openHandleCount() const { return static_cast<qsizetype>(m_handles.size()); }
    qsizetype heldAnswerCount() const { return m_held.size(); }

private:
    struct Handle
    {
        QByteArray path = {};
        quint32 flags = 0; // of OPEN
        QByteArrayList namesLeft = {}; // of a folder
        bool isFolder = false;
    };

    QByteArray answerPacket(QByteArrayView packet);
    QByteArray answerRequest(SftpRequestType type, quint32 id, SftpFields &fields);
    QByteArray initialize() const;
    QByteArray open(quint32 id, SftpFields &fields);
    QByteArray close(quint32 id, SftpFields &fields);
    QByteArray read(quint32 id, SftpFields &fields);
    QByteArray write(quint32 id, SftpFields &fields);
    QByteArray stat(SftpRequestType type, quint32 id, SftpFields &fields);
    QByteArray setStat(SftpRequestType type, quint32 id, SftpFields &fields);
    QByteArray openFolder(quint32 id, SftpFields &fields);
    QByteArray readFolder(quint32 id, SftpFields &fields);
    QByteArray remove(SftpRequestType type, quint32 id, SftpFields &fields);
    QByteArray makeFolder(quint32 id, SftpFields &fields);
    QByteArray realPath(quint32 id, SftpFields &fields);
    QByteArray rename(quint32 id, SftpFields &fields);
    QByteArray posixRename(quint32 id, SftpFields &fields);
    QByteArray readLink(quint32 id, SftpFields &fields);
    QByteArray makeLink(quint32 id, SftpFields &fields);
    QByteArray extended(quint32 id, SftpFields &fields);
    QByteArray checkFile(quint32 id, const QByteArray &path, SftpFields &fields) const;

    QByteArray path(SftpFields &fields) const;
    Handle *handleOf(SftpFields &fields);
    QByteArray newHandle(quint32 id, Handle handle);
    QByteArray status(quint32 id, quint32 code) const;
    QByteArray nameAnswer(quint32 id, const QByteArray &name) const;
    QByteArray attributes(const SftpNode &node) const;
    QByteArray framed(QByteArray payload) const;

    QByteArray m_input;
    QByteArrayList m_held;
    QList<SeenRequest> m_requests;
    std::map<QByteArray, Handle> m_handles;
    quint32 m_lastHandle = 0;
};

} // namespace tests
