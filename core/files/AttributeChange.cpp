#include "files/AttributeChange.h"

namespace files {
namespace {

using Access = FileMode::Access;
using Who = FileMode::Who;

constexpr quint32 executeBits = FileMode::bit(Who::Owner, Access::Execute)
    | FileMode::bit(Who::Group, Access::Execute) | FileMode::bit(Who::Other, Access::Execute);

} // namespace

FileAttributes AttributeChange::appliedTo(const FileAttributes &present) const
{
    FileAttributes wanted;
    const FileType type = present.type();
    if (type == FileType::SymbolicLink) {
        return wanted;
    }
    const FileMode mode = present.mode().value_or(FileMode());
    ModeMask mask = type == FileType::Directory ? directories : others;
    if (type != FileType::Directory && isExecuteConditional && (mode.bits() & executeBits) == 0) {
        mask.set &= ~executeBits;
    }
    const FileKind kind = type == FileType::Directory ? FileKind::Directory : FileKind::Other;
    const FileMode newMode = symbolic ? symbolic->appliedTo(mode, kind) : mask.appliedTo(mode);
    if ((symbolic || mask != ModeMask()) && (newMode != mode || !present.permissions)) {
        wanted.permissions = newMode.bits();
    }
    // A server takes both or none.
    const bool changesOwner
        = (userId && userId != present.userId) || (groupId && groupId != present.groupId);
    if (changesOwner) {
        wanted.userId = userId ? userId : present.userId;
        wanted.groupId = groupId ? groupId : present.groupId;
    }
    return wanted;
}

} // namespace files
