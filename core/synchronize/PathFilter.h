// PathFilter: which files a comparison looks at, by patterns of their names and paths. Used by
// TreeComparison.

#pragma once

#include "files/NameFilter.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QStringList>

namespace synchronize {

// Patterns are globs, with regard to case: "*" and "?" stop at a slash, "**" does not, "[a-z]" is a
// character. One without a slash means a name anywhere, one with a slash a path below the two
// directories; a slash at its end means directories alone.
struct FilterRules
{
    QStringList include; // if there is any: only files of these, or in a directory of these
    QStringList exclude; // neither these nor what is in them, whatever is included
    files::Hidden hidden = files::Hidden::Include; // names that begin with a dot

    friend bool operator==(const FilterRules &, const FilterRules &) = default;
};

class PathFilter
{
public:
    enum class Kind { File, Directory };

    PathFilter() = default; // lets everything pass
    explicit PathFilter(const FilterRules &rules);

    // It is left out, and with it all that is in it.
    bool excludes(const QByteArray &path, Kind kind) const;

    // What is not excluded. False for a directory that is only the way to what may be included.
    bool includes(const QByteArray &path, Kind kind) const;

private:
    // Of paths whose directories end with a slash; an empty pattern: no condition.
    QRegularExpression m_include;
    QRegularExpression m_exclude;
    files::Hidden m_hidden = files::Hidden::Include;
};

} // namespace synchronize
