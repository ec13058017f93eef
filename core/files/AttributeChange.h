// AttributeChange: new permissions and owners for many files at once, each from what it has.
// Yielded by the permissions dialog, done by the file systems.

#pragma once

#include "files/FileEntry.h"
#include "files/ModeChange.h"

#include <QMetaType>

#include <optional>

namespace files {

// Which permission bits to set, which to clear; the others stay as each file has them.
struct ModeMask
{
    quint32 set = 0;
    quint32 clear = 0;

    FileMode appliedTo(FileMode mode) const { return FileMode((mode.bits() & ~clear) | set); }

    friend bool operator==(const ModeMask &, const ModeMask &) = default;
};

struct AttributeChange
{
    ModeMask directories; // what directories get
    ModeMask others; // what everything else gets; links are left alone
    // As X of chmod(1): of `others`, only who may be executed by somebody gets execute bits set.
    bool isExecuteConditional = false;
    std::optional<ModeChange> symbolic; // in the place of all that is above
    std::optional<quint32> userId;
    std::optional<quint32> groupId;

    // What has to be set on a file that has `present`: nothing in it if all is as it should be.
    FileAttributes appliedTo(const FileAttributes &present) const;

    friend bool operator==(const AttributeChange &, const AttributeChange &) = default;
};

} // namespace files

Q_DECLARE_METATYPE(files::ModeMask)
Q_DECLARE_METATYPE(files::AttributeChange)
