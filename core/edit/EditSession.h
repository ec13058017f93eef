// EditSession: one file that is being edited, with everything between the editor and its place:
// fetched once, compared before each save, written as a whole, kept here until it is there.
//
// Nothing that was typed is lost: each save is a version on this computer first, and so is what was
// fetched before the first one. Without a connection it waits, and is sent when there is one again,
// after the same comparison.

#pragma once

#include "edit/EditRecord.h"
#include "edit/EditStore.h"
#include "files/FileSystem.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>

namespace edit {

// The file is another one by now than the one that was fetched.
struct EditConflict
{
    std::optional<QByteArray> base; // nothing: it was not there
    QByteArray mine;
    std::optional<QByteArray> theirs; // nothing: it is gone
};

class EditSession final : public QObject
{
    Q_OBJECT

public:
    // Larger files are not fetched.
    static constexpr quint32 mostBytes = 16 * 1024 * 1024;

    enum class State {
        Loading,
        Idle, // what was saved is on the server
        Saving,
        Waiting, // for a connection
        Conflict, // until overwrite() or saveMerged()
        Failed, // save() tries again
    };

    EditSession(EditStore store, EditOrigin origin, QObject *parent = nullptr);
    ~EditSession() override; // waits for the disk; what is not sent stays in the store

    // Borrowed; null while there is no connection. What waits is sent.
    void setFileSystem(files::FileSystem *fileSystem);
    bool isConnected() const { return m_fileSystem != nullptr; }

    // Reads the file: loaded(), or loadFailed() with IsADirectory or Unsupported for what is no
    // regular file, NoSpace for one that is too large, AlreadyExists if another program has it.
    void fetch();

    // Goes on with what an earlier run has left: loaded() with what was typed last.
    void resume();

    const EditOrigin &origin() const { return m_record.origin; }
    State state() const { return m_state; }
    bool isWritable() const { return m_isWritable; }
    const base::Error &failure() const { return m_failure; } // of Failed
    const EditConflict &conflict() const { return m_conflict; } // of Conflict
    // What the file is on its server, as far as it is known; empty if it is not there.
    QByteArray base() const { return m_base.value_or(QByteArray()); }
    bool isUnsent() const { return m_pending.has_value(); }

    // The program that edits it, for the next start.
    void setProgram(const QString &program);

    void save(const QByteArray &content);
    void overwrite(); // what is there now becomes a version here
    void saveMerged(const QByteArray &content); // likewise

    // Under another name beside the file's own place, of what is in conflict: AlreadyExists if
    // there is anything of this name. The conflict stays.
    QFuture<base::Result<void>> saveMineAs(const files::FilePath &path);

    void keepDraft(const QByteArray &content);
    void dropDraft();
    // What waits to be sent is given up; it stays a version.
    void giveUp();

    // For a program: see EditStore::writeCopy().
    QFuture<base::Result<QString>> writeCopy(const QByteArray &content);

    QFuture<QList<EditVersion>> versions();
    QFuture<std::optional<QByteArray>> version(const QString &name);

signals:
    // `isDraft`: it was never saved.
    void loaded(const QByteArray &content, bool isDraft);
    void loadFailed(const base::Error &error);
    void stateChanged();
    void saved(); // it is on the server
    void notKept(const base::Error &error); // on this computer: there is no version of it

private:
    template<typename Work>
    auto onDisk(Work work) -> QFuture<std::invoke_result_t<Work &>>;
    void setState(State state);
    void handleStatus(const base::Result<files::FileEntry> &entry);
    void probe();
    void read();
    void handleContent(const base::Result<QByteArray> &content);
    void refuse(base::ErrorKind kind);
    void rememberBase(const QByteArray &content);
    void send();
    void compare(const files::FileAttributes &present);
    void replace(const std::optional<files::FileAttributes> &present);
    void handleReplaced(const base::Result<void> &replaced);
    void lookAtTheirs();
    void enterConflict(const std::optional<QByteArray> &theirs);
    void adoptTheirs();
    void handleFailure(const base::Error &error);
    void settleSent();

    // A callback that falls if the connection is another one by then.
    template<typename T>
    auto ifCurrent(void (EditSession::*handle)(const T &));

    EditStore m_store;
    EditRecord m_record;
    files::FileSystem *m_fileSystem = nullptr;
    quint64 m_run = 0; // counts connections
    State m_state = State::Loading;
    bool m_isWritable = true;
    std::unique_ptr<QLockFile> m_lock;
    std::optional<QByteArray> m_base;
    bool m_isBaseKept = true; // as a version, which the first save makes of what was fetched
    std::optional<QByteArray> m_pending;
    QByteArray m_sending;
    bool m_hasDraft = false;
    int m_attempts = 0; // of one save, while the file keeps changing
    base::Error m_failure;
    EditConflict m_conflict;
    QThreadPool m_disk; // one thread: the order of the calls is that of the disk
};

} // namespace edit
