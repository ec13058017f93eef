#include "ui/files/FileChanges.h"

#include "base/DisplayText.h"
#include "ui/files/ChangeText.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <numeric>
#include <type_traits>
#include <utility>
#include <variant>

namespace ui {

using Act = ChangeOutcome::Act;
using base::Result;
using files::FileAttributes;
using files::FilePath;

namespace {

std::shared_ptr<UndoableChange> undoable(Act act)
{
    auto change = std::make_shared<UndoableChange>();
    change->act = act;
    change->time = QDateTime::currentDateTime();
    return change;
}

QString textOf(Act act, const QList<FilePath> &paths)
{
    const QByteArray name = paths.isEmpty() ? QByteArray() : paths.first().name();
    return changeText(act, base::displayText(name), paths.size());
}

// What was not got to is not in its name.
quint64 kept(ChangeHistory &history, UndoableChange &change)
{
    if (change.text.isEmpty() && !change.steps.isEmpty()) {
        change.text = changeText(change.act, base::displayText(pathOf(change.steps.first()).name()),
                                 change.steps.size());
    }
    return history.add(std::exchange(change, {}));
}

QFuture<Result<void>> ready(const Result<void> &result)
{
    return QtFuture::makeReadyValueFuture(result);
}

} // namespace

FileChanges::FileChanges(QObject *parent)
    : QObject(parent)
    , m_history(std::make_shared<ChangeHistory>())
{
}

// What is under way comes to its end, and can be undone: only then is it known what it has done.
FileChanges::~FileChanges()
{
    for (auto *operation : findChildren<FileOperation *>(Qt::FindDirectChildrenOnly)) {
        operation->setSequel({});
        operation->setParent(nullptr);
        operation->stopAfterStep();
    }
}

// What is under way must not use the old file system any more.
void FileChanges::setPlace(files::FileSystem *fileSystem, std::shared_ptr<ChangeHistory> history,
                           const QString &name)
{
    const auto left = findChildren<FileOperation *>(Qt::FindDirectChildrenOnly);
    for (FileOperation *operation : left) {
        disconnect(operation, &FileOperation::progressed, this, nullptr);
        disconnect(operation, &FileOperation::treeProgressed, this, nullptr);
        operation->stopAfterStep();
    }
    if (m_operation && fileSystem == nullptr) {
        m_cutOff = m_visit;
        emit cutOff(m_latest);
    }
    ++m_visit;
    m_operation = nullptr;
    m_fileSystem = fileSystem;
    m_placeName = name;
    m_history = std::move(history);
}

void FileChanges::rename(const FilePath &from, const QByteArray &newName)
{
    if (isUsable(newName, Act::Rename)) {
        move(Act::Rename, {{from, from.parent().child(newName)}}, newName);
    }
}

void FileChanges::renameMany(const FilePath &directory,
                             const QList<std::pair<QByteArray, QByteArray>> &steps)
{
    QList<std::pair<FilePath, FilePath>> moves;
    for (const auto &[from, to] : steps) {
        moves.emplace_back(directory.child(from), directory.child(to));
    }
    move(Act::Rename, moves);
}

void FileChanges::move(const QList<FilePath> &paths, const FilePath &target)
{
    QList<std::pair<FilePath, FilePath>> moves;
    for (const FilePath &path : paths) {
        if (path.parent() != target && !path.contains(target)) { // else it is there already
            moves.emplace_back(path, target.child(path.name()));
        }
    }
    move(Act::Move, moves);
}

void FileChanges::move(Act act, const QList<std::pair<FilePath, FilePath>> &moves,
                       const QByteArray &name)
{
    if (moves.isEmpty()) {
        return;
    }
    auto change = undoable(act);
    const QByteArray first = moves.first().first.name();
    run({.act = act,
         .total = moves.size(),
         .name = name,
         .text = changeText(act, base::displayText(first), moves.size())},
        [this, moves, change](qsizetype index) {
            const auto [from, to] = moves[index];
            return m_fileSystem->rename(from, to).then(
                this, [change, from, to](const Result<void> &renamed) {
                    if (renamed) {
                        change->steps.append(Renaming{from, to});
                    }
                    return renamed;
                });
        },
        {.undo = change});
}

void FileChanges::createFolder(const FilePath &directory, const QByteArray &name)
{
    const FilePath path = directory.child(name);
    if (isUsable(name, Act::NewFolder)) {
        create({.act = Act::NewFolder, .total = 1, .name = name}, {path}, Creation::Kind::New,
               [this, path](qsizetype) { return m_fileSystem->makeDirectory(path); });
    }
}

void FileChanges::createFile(const FilePath &directory, const QByteArray &name)
{
    const FilePath path = directory.child(name);
    if (isUsable(name, Act::NewFile)) {
        create({.act = Act::NewFile, .total = 1, .name = name}, {path}, Creation::Kind::New,
               [this, path](qsizetype) { return m_fileSystem->makeFile(path); });
    }
}

void FileChanges::createLink(const FilePath &directory, const QByteArray &name,
                             const QByteArray &target)
{
    const FilePath path = directory.child(name);
    if (isUsable(name, Act::NewLink)) {
        create({.act = Act::NewLink, .total = 1, .name = name}, {path}, Creation::Kind::New,
               [this, path, target](qsizetype) { return m_fileSystem->makeLink(path, target); });
    }
}

void FileChanges::createLinks(const QList<std::pair<FilePath, FilePath>> &links)
{
    QList<FilePath> paths;
    for (const auto &[target, link] : links) {
        paths.append(link);
    }
    const QByteArray name = paths.size() == 1 ? paths.first().name() : QByteArray();
    create({.act = Act::NewLink, .total = links.size(), .name = name}, paths, Creation::Kind::New,
           [this, links](qsizetype index) {
               return m_fileSystem->makeLink(links[index].second, links[index].first.bytes());
           });
}

// What is there then is looked at at once, so that it is known again. Where that fails, it can not
// be undone, which is no reason to complain.
void FileChanges::create(ChangeOutcome outcome, const QList<FilePath> &paths, Creation::Kind kind,
                         const FileOperation::Step &step)
{
    outcome.text = textOf(outcome.act, paths);
    auto change = undoable(outcome.act);
    const auto look = [this, paths, kind, change, visit = m_visit](qsizetype index) -> Answer {
        if (visit != m_visit) {
            return ready({});
        }
        const FilePath &path = paths[index];
        return m_fileSystem->status(path).then(
            this, [change, kind, path](const Result<files::FileEntry> &made) -> Result<void> {
                if (made) {
                    change->steps.append(Creation{kind, path, *made});
                }
                return {};
            });
    };
    run(outcome, step, {.interrupt = Interrupt::WithinStep, .undo = change, .sequel = look});
}

void FileChanges::remove(const QList<FilePath> &paths)
{
    QList<std::shared_ptr<std::atomic<int>>> counts; // shared with the file system
    for (qsizetype i = 0; i < paths.size(); ++i) {
        counts.append(std::make_shared<std::atomic<int>>(0));
    }
    run({.act = Act::Delete, .total = paths.size(), .text = textOf(Act::Delete, paths)},
        [this, paths, counts](qsizetype index) {
            return m_fileSystem->removeTree(paths[index], counts[index]);
        },
        {.interrupt = Interrupt::WithinStep, .files = [counts] {
             return std::accumulate(
                 counts.begin(), counts.end(), qsizetype{0},
                 [](qsizetype sum, const auto &count) { return sum + count->load(); });
         }});
}

void FileChanges::trash(const QList<FilePath> &paths)
{
    auto change = undoable(Act::Trash);
    run({.act = Act::Trash,
         .total = paths.size(),
         .paths = paths,
         .text = textOf(Act::Trash, paths)},
        [this, paths, change](qsizetype index) {
            return m_fileSystem->moveToTrash(paths[index])
                .then(this, [change](const Result<files::TrashedFile> &trashed) -> Result<void> {
                    if (!trashed) {
                        return base::Failure(trashed.error());
                    }
                    change->steps.append(*trashed);
                    return {};
                });
        },
        {.undo = change});
}

void FileChanges::setAttributes(const FilePath &directory, const QList<files::FileEntry> &entries,
                                const files::AttributeChange &change)
{
    QList<std::pair<FilePath, FileAttributes>> wanted;
    QList<FileAttributes> before;
    for (const files::FileEntry &entry : entries) {
        wanted.emplace_back(directory.child(entry.name), change.appliedTo(entry.attributes));
        before.append(entry.attributes);
    }
    apply(Act::Permissions, wanted, before);
}

void FileChanges::touch(const FilePath &directory, const QList<files::FileEntry> &entries)
{
    FileAttributes now;
    now.modificationTime = now.accessTime = QDateTime::currentSecsSinceEpoch();
    QList<std::pair<FilePath, FileAttributes>> wanted;
    QList<FileAttributes> before;
    for (const files::FileEntry &entry : entries) {
        wanted.emplace_back(directory.child(entry.name), now);
        before.append(entry.attributes);
    }
    apply(Act::Touch, wanted, before);
}

void FileChanges::apply(Act act, const QList<std::pair<FilePath, FileAttributes>> &wanted,
                        const QList<FileAttributes> &before)
{
    if (wanted.isEmpty()) {
        return;
    }
    auto change = undoable(act);
    const QByteArray first = wanted.first().first.name();
    run({.act = act,
         .total = wanted.size(),
         .text = changeText(act, base::displayText(first), wanted.size())},
        [this, wanted, before, change](qsizetype index) -> Answer {
            const auto &[path, attributes] = wanted[index];
            if (attributes == FileAttributes()) {
                return ready({}); // it is so already
            }
            files::ChangedFile changed{path, attributes.replacedIn(before[index])};
            return m_fileSystem->setAttributes(path, attributes)
                .then(this, [change, changed](const Result<void> &result) {
                    if (result) {
                        change->steps.append(changed);
                    }
                    return result;
                });
        },
        {.undo = change});
}

// What was changed is known once each tree is done, also if the rest was given up.
void FileChanges::changeTrees(const QList<FilePath> &paths, const files::AttributeChange &change)
{
    auto undo = undoable(Act::Permissions);
    QList<std::shared_ptr<files::ChangeRecord>> records; // shared with the file system
    for (qsizetype i = 0; i < paths.size(); ++i) {
        records.append(std::make_shared<files::ChangeRecord>());
    }
    run({.act = Act::Permissions, .total = paths.size(), .text = textOf(Act::Permissions, paths)},
        [this, paths, change, records](qsizetype index) {
            return m_fileSystem->changeTree(paths[index], change, records[index]);
        },
        {.interrupt = Interrupt::WithinStep,
         .undo = undo,
         .files =
             [records] {
                 return std::accumulate(
                     records.begin(), records.end(), qsizetype{0},
                     [](qsizetype sum, const auto &record) { return sum + record->size(); });
             },
         .atEnd =
             [records, paths, undo] {
                 QList<FilePath> changed;
                 for (qsizetype i = 0; i < records.size(); ++i) {
                     if (!records[i]->isEmpty()) {
                         changed.append(paths[i]);
                     }
                     std::ranges::copy(*records[i], std::back_inserter(undo->steps));
                 }
                 if (!changed.isEmpty()) {
                     undo->text = changeText(undo->act, base::displayText(changed.first().name()),
                                             changed.size());
                 }
             }});
}

void FileChanges::duplicate(const QList<std::pair<FilePath, FilePath>> &copies)
{
    QList<FilePath> targets;
    for (const auto &[from, to] : copies) {
        targets.append(to);
    }
    const QByteArray name = targets.size() == 1 ? targets.first().name() : QByteArray();
    create({.act = Act::Duplicate, .total = copies.size(), .name = name}, targets,
           Creation::Kind::Copy, [this, copies](qsizetype index) {
               return m_fileSystem->copyTree(copies[index].first, copies[index].second);
           });
}

void FileChanges::resize(const QList<FilePath> &paths, quint64 bytes)
{
    FileAttributes wanted;
    wanted.size = bytes;
    run({.act = Act::Resize, .total = paths.size(), .text = textOf(Act::Resize, paths)},
        [this, paths, wanted](qsizetype index) {
            return m_fileSystem->setAttributes(paths[index], wanted);
        },
        {});
}

// The latest first: a later step may stand on an earlier one.
void FileChanges::undo(quint64 id)
{
    const UndoableChange taken = m_fileSystem != nullptr ? m_history->take(id) : UndoableChange();
    if (taken.steps.isEmpty()) {
        return;
    }
    auto left = std::make_shared<UndoableChange>(taken);
    left->text.clear(); // it may be less
    run({.act = Act::Undo,
         .total = taken.steps.size(),
         .text = tr("Undo: %1").arg(taken.text),
         .directories = directoriesOf(taken.steps),
         .undone = taken.text},
        [this, steps = taken.steps, left](qsizetype index) {
            const qsizetype last = steps.size() - 1 - index;
            return undone(steps[last]).then(this, [left, last](const Result<void> &result) {
                if (result) {
                    left->steps.removeAt(last); // what failed before stands behind it
                }
                return result;
            });
        },
        {.undo = left});
}

FileChanges::Answer FileChanges::undone(const UndoStep &step)
{
    if (const auto *renaming = std::get_if<Renaming>(&step)) {
        return m_fileSystem->rename(renaming->to, renaming->from);
    }
    if (const auto *changed = std::get_if<files::ChangedFile>(&step)) {
        return m_fileSystem->setAttributes(changed->path, changed->before);
    }
    if (const auto *creation = std::get_if<Creation>(&step)) {
        return undone(*creation);
    }
    return m_fileSystem->restore(std::get<files::TrashedFile>(step));
}

FileChanges::Answer FileChanges::undone(const Creation &creation)
{
    return m_fileSystem->status(creation.path)
        .then(this,
              [this, creation, visit = m_visit](const auto &present) -> Answer {
                  if (visit != m_visit) { // there, the same path may be something else
                      return ready(base::Failure(base::Error{base::ErrorKind::Cancelled}));
                  }
                  if (present) {
                      return takenAway(creation, *present);
                  }
                  const bool isGone = present.error().kind == base::ErrorKind::NotFound;
                  return ready(isGone ? Result<void>() : base::Failure(present.error()));
              })
        .unwrap();
}

// A folder is removed only if it is empty. What a copied one holds by now can not be told from what
// was copied: it goes where it can be got back.
FileChanges::Answer FileChanges::takenAway(const Creation &creation,
                                           const files::FileEntry &present)
{
    if (!creation.isStill(present)) {
        return ready(base::Failure(
            base::Error::fromErrno(ESTALE, QStringLiteral("undo"), creation.path.toDisplay())));
    }
    if (present.attributes.type() != files::FileType::Directory) {
        return m_fileSystem->removeTree(creation.path);
    }
    if (creation.kind == Creation::Kind::New) {
        return m_fileSystem->removeDirectory(creation.path);
    }
    return m_fileSystem->moveToTrash(creation.path)
        .then(this, [](const Result<files::TrashedFile> &trashed) -> Result<void> {
            return trashed ? Result<void>() : base::Failure(trashed.error());
        });
}

void FileChanges::cancel()
{
    // Those of an earlier place are stopped already, each after the file that it is at.
    for (auto *operation : findChildren<FileOperation *>(Qt::FindDirectChildrenOnly)) {
        if (!operation->isCancelled()) {
            operation->cancel();
        }
    }
}

void FileChanges::run(ChangeOutcome outcome, const FileOperation::Step &step, const Manner &manner)
{
    if (m_fileSystem == nullptr) {
        return;
    }
    outcome.place = m_placeName;
    auto *operation = new FileOperation(outcome.total, step, manner.interrupt, this);
    operation->setSequel(manner.sequel);
    m_operation = operation;
    m_latest = outcome;
    connect(operation, &FileOperation::progressed, this, &FileChanges::progressed);
    connect(operation, &FileOperation::treeProgressed, this, &FileChanges::treeProgressed);
    const auto keep = [history = m_history, undo = manner.undo,
                       end = std::make_shared<std::function<void()>>(manner.atEnd)]() -> quint64 {
        if (const auto atEnd = std::exchange(*end, nullptr)) {
            atEnd();
        }
        return undo ? kept(*history, *undo) : 0;
    };
    connect(operation, &FileOperation::finished, this,
            [this, outcome, operation, keep, files = manner.files,
             visit = m_visit](const QList<base::Error> &errors) mutable {
                outcome.done = operation->succeeded();
                outcome.files = files ? files() : 0;
                outcome.errors = errors;
                outcome.change = keep();
                tell(outcome, visit);
            });
    connect(operation, &FileOperation::finished, m_history.get(), keep); // after the pane's end
    emit started();
    operation->start();
}

void FileChanges::tell(const ChangeOutcome &outcome, quint64 visit)
{
    if (visit == m_visit) {
        emit finished(outcome);
    } else if (outcome.done < outcome.total && m_cutOff != visit) {
        emit leftBehind(outcome);
    }
}

bool FileChanges::isUsable(const QByteArray &name, Act act)
{
    const auto safe = files::safeLocalName(name);
    if (!safe) {
        emit started();
        emit finished({.act = act, .total = 1, .errors = {safe.error()}});
    }
    return safe.has_value();
}

} // namespace ui
