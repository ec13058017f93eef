// ServerCopy: a copy on the server, to a name that is free: by copy-data where SFTP offers it, else
// by cp(1) where there is a shell, else through us. Used by Client.
//
// Whatever makes it, the copy comes to be under a temporary name beside its own, and gets that once
// it is whole: nothing half stands under a name that says otherwise.

#pragma once

#include "files/FilePath.h"
#include "ssh/Connection.h"
#include "ssh/ExecProcess.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QTimer>

#include <functional>
#include <memory>

namespace sftp {

class Client;

// Lives on the client's thread, belongs to it, and deletes itself when the future has finished.
class ServerCopy final : public QObject
{
    Q_OBJECT

public:
    ServerCopy(Client &client, ssh::Connection &connection, files::FilePath from,
               files::FilePath to);
    ~ServerCopy() override;

    // Call it once. See files::FileSystem::copyTree().
    QFuture<base::Result<void>> start();

private:
    template<typename T>
    void await(const QFuture<base::Result<T>> &future,
               std::function<void(const base::Result<T> &)> then);

    void chooseWay(bool offersCopyData);
    void runCommand();
    void take(const QByteArray &data, ssh::OutputStream stream);
    void cancel();
    void handleEnd(const base::Result<ssh::ExitStatus> &end);
    void copyByEngine();
    void giveName();
    void clearAway(const std::function<void()> &then);
    void finish(const base::Result<void> &result);

    Client &m_client;
    ssh::Connection &m_connection;
    const files::FilePath m_from;
    const files::FilePath m_to;
    const files::FilePath m_temporary;
    // Shared with the connection's thread while the engine copies.
    std::shared_ptr<QPromise<base::Result<void>>> m_promise;
    QFutureWatcher<base::Result<void>> m_watcher;
    std::unique_ptr<ssh::ExecProcess> m_process;
    QTimer m_patience; // for a command that was told to end
    QByteArray m_line; // of what the command prints, not whole yet
    QByteArray m_complaint;
    int m_copied = -1; // files; negative before the command has begun
};

} // namespace sftp
