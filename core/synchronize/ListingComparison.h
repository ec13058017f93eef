// ListingComparison: what two listings of one directory come to. Used by TreeComparison, in a pool
// of threads: nothing here has a thread of its own.

#pragma once

#include "files/FileEntry.h"
#include "synchronize/TreeComparison.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <memory>
#include <optional>
#include <vector>

namespace synchronize {

// Options that many threads read.
struct ComparisonRules
{
    explicit ComparisonRules(ComparisonOptions wanted)
        : options(std::move(wanted))
        , filter(options.filter)
    {
    }

    const ComparisonOptions options;
    const PathFilter filter;
};

// A directory that at least one side has.
struct DirectoryPair
{
    QByteArray path; // empty: the two directories themselves
    bool hasLeft = true;
    bool hasRight = true;
};

struct ListingRows
{
    TreeRows rows; // of what is directly in it
    std::vector<DirectoryPair> directories; // of these
    std::vector<qsizetype> unread; // rows of files that only their content can tell apart
    bool holdsMore = false;
    std::shared_ptr<const base::Error> reason; // instead of all that; else null
    quint64 different = 0; // rows
};

using Listing = QList<files::FileEntry>;

// A listing with a name that is none, or with one name twice, is not believed: `reason` says so.
ListingRows compareListings(const DirectoryPair &pair, const Listing &left, const Listing &right,
                            const ComparisonRules &rules);

// Of files with and without a checksum.
Difference contentDifference(const Item &left, const Item &right, const ComparisonOptions &options,
                             std::optional<bool> isSameContent);

// What was found out about all directories.
struct Findings
{
    std::vector<ListingRows> listings;
    QSet<QByteArray> holdMore; // paths of directories
    QHash<QByteArray, std::shared_ptr<const base::Error>> unreadable; // by path
};

// All rows in their order, with what concerns the directories that they are in.
TreeRows sortedRows(Findings findings, const ComparisonRules &rules);

} // namespace synchronize
