// FileIcons: icons for the types of files, from the program's own set.

#pragma once

#include "files/FileEntry.h"

#include <QHash>
#include <QIcon>

namespace ui {

class FileIcons
{
public:
    // By what the entry is; of a regular file by the end of its name, because a server tells no
    // more.
    QIcon iconFor(const files::FileEntry &entry) const;

private:
    mutable QHash<QString, QIcon> m_icons; // by name: a list asks for the same ones all the time
};

} // namespace ui
