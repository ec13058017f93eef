// FileChanges: what a file pane does to the files of its directory: rename, create, delete, change
// permissions. Each act ends with one finished(), whatever it was done to.

#pragma once

#include "base/Error.h"
#include "files/FileEntry.h"
#include "files/FileSystem.h"

#include <QObject>

#include <functional>
#include <utility>

namespace ui {

// What became of one act of the user.
struct ChangeOutcome
{
    enum class Act { Rename, NewFolder, NewFile, Delete, Permissions };

    Act act = Act::Rename;
    int total = 0; // files
    QList<base::Error> errors; // one for each file that failed
    QByteArray name; // to be selected then: the new one, or empty
};

class FileChanges final : public QObject
{
    Q_OBJECT

public:
    explicit FileChanges(QObject *parent = nullptr);

    // Borrowed, may be null. Acts under way are not reported any more.
    void setFileSystem(files::FileSystem *fileSystem);

    void rename(const files::FilePath &from, const QByteArray &newName);
    // `steps` of names, in an order in which none meets a name that is in use: see RenamePlan.
    void renameMany(const files::FilePath &directory,
                    const QList<std::pair<QByteArray, QByteArray>> &steps);
    void createFolder(const files::FilePath &directory, const QByteArray &name);
    void createFile(const files::FilePath &directory, const QByteArray &name); // an empty one
    void remove(const QList<files::FilePath> &paths);
    // `entries` are those of `directory`: each keeps the bits that the mask leaves alone.
    void setModes(const files::FilePath &directory, const QList<files::FileEntry> &entries,
                  const files::ModeMask &mask);
    void changeTrees(const QList<files::FilePath> &paths, const files::AttributeChange &change);

signals:
    void started();
    void finished(const ui::ChangeOutcome &outcome);

private:
    using Answer = QFuture<base::Result<void>>;

    void run(ChangeOutcome outcome, const QList<files::FilePath> &paths,
             const std::function<Answer(const files::FilePath &)> &step);
    // False, with finished() sent, if `name` can not be the name of a file.
    bool isUsable(const QByteArray &name, ChangeOutcome::Act act);

    files::FileSystem *m_fileSystem = nullptr;
};

} // namespace ui
