// OwnerLookup: the numbers of users and groups of a place, for owners that are given by name. Read
// from the place's own /etc/passwd and /etc/group, which a server shows to everybody.

#pragma once

#include "files/FileSystem.h"

#include <QFuture>

#include <optional>

namespace files {

struct OwnerIds
{
    std::optional<quint32> userId;
    std::optional<quint32> groupId;

    friend bool operator==(const OwnerIds &, const OwnerIds &) = default;
};

// Names or numbers; empty ones stay without a number. NotFound, with the name as its subject, if it
// is not in the file, as those of a directory service are not.
QFuture<base::Result<OwnerIds>> lookUpOwners(FileSystem &fileSystem, const QString &user,
                                             const QString &group);

// The third field of the line of passwd(5) or group(5) that begins with `name`.
std::optional<quint32> idIn(const QByteArray &accounts, const QByteArray &name);

} // namespace files
