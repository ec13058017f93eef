#include "files/OwnerLookup.h"

#include <utility>

namespace files {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

constexpr quint32 longestFile = quint32{4} * 1024 * 1024;

std::optional<quint32> number(const QString &text)
{
    bool isNumber = false;
    const quint32 id = text.toUInt(&isNumber);
    return isNumber ? std::optional(id) : std::nullopt;
}

// Of one name or number; nothing for an empty text.
QFuture<Result<std::optional<quint32>>> lookUp(FileSystem &fileSystem, const QByteArray &file,
                                               const QString &text)
{
    using Id = Result<std::optional<quint32>>;
    if (const auto id = number(text); id || text.isEmpty()) {
        return QtFuture::makeReadyValueFuture(Id(id));
    }
    return fileSystem.readPart(FilePath(file), 0, longestFile)
        .then([text](const Result<QByteArray> &accounts) -> Id {
            if (!accounts) {
                return Failure(accounts.error());
            }
            if (const auto id = idIn(*accounts, text.toUtf8())) {
                return id;
            }
            Error error;
            error.kind = ErrorKind::NotFound;
            error.operation = QStringLiteral("look up owner");
            error.subject = text;
            return Failure(error);
        });
}

} // namespace

std::optional<quint32> idIn(const QByteArray &accounts, const QByteArray &name)
{
    for (const QByteArray &line : accounts.split('\n')) {
        const QByteArrayList fields = line.split(':');
        if (fields.size() > 2 && fields[0] == name) {
            return number(QString::fromLatin1(fields[2]));
        }
    }
    return std::nullopt;
}

QFuture<Result<OwnerIds>> lookUpOwners(FileSystem &fileSystem, const QString &user,
                                       const QString &group)
{
    auto users = lookUp(fileSystem, QByteArrayLiteral("/etc/passwd"), user.trimmed());
    auto groups = lookUp(fileSystem, QByteArrayLiteral("/etc/group"), group.trimmed());
    return users
        .then([groups](const Result<std::optional<quint32>> &userId) {
            return QFuture(groups).then(
                [userId](const Result<std::optional<quint32>> &groupId) -> Result<OwnerIds> {
                    if (!userId) {
                        return Failure(userId.error());
                    }
                    if (!groupId) {
                        return Failure(groupId.error());
                    }
                    return OwnerIds{*userId, *groupId};
                });
        })
        .unwrap();
}

} // namespace files
