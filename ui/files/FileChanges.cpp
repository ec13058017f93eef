#include "ui/files/FileChanges.h"

#include "ui/files/FileOperation.h"

#include <QHash>

namespace ui {

using Act = ChangeOutcome::Act;

FileChanges::FileChanges(QObject *parent)
    : QObject(parent)
{
}

void FileChanges::setFileSystem(files::FileSystem *fileSystem)
{
    // What is under way must not use the old one any more.
    qDeleteAll(findChildren<FileOperation *>(Qt::FindDirectChildrenOnly));
    m_fileSystem = fileSystem;
}

void FileChanges::rename(const files::FilePath &from, const QByteArray &newName)
{
    if (isUsable(newName, Act::Rename)) {
        run({Act::Rename, 1, {}, newName}, {from}, [this, newName](const files::FilePath &path) {
            return m_fileSystem->rename(path, path.parent().child(newName));
        });
    }
}

void FileChanges::renameMany(const files::FilePath &directory,
                             const QList<std::pair<QByteArray, QByteArray>> &steps)
{
    QList<files::FilePath> paths;
    QHash<files::FilePath, files::FilePath> targets;
    for (const auto &[from, to] : steps) {
        paths.append(directory.child(from));
        targets.insert(paths.last(), directory.child(to));
    }
    run({Act::Rename, static_cast<int>(paths.size()), {}, {}}, paths,
        [this, targets](const files::FilePath &path) {
            return m_fileSystem->rename(path, targets.value(path));
        });
}

void FileChanges::createFolder(const files::FilePath &directory, const QByteArray &name)
{
    if (isUsable(name, Act::NewFolder)) {
        run({Act::NewFolder, 1, {}, name}, {directory.child(name)},
            [this](const files::FilePath &path) { return m_fileSystem->makeDirectory(path); });
    }
}

void FileChanges::createFile(const files::FilePath &directory, const QByteArray &name)
{
    if (isUsable(name, Act::NewFile)) {
        run({Act::NewFile, 1, {}, name}, {directory.child(name)},
            [this](const files::FilePath &path) { return m_fileSystem->makeFile(path); });
    }
}

void FileChanges::remove(const QList<files::FilePath> &paths)
{
    run({Act::Delete, static_cast<int>(paths.size()), {}, {}}, paths,
        [this](const files::FilePath &path) { return m_fileSystem->removeTree(path); });
}

void FileChanges::setModes(const files::FilePath &directory, const QList<files::FileEntry> &entries,
                           const files::ModeMask &mask)
{
    QList<files::FilePath> paths;
    QHash<files::FilePath, files::FileMode> modes;
    for (const files::FileEntry &entry : entries) {
        const files::FilePath path = directory.child(entry.name);
        paths.append(path);
        modes.insert(path, mask.appliedTo(entry.attributes.mode().value_or(files::FileMode())));
    }
    run({Act::Permissions, static_cast<int>(paths.size()), {}, {}}, paths,
        [this, modes](const files::FilePath &path) {
            return m_fileSystem->setMode(path, modes.value(path));
        });
}

void FileChanges::changeTrees(const QList<files::FilePath> &paths,
                              const files::AttributeChange &change)
{
    run({Act::Permissions, static_cast<int>(paths.size()), {}, {}}, paths,
        [this, change](const files::FilePath &path) {
            return m_fileSystem->changeTree(path, change);
        });
}

void FileChanges::run(ChangeOutcome outcome, const QList<files::FilePath> &paths,
                      const std::function<Answer(const files::FilePath &)> &step)
{
    if (m_fileSystem == nullptr) {
        return;
    }
    auto *operation = new FileOperation(paths, step, this);
    connect(operation, &FileOperation::finished, this,
            [this, outcome](const QList<base::Error> &errors) mutable {
                outcome.errors = errors;
                emit finished(outcome);
            });
    emit started();
    operation->start();
}

bool FileChanges::isUsable(const QByteArray &name, Act act)
{
    const auto safe = files::safeLocalName(name);
    if (!safe) {
        emit started();
        emit finished({act, 1, {safe.error()}, {}});
    }
    return safe.has_value();
}

} // namespace ui
