// LocalTree: what lies below one directory of this computer, reached from its descriptor one
// component at a time and never through a link. So neither a hostile name nor a link that someone
// plants meanwhile leads out of it. Used by downloads, on disk threads.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QByteArrayList>

namespace transfer {

enum class Existing {
    Keep, // AlreadyExists if there is anything of this name
    Replace, // in one step
};

enum class DirectoryState { Created, ExistedBefore };

// Does a copy have all that it was to keep?
enum class Likeness { Full, Partial };

// Paths are lists of names, each checked by files::safeLocalName().
class LocalTree
{
public:
    // `root` itself may be a link: the user chose it.
    static base::Result<LocalTree> open(const files::FilePath &root);

    base::Result<files::FileEntry> status(const QByteArrayList &names) const;

    // Are the last name and `sibling` in its place two files, or is one of them missing? False if
    // the file system takes both names for one.
    base::Result<bool> isApart(const QByteArrayList &names, const QByteArray &sibling) const;

    // The owner may always enter it. A link to a directory counts as in the way: NotADirectory.
    base::Result<DirectoryState> makeDirectory(const QByteArrayList &names,
                                               files::FileMode mode) const;

    base::Result<void> makeLink(const QByteArrayList &names, const QByteArray &target,
                                Existing existing) const;

    // Owner, group, mode and times of a directory.
    Likeness makeAlike(const QByteArrayList &names, const files::FileAttributes &attributes) const;

    // On the file system of the root; the largest number if that can not be found out.
    quint64 freeBytes() const;

    // The directory that holds the last name.
    base::Result<base::UniqueFd> openParent(const QByteArrayList &names) const;

    files::FilePath path(const QByteArrayList &names) const; // for messages

private:
    LocalTree(files::FilePath root, base::UniqueFd descriptor);

    files::FilePath m_root;
    base::UniqueFd m_descriptor;
};

// False with errno. Times that are not told stay.
bool setTimes(int descriptor, const files::FileAttributes &attributes);

// Owner, group, mode and times. A server's file is never set-user-ID or set-group-ID here, as with
// sftp(1): it would be a program of whoever owns it.
Likeness makeAlike(int descriptor, const files::FileAttributes &attributes);

// Gives `from` the name `to` within a directory. The errors are errno values.
base::Result<void, int> renameWithin(int directory, const QByteArray &from, const QByteArray &to,
                                     Existing existing);

} // namespace transfer
