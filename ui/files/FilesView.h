// FilesView: this computer's files at the left, a server's at the right, and copying between them.
// The files part of a session tab.

#pragma once

#include "files/FilePath.h"
#include "files/FileSystem.h"
#include "transfer/TransferRequest.h"
#include "ui/files/PathLines.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QSplitter;
class QToolButton;

namespace transfer {
class TransferJob;
class TransferQueue;
} // namespace transfer

namespace ui {

class FilePane;
struct FileDrop;
class SynchronizedBrowsing;

class FilesView final : public QWidget
{
    Q_OBJECT

public:
    // Lists the login directory of `local` unless showLocal() is called before the event loop runs.
    explicit FilesView(files::FileSystem &local, QWidget *parent = nullptr);

    // The server to show and the queue of its transfers, both or neither. They are borrowed: call
    // this with null before they end. `hostLabel` is what the user calls the server.
    void setRemote(files::FileSystem *remote, transfer::TransferQueue *queue,
                   const QString &hostLabel);

    // Of the server's files: see FilePane.
    void setCaution(const QString &caution);

    // How others reach that server, for what is copied as text.
    void setRemoteAddress(const std::optional<PaneAddress> &address);

    // Completes each request before its transfer starts, as the user has chosen once for all.
    void setPreparation(std::function<void(transfer::TransferRequest &)> prepare);

    // Goes there as soon as it can; an unreadable directory leaves the pane where it is.
    void showLocal(const files::FilePath &directory);
    void showRemote(const files::FilePath &directory);

    // Widths, columns, sort orders and hidden files, for restoreState() of another run.
    QByteArray saveState() const;
    // False if `state` is of another version: then nothing changes.
    bool restoreState(const QByteArray &state);

    // Of this computer, to a directory of the server; asks first if there is a caution.
    void upload(const QList<files::FilePath> &sources, const files::FilePath &directory);
    bool canUpload() const; // there is a server

    FilePane &localPane() const { return *m_local; }
    FilePane &remotePane() const { return *m_remote; }

signals:
    void synchronizeRequested(); // both directories, once there are two
    // A pane has arrived somewhere, to be remembered as the session's last path.
    void localPathChanged(const files::FilePath &path);
    void remotePathChanged(const files::FilePath &path);
    void fileActivated(
        const files::FilePath &remotePath); // Enter or double click on a server's file

private:
    QWidget *createCopyBar();
    void connectPane(FilePane &pane, FilePane &other);
    void copyFrom(const FilePane &pane);
    void moveFrom(FilePane &pane, const QList<files::FilePath> &sources,
                  const files::FilePath &directory);
    void takeDrop(FilePane &pane, const FileDrop &drop);
    void copyWithCare(FilePane &target, const QList<files::FilePath> &sources,
                      const files::FilePath &directory);
    // Null if there is nothing to be done.
    transfer::TransferJob *startTransfer(transfer::Direction direction,
                                         const QList<files::FilePath> &sources,
                                         const files::FilePath &target);
    void updateCopyButtons();

    FilePane *m_local;
    FilePane *m_remote;
    QSplitter *m_splitter = nullptr;
    QToolButton *m_upload = nullptr;
    QToolButton *m_download = nullptr;
    QToolButton *m_together = nullptr;
    QToolButton *m_compare = nullptr; // marks what differs
    QToolButton *m_synchronize = nullptr;
    SynchronizedBrowsing *m_browsing = nullptr;
    QPointer<transfer::TransferQueue> m_queue;
    std::function<void(transfer::TransferRequest &)> m_prepare
        = [](transfer::TransferRequest &) { };
};

} // namespace ui
