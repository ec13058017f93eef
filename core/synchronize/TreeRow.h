// TreeRow: one name below two directories, with what each of them has there. Yielded by
// TreeComparison, decided about by SyncPlan.

#pragma once

#include "base/Error.h"
#include "files/FileEntry.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>

#include <compare>
#include <memory>
#include <optional>

namespace synchronize {

enum class Side { Left, Right };

constexpr Side otherSide(Side side)
{
    return side == Side::Left ? Side::Right : Side::Left;
}

// What one side has: a link is the link itself, and never what it leads to.
struct Item
{
    files::FileAttributes attributes;
    QByteArray linkTarget; // of a link that has a link for its counterpart, or that was told

    files::FileType type() const { return attributes.type(); }
    bool isDirectory() const { return type() == files::FileType::Directory; }
    // A directory, a file or a link: what can be made on the other side.
    bool isCopyable() const;

    friend bool operator==(const Item &, const Item &) = default;
};

// Is it still what it was? Of the same type, size, time and link target, as far as both are told.
// Of directories the type alone counts.
bool isUnchanged(const Item &before, const Item &now);

enum class Difference {
    Equal,
    OnlyLeft,
    OnlyRight,
    NewerLeft, // both sides have a file or a link, and they are not the same
    NewerRight,
    Different, // likewise, and the times do not tell which is newer
    OtherType, // a directory, or what can not be copied, has something else for its counterpart
    Unreadable, // `reason` says why; of a directory, nothing below it is known
};

struct TreeRow
{
    QByteArray path; // names below the two directories, joined by "/"; each is a safe name
    std::optional<Item> left;
    std::optional<Item> right;
    Difference difference = Difference::Equal;
    // A directory: it holds more than the rows below it tell, because that was filtered out or
    // could not be read. So it is never deleted.
    bool holdsMore = false;
    // Of Unreadable, else null. Shared because rows are copied and few have one.
    std::shared_ptr<const base::Error> reason;

    const std::optional<Item> &item(Side side) const { return side == Side::Left ? left : right; }
    bool isDirectory() const; // on a side
    bool leadsOut(Side side) const; // a link out of what is compared: such links are not copied
    QByteArray name() const; // the last one
    QByteArray parent() const; // empty for what is directly in the two directories
    qsizetype depth() const; // 0 for that

    friend bool operator==(const TreeRow &, const TreeRow &) = default;
};

// A directory comes before what is in it, and that before its next neighbor.
std::strong_ordering comparePaths(const QByteArray &one, const QByteArray &other);

using TreeRows = QList<TreeRow>;

} // namespace synchronize

Q_DECLARE_METATYPE(synchronize::TreeRow)
