// FileChanges: what a file pane does to the files of its place: rename, move, create, delete,
// change attributes, copy. Each act ends with one finished(), whatever it was done to, and what can
// be undone goes into the history of the place.

#pragma once

#include "base/Error.h"
#include "files/FileEntry.h"
#include "files/FileSystem.h"
#include "ui/files/ChangeHistory.h"
#include "ui/files/FileOperation.h"

#include <QObject>
#include <QPointer>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace ui {

// What became of one act of the user.
struct ChangeOutcome
{
    using Act = ChangeAct;

    Act act = Act::Rename;
    qsizetype total = 0; // files
    qsizetype done = 0; // of them, without error: with the errors fewer than `total` if stopped
    qsizetype files = 0; // deleted or changed, with those in folders; 0 where that is not counted
    QList<base::Error> errors; // one for each file that failed
    QByteArray name; // to be selected then: the new one, or empty
    QList<files::FilePath> paths; // what it was done to, where that is needed to go on
    quint64 change = 0; // in the history: what can be undone of it; 0: nothing
    QString text; // what the user called for, safe to show
    QSet<files::FilePath> directories; // of an Undo: where its files are or were
    QString undone; // by an Undo: what the history called it, safe to show
    QString place; // where it was done, as setPlace() was told
};

class FileChanges final : public QObject
{
    Q_OBJECT

public:
    // Nothing can be done before setPlace().
    explicit FileChanges(QObject *parent = nullptr);
    ~FileChanges() override;

    // The file system is borrowed and may be null; `history` is that of its place, and `name` what
    // the user calls it. Acts under way end after the file that they are at, and what they did by
    // then goes into the history of the place where they did it. They have no finished(): if the
    // files cannot be reached any more the latest is told as cutOff(), else each that is not whole
    // as leftBehind().
    void setPlace(files::FileSystem *fileSystem, std::shared_ptr<ChangeHistory> history,
                  const QString &name = {});

    ChangeHistory &history() const { return *m_history; }

    void rename(const files::FilePath &from, const QByteArray &newName);
    // `steps` of names, in an order in which none meets a name that is in use: see RenamePlan.
    void renameMany(const files::FilePath &directory,
                    const QList<std::pair<QByteArray, QByteArray>> &steps);
    // To another directory of the same place; nothing is overwritten.
    void move(const QList<files::FilePath> &paths, const files::FilePath &target);
    void createFolder(const files::FilePath &directory, const QByteArray &name);
    void createFile(const files::FilePath &directory, const QByteArray &name); // an empty one
    void createLink(const files::FilePath &directory, const QByteArray &name,
                    const QByteArray &target);
    // Links of the names that come second, each to the path before it.
    void createLinks(const QList<std::pair<files::FilePath, files::FilePath>> &links);
    void remove(const QList<files::FilePath> &paths); // for good
    void trash(const QList<files::FilePath> &paths);
    // `entries` are those of `directory`: each keeps what the change leaves alone.
    void setAttributes(const files::FilePath &directory, const QList<files::FileEntry> &entries,
                       const files::AttributeChange &change);
    void changeTrees(const QList<files::FilePath> &paths, const files::AttributeChange &change);
    // To the free names of the second of each pair.
    void duplicate(const QList<std::pair<files::FilePath, files::FilePath>> &copies);
    // Gives them the time of now.
    void touch(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    // Cuts their contents off there, or fills them up with zero bytes.
    void resize(const QList<files::FilePath> &paths, quint64 bytes);
    // Out of the history; what could not be undone comes back into it.
    void undo(quint64 change);

    void cancel(); // what is under way

signals:
    void started();
    // Files done of how many; and with those in folders, how many were gone through.
    void progressed(qsizetype done, qsizetype total);
    void treeProgressed(int files);
    void finished(const ui::ChangeOutcome &outcome);
    void cutOff(const ui::ChangeOutcome &outcome); // as far as it is known without an end
    // Of an act that could not be done to its end before another place was set.
    void leftBehind(const ui::ChangeOutcome &outcome);

private:
    using Answer = FileOperation::Answer;
    using Interrupt = FileOperation::Interrupt;

    // What an act is besides its steps.
    struct Manner
    {
        Interrupt interrupt = Interrupt::BetweenSteps;
        std::shared_ptr<UndoableChange> undo; // shared by the steps, which add to it
        std::function<qsizetype()> files; // see ChangeOutcome; asked at the end
        // Once, before `undo` goes into the history, named after its steps if it has no name yet.
        std::function<void()> atEnd;
        FileOperation::Step sequel; // see FileOperation::setSequel()
    };

    void run(ChangeOutcome outcome, const FileOperation::Step &step, const Manner &manner);
    // `step` makes what is at these paths then.
    void create(ChangeOutcome outcome, const QList<files::FilePath> &paths, Creation::Kind kind,
                const FileOperation::Step &step);
    void move(ChangeOutcome::Act act,
              const QList<std::pair<files::FilePath, files::FilePath>> &moves,
              const QByteArray &name = {});
    void apply(ChangeOutcome::Act act,
               const QList<std::pair<files::FilePath, files::FileAttributes>> &wanted,
               const QList<files::FileAttributes> &before);
    Answer undone(const UndoStep &step);
    Answer undone(const Creation &creation);
    Answer takenAway(const Creation &creation, const files::FileEntry &present);
    // False, with finished() sent, if `name` can not be the name of a file.
    bool isUsable(const QByteArray &name, ChangeOutcome::Act act);

    void tell(const ChangeOutcome &outcome, quint64 visit); // of the place where it began

    files::FileSystem *m_fileSystem = nullptr;
    QString m_placeName;
    std::shared_ptr<ChangeHistory> m_history; // shared with the place, never null
    quint64 m_visit = 0; // counts the places: an answer of an earlier one is not acted upon
    std::optional<quint64> m_cutOff; // the visit of which that was told
    QPointer<FileOperation> m_operation; // the latest
    ChangeOutcome m_latest; // what it is to do
};

} // namespace ui
