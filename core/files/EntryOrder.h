// EntryOrder: the order in which a pane shows the entries of a directory.

#pragma once

#include "files/FileEntry.h"

#include <QList>

namespace files {

class EntryOrder
{
public:
    enum class Key {
        Name,
        Size,
        ModificationTime,
        Mode,
        Owner,
        Group,
        Kind, // folders, links, files by the ends of their names, the rest
        LinkTarget,
        AccessTime,
    };

    explicit EntryOrder(Key key = Key::Name, Qt::SortOrder direction = Qt::AscendingOrder);

    Key key() const { return m_key; }
    Qt::SortOrder direction() const { return m_direction; }

    // Directories and links to them first, in either direction. Names compare as people read them:
    // without regard to case, "file9" before "file10". What is equal by another key is ordered by
    // name, ascending. What a server did not tell counts as smallest.
    QList<FileEntry> sorted(const QList<FileEntry> &entries) const;

    friend bool operator==(const EntryOrder &, const EntryOrder &) = default;

private:
    Key m_key;
    Qt::SortOrder m_direction;
};

} // namespace files
