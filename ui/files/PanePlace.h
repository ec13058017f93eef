// PanePlace: whose files a pane can show: this computer's, or those of one login on a server.
// Several panes may show the same one. It stays while a server can not be reached, so that panes go
// on where they were.

#pragma once

#include "files/FilePath.h"
#include "files/FileSearch.h"
#include "ui/files/FileDrag.h"
#include "ui/files/PathLines.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

namespace files {
class FileSystem;
}
namespace transfer {
class TransferQueue;
class TransferSchedule;
} // namespace transfer

namespace ui {

class ChangeHistory;

class PanePlace : public QObject
{
    Q_OBJECT

public:
    explicit PanePlace(Place kind, QObject *parent = nullptr);
    ~PanePlace() override;

    Place kind() const { return m_kind; }

    // Two with the same one hold the same files: "local", or a login such as "ann@web01:22", with
    // the jump hosts on the way: each may know another machine by that name.
    const QString &id() const { return m_id; }
    // Its paths are those of the other one too, whoever uses them.
    bool isSameMachine(const PanePlace &other) const;
    const QString &label() const { return m_label; } // of the user's; empty for this computer

    // Null while it can not be reached.
    files::FileSystem *fileSystem() const { return m_fileSystem; }
    // Of its transfers. Null for this computer, and while it can not be reached.
    transfer::TransferQueue *queue() const;

    // The file system and the queue are borrowed: call close() before they end. May be called
    // again, with others.
    void open(files::FileSystem *fileSystem, const QString &label = {},
              transfer::TransferQueue *queue = nullptr);
    void close();

    // Of this computer: what arrives from any server is shown.
    void showDownloads(transfer::TransferSchedule &schedule);

    void setId(const QString &id) { m_id = id; }

    // What was done to its files and can be undone. Never null; shared with other places that hold
    // the same files. Set before the place is opened.
    const std::shared_ptr<ChangeHistory> &history() const { return m_history; }
    void setHistory(std::shared_ptr<ChangeHistory> history);

    // How others reach it; nothing for this computer.
    const std::optional<PaneAddress> &address() const { return m_address; }
    void setAddress(const std::optional<PaneAddress> &address) { m_address = address; }

    // How commands are run where the files are; null if they are not.
    const files::FileSearch::RunCommand &runCommand() const { return m_run; }
    void setRunCommand(files::FileSearch::RunCommand run) { m_run = std::move(run); }

    // Why one should be careful here, one sentence: then it is told and asked before files are
    // deleted, dropped or changed with all that is inside. Empty: usual care will do.
    const QString &caution() const { return m_caution; }
    void setCaution(const QString &caution) { m_caution = caution; }

    // As whom the files are used, if that is not the one who has logged in. Safe to show.
    const QString &user() const { return m_user; }
    void setUser(const QString &user) { m_user = user; }

    // Folders that its user comes back to. Whoever keeps them hears of what the user changes.
    const QList<files::FilePath> &bookmarks() const { return m_bookmarks; }
    void setBookmarks(const QList<files::FilePath> &paths);
    void changeBookmarks(const QList<files::FilePath> &paths);

    // It is another tab that connects to it, once that is seen for the first time.
    virtual bool waitsForTab() const { return false; }
    void bringTabToFront() { emit tabWanted(); } // which connects then

    // A pane would show it: what it takes to reach the files, if that waits for somebody to ask.
    virtual void want() { }

    // What is in that queue of somebody else runs over these files too. Once they can be reached.
    virtual void attachTo(transfer::TransferQueue &queue) { Q_UNUSED(queue) }

    // Something in the directory has changed; `by` knows. All others that show it read it again.
    void touch(const files::FilePath &directory, const QObject *by) { emit touched(directory, by); }

signals:
    void touched(const files::FilePath &directory, const QObject *by);
    void changed(); // it can be reached now, or not any more, or it has another label
    void tabWanted();
    void bookmarksChanged(); // by whomever
    void bookmarksEdited(const QList<files::FilePath> &paths); // by the user

private:
    void follow(transfer::TransferQueue *queue);

    const Place m_kind;
    QString m_id;
    QString m_label;
    QString m_caution;
    QString m_user;
    files::FileSystem *m_fileSystem = nullptr;
    std::shared_ptr<ChangeHistory> m_history; // see history()
    QPointer<transfer::TransferQueue> m_queue;
    std::optional<PaneAddress> m_address;
    files::FileSearch::RunCommand m_run;
    QList<files::FilePath> m_bookmarks;
};

} // namespace ui
