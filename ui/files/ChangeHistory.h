// ChangeHistory: what was done to the files of one place and can be undone, the latest last. It
// belongs to the place: all panes that show it have the same one, and find it again when they come
// back.

#pragma once

#include "files/FileSystem.h"
#include "files/Trash.h"
#include "ui/files/ChangeAct.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <memory>
#include <variant>

namespace ui {

// A file has another path now.
struct Renaming
{
    files::FilePath from;
    files::FilePath to;

    friend bool operator==(const Renaming &, const Renaming &) = default;
};

// Something new: it is taken away again only if it is still what it was then.
struct Creation
{
    enum class Kind { New, Copy };

    Kind kind = Kind::New;
    files::FilePath path;
    files::FileEntry made; // as it was told right afterwards

    // A folder may have other times by now: what is in it is another question.
    bool isStill(const files::FileEntry &present) const;
};

// What was done to one file, with all that it takes to go back.
using UndoStep = std::variant<Renaming, files::ChangedFile, files::TrashedFile, Creation>;

files::FilePath pathOf(const UndoStep &step); // before it was done

// Where the files are or were.
QSet<files::FilePath> directoriesOf(const QList<UndoStep> &steps);

// One act of the user.
struct UndoableChange
{
    quint64 id = 0; // given by the history
    ChangeAct act = ChangeAct::Rename;
    QString text; // "Rename report.txt", safe to show
    QDateTime time;
    QList<UndoStep> steps; // in the order in which they were done
};

class ChangeHistory final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // The oldest go when there are too many. Gives its id: 0 if there is nothing to be undone.
    quint64 add(UndoableChange change);
    // Out of the list; without steps if there is none of this id.
    UndoableChange take(quint64 id);

    const QList<UndoableChange> &changes() const { return m_changes; }

signals:
    void changed();

private:
    QList<UndoableChange> m_changes;
    quint64 m_lastId = 0;
};

// Those of all places, so that several tabs on one server have the same. For as long as Ponto runs:
// what was done is still there to be undone when a place is opened again.
class ChangeHistories final
{
public:
    // `key` tells apart places that do not hold the same files.
    const std::shared_ptr<ChangeHistory> &of(const QString &key);

private:
    QHash<QString, std::shared_ptr<ChangeHistory>> m_histories; // shared with the places
};

} // namespace ui
