#include "sftp/Attributes.h"

#include <limits>

namespace sftp {
namespace {

using base::WireReader;
using base::WireWriter;
using files::FileAttributes;

enum Flag : quint32 {
    HasSize = 0x1,
    HasOwner = 0x2,
    HasPermissions = 0x4,
    HasTimes = 0x8,
    HasExtended = 0x80000000,
};

bool fitsTime(const std::optional<qint64> &seconds)
{
    return seconds && *seconds >= 0 && *seconds <= std::numeric_limits<quint32>::max();
}

bool skipExtended(WireReader &reader)
{
    const auto count = reader.uint32();
    if (!count) {
        return false;
    }
    for (quint32 i = 0; i < *count; ++i) {
        const bool isWhole = reader.string().has_value() && reader.string().has_value();
        if (!isWhole) {
            return false;
        }
    }
    return true;
}

bool readTimes(WireReader &reader, FileAttributes &attributes)
{
    const auto access = reader.uint32();
    const auto modification = reader.uint32();
    attributes.accessTime = access;
    attributes.modificationTime = modification;
    return access && modification;
}

bool readOwner(WireReader &reader, FileAttributes &attributes)
{
    attributes.userId = reader.uint32();
    attributes.groupId = reader.uint32();
    return attributes.userId && attributes.groupId;
}

} // namespace

std::optional<FileAttributes> readAttributes(WireReader &reader)
{
    const auto flags = reader.uint32();
    if (!flags) {
        return std::nullopt;
    }
    FileAttributes attributes;
    bool isWhole = true;
    if (*flags & HasSize) {
        attributes.size = reader.uint64();
        isWhole = attributes.size.has_value();
    }
    if (*flags & HasOwner) {
        isWhole = isWhole && readOwner(reader, attributes);
    }
    if (*flags & HasPermissions) {
        attributes.permissions = reader.uint32();
        isWhole = isWhole && attributes.permissions;
    }
    if (*flags & HasTimes) {
        isWhole = isWhole && readTimes(reader, attributes);
    }
    if (*flags & HasExtended) {
        isWhole = isWhole && skipExtended(reader);
    }
    return isWhole ? std::optional(attributes) : std::nullopt;
}

void writeAttributes(WireWriter &writer, const FileAttributes &attributes)
{
    const bool hasOwner = attributes.userId && attributes.groupId;
    const bool hasTimes = fitsTime(attributes.accessTime) && fitsTime(attributes.modificationTime);
    writer.uint32((attributes.size ? HasSize : 0U) | (hasOwner ? HasOwner : 0U)
                  | (attributes.permissions ? HasPermissions : 0U) | (hasTimes ? HasTimes : 0U));
    if (attributes.size) {
        writer.uint64(*attributes.size);
    }
    if (hasOwner) {
        writer.uint32(*attributes.userId).uint32(*attributes.groupId);
    }
    if (attributes.permissions) {
        writer.uint32(*attributes.permissions);
    }
    if (hasTimes) {
        writer.uint32(static_cast<quint32>(*attributes.accessTime))
            .uint32(static_cast<quint32>(*attributes.modificationTime));
    }
}

} // namespace sftp
