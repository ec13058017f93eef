// TransferPlan: what is still to be copied, found directory by directory. Decides what can be
// copied at all; does no input or output. Used by TransferRun.

#pragma once

#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "sftp/Listing.h"
#include "transfer/LocalTree.h"
#include "transfer/TransferRequest.h"

#include <QByteArrayList>
#include <QList>

#include <deque>
#include <optional>
#include <vector>

namespace transfer {

struct PlannedItem
{
    files::FilePath source;
    files::FileEntry entry; // of the source
    QByteArrayList target; // names below the target directory
    DirectoryState parentState = DirectoryState::ExistedBefore; // of the target's directory
};

class TransferPlan
{
public:
    // One of the things that the user chose, to be copied under `name`.
    void addSource(const files::FilePath &source, const files::FileEntry &entry,
                   const QByteArray &name);

    // What a directory of the plan holds. It has its place at the target already.
    void addContents(const PlannedItem &directory, DirectoryState targetState,
                     const sftp::DirectoryContents &contents);

    std::optional<PlannedItem> takeDirectory(); // the deepest first: that keeps the plan short
    std::optional<PlannedItem> takeFile(); // or link; in the order in which they were found

    // What can not be copied: special files, names that are none, too deep directories.
    QList<FileFailure> takeFailures();

    qsizetype waitingFiles() const { return std::ssize(m_files); }
    bool hasDirectories() const { return !m_directories.empty(); }
    int filesFound() const { return m_filesFound; } // what can not be copied included
    quint64 bytesFound() const { return m_bytesFound; }

private:
    void add(PlannedItem item);
    void refuse(const files::FilePath &source, base::ErrorKind kind, const char *operation);

    std::vector<PlannedItem> m_directories;
    std::deque<PlannedItem> m_files;
    QList<FileFailure> m_failures;
    int m_filesFound = 0;
    quint64 m_bytesFound = 0;
};

} // namespace transfer
