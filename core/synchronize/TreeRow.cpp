#include "synchronize/TreeRow.h"

#include "transfer/FileNames.h"

#include <algorithm>

namespace synchronize {

using files::FileType;

bool Item::isCopyable() const
{
    return type() == FileType::Directory || type() == FileType::Regular
        || type() == FileType::SymbolicLink;
}

bool isUnchanged(const Item &before, const Item &now)
{
    if (before.type() != now.type()) {
        return false;
    }
    if (before.isDirectory()) {
        return true;
    }
    const auto isSame
        = [](const auto &one, const auto &other) { return !one || !other || *one == *other; };
    const bool isLink = before.type() == FileType::SymbolicLink;
    if (isLink && !before.linkTarget.isEmpty() && !now.linkTarget.isEmpty()) {
        return before.linkTarget == now.linkTarget;
    }
    return isSame(before.attributes.size, now.attributes.size)
        && isSame(before.attributes.modificationTime, now.attributes.modificationTime);
}

bool TreeRow::isDirectory() const
{
    return (left && left->isDirectory()) || (right && right->isDirectory());
}

// One level for the directory itself, whose name leads the names of a transfer.
bool TreeRow::leadsOut(Side side) const
{
    const std::optional<Item> &item = this->item(side);
    return item && item->type() == FileType::SymbolicLink && !item->linkTarget.isEmpty()
        && !transfer::isContainedLink(item->linkTarget, depth() + 1);
}

QByteArray TreeRow::name() const
{
    return path.sliced(path.lastIndexOf('/') + 1);
}

QByteArray TreeRow::parent() const
{
    return path.first(std::max<qsizetype>(0, path.lastIndexOf('/')));
}

qsizetype TreeRow::depth() const
{
    return path.count('/');
}

// Byte by byte, with the slash before all others: "a/b" comes before "a-b".
std::strong_ordering comparePaths(const QByteArray &one, const QByteArray &other)
{
    const auto [mine, theirs] = std::ranges::mismatch(one, other);
    if (mine == one.end() || theirs == other.end()) {
        return one.size() <=> other.size();
    }
    const auto rank = [](char c) { return c == '/' ? 0 : 1 + static_cast<unsigned char>(c); };
    return rank(*mine) <=> rank(*theirs);
}

} // namespace synchronize
