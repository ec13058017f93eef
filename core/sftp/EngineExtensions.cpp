// The requests of Engine that not every server knows: those of OpenSSH's PROTOCOL file, section 4,
// and of draft-ietf-secsh-filexfer-extensions-00 (check-file, copy-data, home-directory). All
// answer Unsupported where they are not offered.

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "sftp/AnswerConversion.h"
#include "sftp/Attributes.h"
#include "sftp/Engine.h"

namespace sftp {
namespace {

using base::Result;
using base::WireReader;
using base::WireWriter;
using files::FileAttributes;
using files::FilePath;

std::unexpected<base::Error> malformed(const char *extension)
{
    return base::Failure(
        protocolViolation(QStringLiteral("malformed %1").arg(QLatin1String(extension))));
}

// The fields of statvfs(3), each a uint64.
Result<FileSystemStatus> toFileSystemStatus(Answer &&answer)
{
    WireReader reader(std::get<ExtendedAnswer>(answer).data);
    FileSystemStatus status;
    quint64 blockBytes = 0;
    quint64 unused = 0;
    quint64 flags = 0;
    for (quint64 *field : {&unused, &blockBytes, &status.totalBytes, &unused, &status.freeBytes,
                           &status.totalFiles, &unused, &status.freeFiles, &unused, &flags}) {
        const auto value = reader.uint64();
        if (!value) {
            return malformed("statvfs");
        }
        *field = *value;
    }
    // A server that exaggerates gets the largest number that there is.
    const auto scale = [blockBytes](quint64 &blocks) {
        quint64 bytes = 0;
        blocks = qMulOverflow(blocks, blockBytes, &bytes) ? ~quint64{0} : bytes;
    };
    scale(status.totalBytes);
    scale(status.freeBytes);
    status.isReadOnly = (flags & 1U) != 0; // SSH2_FXE_STATVFS_ST_RDONLY of OpenSSH's PROTOCOL
    return status;
}

std::optional<QList<QByteArray>> readNames(WireReader &reader, qsizetype count)
{
    const auto block = reader.string();
    if (!block) {
        return std::nullopt;
    }
    WireReader names(*block);
    QList<QByteArray> result;
    while (!names.isAtEnd() && result.size() < count) {
        const auto name = names.string();
        if (!name) {
            return std::nullopt;
        }
        result.append(name->toByteArray());
    }
    return names.isAtEnd() && result.size() == count ? std::optional(result) : std::nullopt;
}

QByteArray packed(const QList<quint32> &numbers)
{
    WireWriter writer;
    for (const quint32 number : numbers) {
        writer.uint32(number);
    }
    return writer.take();
}

// Section 3 of the draft: "check-file" is what a server announces, and what it is asked ends with
// "-name" or "-handle".
const QByteArray checkFile = QByteArrayLiteral("check-file");
const QByteArray sha256 = QByteArrayLiteral("sha256");
constexpr qsizetype sha256Bytes = 32;

void writeHashRange(WireWriter &fields, FileRange range)
{
    constexpr quint32 oneBlock = 0; // one hash for all of it
    Q_ASSERT(range.length > 0 && range.length <= longestHashedRange);
    fields.string(sha256).uint64(range.offset).uint64(range.length).uint32(oneBlock);
}

Result<QByteArray> toHash(Answer &&answer)
{
    WireReader reader(std::get<ExtendedAnswer>(answer).data);
    const auto algorithm = reader.string();
    if (!algorithm || *algorithm != sha256 || reader.rest().size() != sha256Bytes) {
        return malformed("check-file");
    }
    return reader.rest().toByteArray();
}

} // namespace

Engine::RequestId Engine::fileSystemStatus(const FilePath &path,
                                           Answered<FileSystemStatus> answered)
{
    WireWriter fields;
    fields.string(path.bytes());
    return sendExtended(QByteArrayLiteral("statvfs@openssh.com"), fields,
                        {AnswerKind::Extended, "ask for free space", path,
                         converted<FileSystemStatus>(std::move(answered), toFileSystemStatus)});
}

Engine::RequestId Engine::fileSystemStatus(const Handle &handle,
                                           Answered<FileSystemStatus> answered)
{
    WireWriter fields;
    fields.string(handle.id);
    return sendExtended(QByteArrayLiteral("fstatvfs@openssh.com"), fields,
                        {AnswerKind::Extended, "ask for free space", handle.path,
                         converted<FileSystemStatus>(std::move(answered), toFileSystemStatus)});
}

Engine::RequestId Engine::makeHardLink(const FilePath &link, const FilePath &target,
                                       Answered<void> answered)
{
    WireWriter fields;
    fields.string(target.bytes()).string(link.bytes());
    return sendExtended(
        QByteArrayLiteral("hardlink@openssh.com"), fields,
        {AnswerKind::Status, "create hard link", link, success(std::move(answered))});
}

Engine::RequestId Engine::setLinkAttributes(const FilePath &path, const FileAttributes &attributes,
                                            Answered<void> answered)
{
    WireWriter fields;
    fields.string(path.bytes());
    writeAttributes(fields, attributes);
    return sendExtended(
        QByteArrayLiteral("lsetstat@openssh.com"), fields,
        {AnswerKind::Status, "change attributes", path, success(std::move(answered))});
}

Engine::RequestId Engine::expandPath(const FilePath &path, Answered<FilePath> answered)
{
    WireWriter fields;
    fields.string(path.bytes());
    return sendExtended(
        QByteArrayLiteral("expand-path@openssh.com"), fields,
        {AnswerKind::Names, "resolve", path, converted<FilePath>(std::move(answered), onlyPath)});
}

Engine::RequestId Engine::homeDirectory(const QByteArray &user, Answered<FilePath> answered)
{
    WireWriter fields;
    fields.string(user);
    return sendExtended(QByteArrayLiteral("home-directory"), fields,
                        {AnswerKind::Names, "find home directory", FilePath(user),
                         converted<FilePath>(std::move(answered), onlyPath)});
}

Engine::RequestId Engine::copyData(const Handle &from, quint64 offset, quint64 length,
                                   const Handle &to, quint64 targetOffset, Answered<void> answered)
{
    WireWriter fields;
    fields.string(from.id).uint64(offset).uint64(length).string(to.id).uint64(targetOffset);
    return sendExtended(QByteArrayLiteral("copy-data"), fields,
                        {AnswerKind::Status, "copy", from.path, success(std::move(answered))});
}

Engine::RequestId Engine::ownerNames(const QList<quint32> &users, const QList<quint32> &groups,
                                     Answered<OwnerNames> answered)
{
    WireWriter fields;
    fields.string(packed(users)).string(packed(groups));
    auto toNames = [userCount = users.size(),
                    groupCount = groups.size()](Answer &&answer) -> Result<OwnerNames> {
        WireReader reader(std::get<ExtendedAnswer>(answer).data);
        const auto userNames = readNames(reader, userCount);
        const auto groupNames = userNames ? readNames(reader, groupCount) : std::nullopt;
        if (!groupNames) {
            return malformed("users-groups-by-id");
        }
        return OwnerNames{*userNames, *groupNames};
    };
    return sendExtended(QByteArrayLiteral("users-groups-by-id@openssh.com"), fields,
                        {AnswerKind::Extended,
                         "ask for owners",
                         {},
                         converted<OwnerNames>(std::move(answered), std::move(toNames))});
}

bool Engine::offersHashes() const
{
    return offers(checkFile);
}

Engine::RequestId Engine::hash(const FilePath &path, FileRange range, Answered<QByteArray> answered)
{
    WireWriter fields;
    fields.string(path.bytes());
    writeHashRange(fields, range);
    return sendIf(
        offersHashes(), checkFile + "-name", fields,
        {AnswerKind::Extended, "hash", path, converted<QByteArray>(std::move(answered), toHash)});
}

Engine::RequestId Engine::hash(const Handle &handle, FileRange range, Answered<QByteArray> answered)
{
    WireWriter fields;
    fields.string(handle.id);
    writeHashRange(fields, range);
    return sendIf(offersHashes(), checkFile + "-handle", fields,
                  {AnswerKind::Extended, "hash", handle.path,
                   converted<QByteArray>(std::move(answered), toHash)});
}

} // namespace sftp
