// TreeComparison: compares all that is in two directories, wherever they are, and changes nothing.
// Used by the window that synchronizes, the sync verb and TreeKeeper.
//
// Links are compared as links and never followed. Files that Ponto itself has not finished are left
// out, and a directory with one holds more than its rows tell. What can not be read is told in a
// row of its own, and the comparison goes on. The work is done by a thread pool; signals come on
// the owner's thread.

#pragma once

#include "base/Result.h"
#include "files/FileSystem.h"
#include "synchronize/PathFilter.h"
#include "synchronize/TreeRow.h"

#include <QByteArrayList>
#include <QFuture>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>

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
        Checksum, // of the same content, by SHA-256 if they are large, whatever their times
    };

    Criterion criterion = Criterion::SizeAndTime;
    std::chrono::seconds timeTolerance{0}; // times that differ by no more are the same
    FilterRules filter;
    bool skipLinks = false; // as if there were none
    // This side's directory may be missing: then it is empty. Otherwise that is a failure.
    std::optional<Side> mayBeMissing;
    // Paths of directories: only what is directly in these is compared, and what is in directories
    // that one side alone has. Empty: everything. Where a side has none of that name, the directory
    // that it is in is compared instead.
    QByteArrayList only;
};

struct ComparisonRules;
struct DirectoryPair;
struct Findings;
struct ListingRows;

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
    struct Errand; // both listings of one directory
    struct Reading; // both contents of one file, or their checksums

    using FileRow = std::pair<size_t, qsizetype>; // listing and row

    using Entries = QList<files::FileEntry>;

    void takeDirectories();
    void list(const DirectoryPair &pair);
    void handleListing(const std::shared_ptr<Errand> &errand, Side side,
                       const base::Result<Entries> &entries);
    void compare(const std::shared_ptr<Errand> &errand);
    void handleUnreadable(const Errand &errand);
    void noteUnreadable(const QByteArray &path, const std::shared_ptr<const base::Error> &reason);
    void goUp(const QByteArray &path);
    void handleRows(const DirectoryPair &pair, ListingRows &rows);
    void takeFiles();
    const TreeRow &rowOf(const FileRow &file) const;
    void hash(const FileRow &file);
    void read(const FileRow &file);
    void handleContent(const std::shared_ptr<Reading> &reading, Side side,
                       const base::Result<QByteArray> &content);
    void settle(const Reading &reading);
    void finishIfDone();
    bool endsAll(const base::Error &error);
    void finish(const base::Result<TreeRows> &rows);
    Place &place(Side side) { return side == Side::Left ? m_left : m_right; }

    Place m_left;
    Place m_right;
    std::shared_ptr<const ComparisonRules> m_rules; // shared with the threads
    std::unique_ptr<Findings> m_findings; // null once they are being sorted
    std::deque<DirectoryPair> m_directories; // to be listed
    QSet<QByteArray> m_taken; // of ComparisonOptions::only
    std::deque<FileRow> m_files; // to be hashed
    std::deque<FileRow> m_smallFiles; // to be read
    std::map<quint64, QFuture<base::Result<files::Digest>>> m_digests; // that are under way
    quint64 m_lastDigest = 0;
    int m_busyDirectories = 0;
    int m_busyFiles = 0;
    int m_busySmallFiles = 0;
    bool m_isOver = false;
    ComparisonProgress m_progress;
    QTimer m_ticker;
};

} // namespace synchronize

Q_DECLARE_METATYPE(synchronize::ComparisonProgress)
