// Listing: reads a whole directory of the server with many requests in flight. Used by Client and
// by whatever walks a tree.

#pragma once

#include "files/FileEntry.h"
#include "sftp/Engine.h"

#include <functional>

namespace sftp {

struct DirectoryContents
{
    QList<files::FileEntry> entries; // unsorted, without "." and ".."
    // Names that are no names: empty, with a slash or a zero byte in them, or endlessly long. They
    // would lead to other files than they stand for and are kept out of `entries`. A directory that
    // has very many of them, or very long ones, is a ProtocolViolation.
    QList<QByteArray> rejectedNames;
};

enum class LinkTargets {
    Ignore,
    Look, // fills in FileEntry::targetType and linkTarget
};

struct ListOptions
{
    LinkTargets linkTargets = LinkTargets::Look;
    // Called now and then with what has come since, before any link is looked at.
    std::function<void(const QList<files::FileEntry> &)> arrived = {};
    // A directory that never ends must not fill the memory: Unsupported beyond these.
    qsizetype mostEntries = 1'000'000;
    qsizetype mostBytes = qsizetype{256} * 1024 * 1024; // of names and link targets
};

// Asked now and then; true if nobody waits for the answer any more.
using IsAbandoned = std::function<bool()>;

// Answers Cancelled once `isAbandoned` is true.
void listDirectory(Engine &engine, const files::FilePath &directory, const ListOptions &options,
                   IsAbandoned isAbandoned, Engine::Answered<DirectoryContents> answered);

// The entry that a server tells with a name: owner and group come from `longName` if it looks like
// a line of `ls -l`, else they are numbers.
files::FileEntry entryFrom(const ListedName &listed);

} // namespace sftp
