// Engine: speaks SFTP version 3 over any byte stream, many requests at a time. Used by Client for
// panes and verbs, and by the transfer pipelines.
//
// Bytes come in by received() and leave through a ByteSink; answers arrive at callbacks, in any
// order. It lives on the connection's thread. Requests are those of draft-ietf-secsh-filexfer-02
// and of OpenSSH's PROTOCOL file.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "sftp/PacketAssembler.h"
#include "sftp/Packets.h"
#include "sftp/RequestTable.h"
#include "sftp/ServerLimits.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace base {
class WireWriter;
}

namespace sftp {

// Where an engine's bytes go.
class ByteSink
{
public:
    virtual ~ByteSink() = default;

    virtual void write(const QByteArray &data) = 0; // takes all of it
    virtual qsizetype queuedBytes() const = 0; // of what was taken and not sent yet
};

// An open file or directory of the server. Whoever opened it closes it.
struct Handle
{
    QByteArray id;
    files::FilePath path; // for errors
};

// What a server says of the file system that a path is on (statvfs(3)).
struct FileSystemStatus
{
    quint64 totalBytes = 0;
    quint64 freeBytes = 0; // for those who are not root
    quint64 totalFiles = 0;
    quint64 freeFiles = 0;
    bool isReadOnly = false;
};

// In the order in which they were asked for; empty where the server knows no name.
struct OwnerNames
{
    QList<QByteArray> users;
    QList<QByteArray> groups;
};

// A part of a file, of at least one byte.
struct FileRange
{
    quint64 offset = 0;
    quint64 length = 0;
};

// The most that a server is asked to hash at once: the answer has to come while the engine still
// waits for it, and ProFTPD counts the bytes of one hash in 32 bits.
inline constexpr quint64 longestHashedRange = quint64{256} * 1024 * 1024;

// Something that works with an engine for a while and ends with it at the latest.
class EngineTask
{
public:
    virtual ~EngineTask() = default;
};

class Engine final
{
public:
    using RequestId = RequestTable::Id;

    // Called once, on the connection's thread, never before the request returns. Must not destroy
    // the engine.
    template<typename T>
    using Answered = std::move_only_function<void(base::Result<T>)>;

    // A connection that makes no progress for `patience` while something is asked is dead; 30 times
    // as long while a flush is: its keep-alives tell earlier whether the server is there.
    explicit Engine(ByteSink &sink, std::chrono::milliseconds patience = std::chrono::seconds(60));
    ~Engine(); // unanswered requests fail with ConnectionLost
    Q_DISABLE_COPY_MOVE(Engine)

    // Sends INIT. Requests may be made once `call` of whenReady() has run.
    void start();

    // Runs `call` now or when the server's VERSION has come, or at the end: requests fail then.
    void whenReady(std::move_only_function<void()> call);

    // Called once if the engine ends by itself: the channel is of no use any more.
    void setEndHandler(std::move_only_function<void(const base::Error &)> handler);

    void received(QByteArrayView data);
    void noteProgress(); // the other side took bytes from the sink

    // The stream ended for `reason`: everything that waits fails with it. Later requests too.
    void end(const base::Error &reason);
    bool isReady() const { return m_server.has_value(); } // stays true after the end
    bool hasEnded() const { return m_end.has_value(); }
    const std::optional<base::Error> &endReason() const { return m_end; }

    bool offers(const QByteArray &extension) const;
    const ServerLimits &limits() const { return m_limits; } // defaults until the server told them

    // The shortest time so far from a request to its answer, when nothing else was asked; zero
    // until one is known.
    std::chrono::milliseconds roundTrip() const;

    // False while so much is queued that further data should wait for an answer first.
    bool hasRoom() const;

    // The callback will not be called. If the answer is a handle, it is closed when it comes.
    void abandon(RequestId request);

    // Keeps `task` until release(), or until the engine is destroyed.
    EngineTask &adopt(std::unique_ptr<EngineTask> task);
    void release(EngineTask &task); // destroys it as soon as the event loop runs again

    RequestId open(const files::FilePath &path, OpenFlags flags,
                   const files::FileAttributes &attributes, Answered<Handle> answered);
    RequestId close(const Handle &handle, Answered<void> answered);
    // At most `length` bytes; nothing at the end of the file.
    RequestId read(const Handle &handle, quint64 offset, quint32 length,
                   Answered<std::optional<QByteArray>> answered);
    // NoSpace also from servers that have no words for it, if they can be asked for free space.
    RequestId write(const Handle &handle, quint64 offset, const QByteArray &data,
                    Answered<void> answered);

    RequestId linkStatus(const files::FilePath &path, Answered<files::FileAttributes> answered);
    RequestId status(const files::FilePath &path, Answered<files::FileAttributes> answered);
    RequestId status(const Handle &handle, Answered<files::FileAttributes> answered);
    RequestId setAttributes(const files::FilePath &path, const files::FileAttributes &attributes,
                            Answered<void> answered);
    RequestId setAttributes(const Handle &handle, const files::FileAttributes &attributes,
                            Answered<void> answered);

