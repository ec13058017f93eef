// TransferPlan: what is still to be copied, found directory by directory. Decides what can be
// copied at all; does no input or output. Used by TransferLedger.

#pragma once

#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "sftp/Listing.h"
#include "transfer/LocalTree.h"
#include "transfer/TransferRequest.h"

#include <QByteArrayList>
#include <QHash>
#include <QList>

#include <deque>
#include <optional>
#include <vector>

namespace transfer {

struct PlannedItem
{
    files::FilePath source;
    files::FileEntry entry = {}; // of the source
    QByteArrayList target = {}; // names below the target directory
    DirectoryState parentState = DirectoryState::ExistedBefore; // of the target's directory
    QList<files::FilePath> trail = {}; // directories in which links were followed on the way here

    // The name of a sibling that differs from this one's in case or encoding only, which some file
    // systems do not tell apart; empty if there is none.
    QByteArray lookalike = {};

    quint64 id = 0; // while it is under way
    int attempts = 0; // that have failed
    bool wasBegun = false; // on a connection that was lost: it may be there already
    QByteArray part = {}; // that it has on the server since then; empty if there is none
    std::optional<Existing> decided = {}; // the user's word about what was in the way
    files::FileAttributes replaced = {}; // of the file that is to be replaced
    quint64 beginning = 0; // bytes of the one that is replaced, which need not come once more
};

// A file that the lanes of a LaneBoard may help with.
bool isLarge(const PlannedItem &item);

class TransferPlan
{
public:
    // One of the things that the user chose.
    void addSource(PlannedItem source);

    // What a directory of the plan holds. It has its place at the target already.
    void addContents(const PlannedItem &directory, DirectoryState targetState,
                     const sftp::DirectoryContents &contents);

    // What a link of the plan leads to, to be copied in its place. `path` is free of links.
    void addFollowed(const PlannedItem &link, const files::FilePath &path,
                     const files::FileAttributes &attributes);

    std::optional<PlannedItem> takeDirectory(); // the deepest first: that keeps the plan short
    std::optional<PlannedItem> takeFile(); // or link; in the order in which they were found
    bool isNextFileLarge() const; // that takeFile() would give; false if there is none

    // Something that was taken is to be taken again, before all others.
    void putBack(PlannedItem item);

    // What looks like another one waits until nothing else is left or under way: only then it can
    // be told whether the two got in each other's way. Moves one to the others; false if there is
    // none.
    bool releaseLookalike();

    // What can not be copied: special files, names that are none, too deep directories.
    QList<FileFailure> takeFailures();

    qsizetype waitingFiles() const { return m_waitingFiles; }
    bool hasDirectories() const { return !m_directories.empty(); }
    int filesFound() const { return m_filesFound; } // what can not be copied included
    quint64 bytesFound() const { return m_bytesFound; }

private:
    using Lookalikes = QHash<QByteArray, QByteArray>; // a name for each folded one

    // The files of one directory: as little of each as it takes, because there may be very many.
    struct Listed
    {
        struct File
        {
            QByteArray name;
            files::FileAttributes attributes;
        };

        PlannedItem directory;
        DirectoryState targetState = DirectoryState::ExistedBefore;
        std::deque<File> files = {}; // not taken yet
    };

    void add(PlannedItem item, Listed *listed = nullptr);
    void addFile(PlannedItem item, Listed *listed);
    void addDirectory(PlannedItem item);
    static PlannedItem itemIn(const PlannedItem &directory, DirectoryState targetState,
                              const files::FileEntry &entry);
    void refuse(const PlannedItem &item, base::ErrorKind kind, const char *operation,
                CopyObstacle obstacle = CopyObstacle::None);
    static void notice(PlannedItem &item, Lookalikes &seen, const QByteArray &directory);

    std::vector<PlannedItem> m_directories;
    std::deque<PlannedItem> m_files; // that stand alone, or were put back: before those listed
    std::deque<Listed> m_listed;
    qsizetype m_waitingFiles = 0;
    std::deque<PlannedItem> m_lookalikes; // files and directories
    Lookalikes m_sources;
    QList<FileFailure> m_failures;
    int m_filesFound = 0;
    quint64 m_bytesFound = 0;
};

} // namespace transfer
