#include "transfer/RemoteLikeness.h"

#include <utility>

namespace transfer {
namespace {

using base::Result;
using files::FileAttributes;

constexpr quint32 allBits = 07777;
constexpr quint32 plainBits = 01777; // without set-user-ID and set-group-ID

// The mode of a link or a socket says nothing of a file: everybody could write to it.
bool isFile(const FileAttributes &attributes)
{
    const files::FileType type = attributes.type();
    return type == files::FileType::Regular || type == files::FileType::Unknown;
}

} // namespace

FileAttributes ownerOf(const FileAttributes &source)
{
    FileAttributes owner;
    owner.userId = source.userId;
    owner.groupId = source.groupId;
    return owner;
}

quint32 keptPermissions(const FileAttributes &source, Likeness owner)
{
    return source.permissions.value_or(0600) & (owner == Likeness::Full ? allBits : plainBits);
}

FileAttributes finalAttributes(const FileAttributes &source, const CopyOrder &order, Likeness owner)
{
    FileAttributes attributes;
    attributes.accessTime = source.accessTime;
    attributes.modificationTime = source.modificationTime;
    attributes.permissions = source.permissions.value_or(0600) & 0777U;
    if (order.options.preserve) {
        attributes.permissions = keptPermissions(source, owner);
    } else if (order.existing == Existing::Replace && order.replaced.mode()
               && isFile(order.replaced)) {
        attributes.permissions = order.replaced.mode()->bits();
    }
    return attributes;
}

void makeRemoteAlike(sftp::Engine &engine, const files::FilePath &path,
                     const FileAttributes &source, sftp::Engine::Answered<Likeness> answered)
{
    auto finish = [&engine, path, source,
                   answered = std::move(answered)](const Result<void> &given) mutable {
        const Likeness owner = given ? Likeness::Full : Likeness::Partial;
        FileAttributes rest;
        rest.permissions = keptPermissions(source, owner);
        rest.accessTime = source.accessTime;
        rest.modificationTime = source.modificationTime;
        engine.setAttributes(
            path, rest, [owner, answered = std::move(answered)](const Result<void> &set) mutable {
                answered(set ? owner : Likeness::Partial);
            });
    };
    engine.setAttributes(path, ownerOf(source), std::move(finish));
}

} // namespace transfer