    RequestId openDirectory(const files::FilePath &path, Answered<Handle> answered);
    // Some of the names, perhaps none; nothing after the last one.
    RequestId readDirectory(const Handle &handle,
                            Answered<std::optional<QList<ListedName>>> answered);
    RequestId makeDirectory(const files::FilePath &path, const files::FileAttributes &attributes,
                            Answered<void> answered);
    RequestId removeDirectory(const files::FilePath &path, Answered<void> answered);

    RequestId remove(const files::FilePath &path, Answered<void> answered);
    // Servers differ in whether they overwrite; see FileOperations.
    RequestId rename(const files::FilePath &from, const files::FilePath &to,
                     Answered<void> answered);
    // posix-rename@openssh.com: replaces `to` in one step. Unsupported if it is not offered.
    RequestId replace(const files::FilePath &from, const files::FilePath &to,
                      Answered<void> answered);
    // fsync@openssh.com. Unsupported if it is not offered.
    RequestId flush(const Handle &handle, Answered<void> answered);

    // The following are extensions too, and answer Unsupported where they are not offered.
    RequestId fileSystemStatus(const files::FilePath &path, Answered<FileSystemStatus> answered);
    RequestId fileSystemStatus(const Handle &handle, Answered<FileSystemStatus> answered);
    RequestId makeHardLink(const files::FilePath &link, const files::FilePath &target,
                           Answered<void> answered);
    RequestId setLinkAttributes(const files::FilePath &path,
                                const files::FileAttributes &attributes, // of a link itself
                                Answered<void> answered);
    RequestId expandPath(const files::FilePath &path,
                         Answered<files::FilePath> answered); // "~user"
    RequestId homeDirectory(const QByteArray &user, Answered<files::FilePath> answered);
    // On the server, without a way through here. A length of 0 is all that is left.
    RequestId copyData(const Handle &from, quint64 offset, quint64 length, const Handle &to,
                       quint64 targetOffset, Answered<void> answered);
    RequestId ownerNames(const QList<quint32> &users, const QList<quint32> &groups,
                         Answered<OwnerNames> answered);
    // The SHA-256 of at most `longestHashedRange`, made by the server: check-file, which few offer
    // (ProFTPD from 1.3.9 on). What lies behind the end of the file is left out. A handle must be
    // open for reading.
    RequestId hash(const files::FilePath &path, FileRange range, Answered<QByteArray> answered);
    RequestId hash(const Handle &handle, FileRange range, Answered<QByteArray> answered);
    bool offersHashes() const;

    RequestId realPath(const files::FilePath &path, Answered<files::FilePath> answered);
    RequestId readLink(const files::FilePath &path, Answered<QByteArray> answered);
    RequestId makeLink(const files::FilePath &link, const QByteArray &target,
                       Answered<void> answered);

private:
    RequestId send(PacketType type, QByteArrayView fields, PendingRequest request,
                   const QByteArray &data = {});
    RequestId sendExtended(const QByteArray &extension, base::WireWriter &fields,
                           PendingRequest request);
    RequestId sendIf(bool isOffered, const QByteArray &extension, base::WireWriter &fields,
                     PendingRequest request);
    void handlePacket(QByteArray packet);
    void handleVersion(const QByteArray &packet);
    void handleAnswer(NumberedAnswer answer);
    void fail(RequestId id, PendingRequest request, const base::Error &error);
    void refuse(RequestId request, const base::Error &reason);
    void deliverRefusals();
    void askLimits();
    void becomeReady();
    void checkPatience();
    void endByItself(const base::Error &reason);
    base::Error withForeignText(base::Error error) const;
    void assertThread() const;

    ByteSink &m_sink;
    std::chrono::milliseconds m_patience;
    std::move_only_function<void(const base::Error &)> m_endHandler;
    std::vector<std::move_only_function<void()>> m_waiting; // for VERSION
    PacketAssembler m_assembler;
    QByteArray m_firstBytes; // before VERSION: what a login script printed, perhaps
    std::optional<ServerVersion> m_server; // from VERSION on
    ServerLimits m_limits;
    RequestTable m_requests;
    std::vector<std::pair<RequestId, base::Error>> m_refusals; // until the event loop runs
    std::optional<base::Error> m_end;
    QElapsedTimer m_sinceProgress;
    RequestId m_lonelyRequest = 0; // sent when nothing else was on its way
    QElapsedTimer m_sinceLonelyRequest;
    std::optional<std::chrono::nanoseconds> m_roundTrip;
    QTimer m_watchdog;
    std::vector<std::unique_ptr<EngineTask>> m_tasks;
    std::vector<std::unique_ptr<EngineTask>> m_releasedTasks; // until the event loop runs
};

} // namespace sftp
