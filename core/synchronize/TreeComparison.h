// TreeComparison: compares all that is in two directories, wherever they are, and changes nothing.
// Used by the window that synchronizes, the sync verb and TreeKeeper.
//
// Links are compared as links and never followed. What can not be read is told in a row of its own,
// and the comparison goes on. The work is done by a thread pool; signals come on the owner's
// thread.

#pragma once

#include "base/Result.h"
#include "files/FileSystem.h"
#include "synchronize/PathFilter.h"
#include "synchronize/TreeRow.h"

#include <QByteArrayList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace synchronize {

// One of the two directories. The file system is borrowed for as long as it is used.
struct Place
{
    files::FileSystem *files = nullptr;
    files::FilePath root; // absolute, free of links

    files::FilePath path(const QByteArray &relative) const
    {
        return relative.isEmpty() ? root : root.child(relative);
    }
};

struct ComparisonOptions
{
    // When two regular files are the same.
    enum class Criterion {
        Size,
        SizeAndTime,
        Checksum, // SHA-256, whatever their times; files of other sizes are not read
    };

    Criterion criterion = Criterion::SizeAndTime;
    std::chrono::seconds timeTolerance{0}; // times that differ by no more are the same
    FilterRules filter;
    bool skipLinks = false; // as if there were none
    // This side's directory may be missing: then it is empty. Otherwise that is a failure.
    std::optional<Side> mayBeMissing;
    // Paths of directories: only what is directly in these is compared, and what is in directories
    // that one side alone has. Empty: everything. One that has vanished on either side is left out.
    QByteArrayList only;
};

struct ComparisonProgress
{
    quint64 directories = 0; // that were read
    quint64 rows = 0; // found, the equal ones included
    quint64 different = 0; // of these
    quint64 filesRead = 0; // whose checksums were compared
    quint64 filesToRead = 0; // found so far
    QByteArray current; // path of the directory or file that was taken up last
};

class TreeComparison final : public QObject
{
    Q_OBJECT

public:
    TreeComparison(Place left, Place right, ComparisonOptions options, QObject *parent = nullptr);
    ~TreeComparison() override; // gives up

    void start();

    // finished() follows with Cancelled, at once.
    void cancel();

    const ComparisonProgress &progress() const { return m_progress; }

signals:
    void progressed(const synchronize::ComparisonProgress &progress); // at most ten times a second
    // Once, the last signal: all rows in the order of comparePaths(), or why one of the two
    // directories themselves could not be read; ConnectionLost if a connection ended meanwhile.
    void finished(const base::Result<synchronize::TreeRows> &rows);

private:
    ComparisonProgress m_progress;
};

} // namespace synchronize

Q_DECLARE_METATYPE(synchronize::ComparisonProgress)
