// NameFilter: which entries of a directory a pane shows.

#pragma once

#include "files/FileEntry.h"

#include <QRegularExpression>

namespace files {

enum class Hidden { Exclude, Include };

class NameFilter
{
public:
    // `pattern` is a part of the name, or a pattern with * and ? for the whole of it, without
    // regard to case; empty lets every name pass. Directories are filtered like files.
    explicit NameFilter(Hidden hidden = Hidden::Exclude, const QString &pattern = QString());

    bool passes(const FileEntry &entry) const;

private:
    Hidden m_hidden;
    QRegularExpression m_pattern; // empty: no condition
};

} // namespace files
