// Client: the files of a server, for the thread that owns the connection: a pane, a transfer, a
// verb.
//
// The protocol is spoken by Engine on the connection's thread; this side posts requests there and
// gets futures back (SFTP version 3, draft-ietf-secsh-filexfer-02).

#pragma once

#include "base/SecretString.h"
#include "files/FileSystem.h"
#include "sftp/SudoDialog.h"
#include "ssh/ChannelHandle.h"
#include "ssh/Connection.h"

#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>

namespace sftp {

class Engine;
class EngineChannel;
struct FileRange;

class Client final : public QObject, public files::FileSystem
{
    Q_OBJECT

public:
    // Starts an SFTP server there, the one that the connection's settings name, as soon as the
    // connection is Ready; what is asked before that waits. The connection must outlive this.
    explicit Client(ssh::Connection &connection, QObject *parent = nullptr);

    // The same as another user of the server, by sudo: passwordWanted() may come before opened().
    // Whatever the server's shell would do as the login's user is left to SFTP then.
    Client(ssh::Connection &connection, const SudoCommand &sudo, QObject *parent = nullptr);
    ~Client() override; // closes the channel; unanswered futures finish with Cancelled

    QFuture<base::Result<files::FilePath>> canonical(files::FilePath path) override;
    QFuture<base::Result<QList<files::FileEntry>>> list(files::FilePath directory) override;
    QFuture<base::Result<QList<files::FileEntry>>> listInParts(files::FilePath directory) override;
    QFuture<base::Result<files::FileEntry>> status(files::FilePath path) override;
    QFuture<base::Result<void>> makeDirectory(files::FilePath path) override;
    QFuture<base::Result<void>> makeFile(files::FilePath path) override;
    QFuture<base::Result<void>> rename(files::FilePath from, files::FilePath to) override;
    QFuture<base::Result<void>> setMode(files::FilePath path, files::FileMode mode) override;
    QFuture<base::Result<void>> setAttributes(files::FilePath path,
                                              files::FileAttributes wanted) override;
    QFuture<base::Result<void>> makeLink(files::FilePath link, QByteArray target) override;
    QFuture<base::Result<void>> changeTree(files::FilePath path, files::AttributeChange change,
                                           std::shared_ptr<files::ChangeRecord> record
                                           = nullptr) override;
    QFuture<base::Result<files::TreeSize>> measureTree(files::FilePath path) override;
    // See ServerCopy.
    QFuture<base::Result<void>> copyTree(files::FilePath from, files::FilePath to) override;
    // By sha256sum(1) where there is a shell, else as sftp::digest() does it.
    QFuture<base::Result<files::Digest>> digest(files::FilePath path) override;
    QFuture<base::Result<QByteArray>> readPart(files::FilePath path, quint64 offset,
                                               quint32 length) override;
    QFuture<base::Result<void>> replaceContent(
        files::FilePath path, QByteArray content,
        std::optional<files::FileAttributes> expected) override;
    QFuture<base::Result<void>> probeWriting(files::FilePath path) override;
    QFuture<base::Result<files::TrashedFile>> moveToTrash(files::FilePath path) override;
    QFuture<base::Result<void>> restore(files::TrashedFile file) override;
    QFuture<base::Result<void>> removeTree(files::FilePath path,
                                           std::shared_ptr<std::atomic<int>> removed
                                           = nullptr) override;
    QFuture<base::Result<void>> removeFile(files::FilePath path) override;
    QFuture<base::Result<void>> removeDirectory(files::FilePath path) override;

    // The SHA-256 of a part of a file, made by the server: Unsupported by most (Engine::hash()).
    QFuture<base::Result<QByteArray>> hash(files::FilePath path, FileRange range);

    // Runs `call` on the connection's thread once the engine is ready for requests, with null once
    // the channel is closed. For transfer pipelines, whose data must not pass through the owner's
    // thread.
    void post(std::move_only_function<void(Engine *)> call);

    // Has whom the server's shell runs as the same rights as whom this runs as?
    bool isLoginUser() const { return m_isLoginUser; }

    // To the last passwordWanted(), once. Is sent only if sudo still waits for it.
    void answerPassword(const base::SecretString &password);

signals:
    void passwordWanted(const sftp::SudoQuestion &question); // within the time that sudo gives
    void opened();
    void closed(
        const base::Result<void> &reason); // once; PermissionDenied: no further channel
                                           // (MaxSessions); Unsupported: no SFTP there, and `quote`
                                           // may tell why not; of sudo: see base::ErrorCause

private:
    Client(ssh::Connection &connection, const ssh::ChannelRequest &request,
           std::unique_ptr<EngineChannel> handler, bool isLoginUser, QObject *parent);
    void digestByEngine(const files::FilePath &path,
                        const std::shared_ptr<QPromise<base::Result<files::Digest>>> &promise);

    ssh::Connection &m_connection;
    ssh::ChannelHandle m_channel;
    const bool m_isLoginUser;
    bool m_isAsked = false; // for a password, and has not answered
};

} // namespace sftp
