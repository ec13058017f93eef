// The requests of Engine: each its packet, and what its answer becomes.

#include "base/WireWriter.h"
#include "sftp/AnswerConversion.h"
#include "sftp/Attributes.h"
#include "sftp/Engine.h"

namespace sftp {
namespace {

using base::Result;
using base::WireWriter;
using files::FileAttributes;
using files::FilePath;

RawAnswered handle(const FilePath &path, Engine::Answered<Handle> answered)
{
    return converted<Handle>(std::move(answered), [path](Answer &&answer) -> Result<Handle> {
        return Handle{std::get<HandleAnswer>(std::move(answer)).handle, path};
    });
}

RawAnswered attributesOf(Engine::Answered<FileAttributes> answered)
{
    return converted<FileAttributes>(std::move(answered),
                                     [](Answer &&answer) -> Result<FileAttributes> {
                                         return std::get<AttributesAnswer>(answer).attributes;
                                     });
}

QByteArray fieldsWith(const FilePath &path, const FileAttributes &attributes)
{
    WireWriter fields;
    fields.string(path.bytes());
    writeAttributes(fields, attributes);
    return fields.take();
}

QByteArray field(QByteArrayView value)
{
    return WireWriter().string(value).take();
}

QByteArray fields(QByteArrayView first, QByteArrayView second)
{
    return WireWriter().string(first).string(second).take();
}

} // namespace

Result<QByteArray> onlyName(Answer &&answer)
{
    const auto *names = std::get_if<NameAnswer>(&answer);
    if (!names || names->names.isEmpty()) {
        return base::Failure(protocolViolation(QStringLiteral("no name in the answer")));
    }
    return names->names.first().name;
}

Result<FilePath> onlyPath(Answer &&answer)
{
    return onlyName(std::move(answer)).transform([](QByteArray &&name) {
        return FilePath(std::move(name));
    });
}

Engine::RequestId Engine::open(const FilePath &path, OpenFlags flags,
                               const FileAttributes &attributes, Answered<Handle> answered)
{
    WireWriter writer;
    writer.string(path.bytes()).uint32(static_cast<quint32>(flags.toInt()));
    writeAttributes(writer, attributes);
    return send(PacketType::Open, writer.take(),
                {AnswerKind::Handle, "open", path, handle(path, std::move(answered))});
}

Engine::RequestId Engine::close(const Handle &handle, Answered<void> answered)
{
    return send(PacketType::Close, field(handle.id),
                {AnswerKind::Status, "close", handle.path, success(std::move(answered))});
}

Engine::RequestId Engine::read(const Handle &handle, quint64 offset, quint32 length,
                               Answered<std::optional<QByteArray>> answered)
{
    using Data = std::optional<QByteArray>;
    auto toData = [length](Answer &&answer) -> Result<Data> {
        if (std::holds_alternative<StatusAnswer>(answer)) {
            return Data();
        }
        QByteArray data = std::get<DataAnswer>(std::move(answer)).data;
        if (data.size() > length) {
            return base::Failure(protocolViolation(QStringLiteral("more data than asked for")));
        }
        return Data(std::move(data));
    };
    return send(PacketType::Read,
                WireWriter().string(handle.id).uint64(offset).uint32(length).take(),
                {AnswerKind::Data, "read", handle.path,
                 converted<Data>(std::move(answered), std::move(toData))});
}

Engine::RequestId Engine::write(const Handle &handle, quint64 offset, const QByteArray &data,
                                Answered<void> answered)
{
    return send(PacketType::Write,
                WireWriter()
                    .string(handle.id)
                    .uint64(offset)
                    .uint32(static_cast<quint32>(data.size()))
                    .take(),
                {AnswerKind::Status, "write", handle.path, success(std::move(answered)),
                 static_cast<quint64>(data.size())},
                data);
}

Engine::RequestId Engine::linkStatus(const FilePath &path, Answered<FileAttributes> answered)
{
    return send(PacketType::Lstat, field(path.bytes()),
                {AnswerKind::Attributes, "look at", path, attributesOf(std::move(answered))});
}

Engine::RequestId Engine::status(const FilePath &path, Answered<FileAttributes> answered)
{
    return send(PacketType::Stat, field(path.bytes()),
                {AnswerKind::Attributes, "look at", path, attributesOf(std::move(answered))});
}

Engine::RequestId Engine::status(const Handle &handle, Answered<FileAttributes> answered)
{
    return send(
        PacketType::Fstat, field(handle.id),
        {AnswerKind::Attributes, "look at", handle.path, attributesOf(std::move(answered))});
}

Engine::RequestId Engine::setAttributes(const FilePath &path, const FileAttributes &attributes,
                                        Answered<void> answered)
{
    return send(PacketType::Setstat, fieldsWith(path, attributes),
                {AnswerKind::Status, "change attributes", path, success(std::move(answered))});
}

Engine::RequestId Engine::setAttributes(const Handle &handle, const FileAttributes &attributes,
                                        Answered<void> answered)
{
    return send(
        PacketType::Fsetstat, fieldsWith(FilePath(handle.id), attributes),
        {AnswerKind::Status, "change attributes", handle.path, success(std::move(answered))});
}

Engine::RequestId Engine::openDirectory(const FilePath &path, Answered<Handle> answered)
{
    return send(PacketType::Opendir, field(path.bytes()),
                {AnswerKind::Handle, "list", path, handle(path, std::move(answered))});
}

Engine::RequestId Engine::readDirectory(const Handle &handle,
                                        Answered<std::optional<QList<ListedName>>> answered)
{
    using Names = std::optional<QList<ListedName>>;
    auto toNames = [](Answer &&answer) -> Result<Names> {
        if (std::holds_alternative<StatusAnswer>(answer)) {
            return Names();
        }
        return Names(std::get<NameAnswer>(std::move(answer)).names);
    };
    return send(PacketType::Readdir, field(handle.id),
                {AnswerKind::Names, "list", handle.path,
                 converted<Names>(std::move(answered), std::move(toNames))});
}

Engine::RequestId Engine::makeDirectory(const FilePath &path, const FileAttributes &attributes,
                                        Answered<void> answered)
{
    return send(PacketType::Mkdir, fieldsWith(path, attributes),
                {AnswerKind::Status, "create directory", path, success(std::move(answered))});
}

Engine::RequestId Engine::removeDirectory(const FilePath &path, Answered<void> answered)
{
    return send(PacketType::Rmdir, field(path.bytes()),
                {AnswerKind::Status, "remove directory", path, success(std::move(answered))});
}

Engine::RequestId Engine::remove(const FilePath &path, Answered<void> answered)
{
    return send(PacketType::Remove, field(path.bytes()),
                {AnswerKind::Status, "remove", path, success(std::move(answered))});
}

Engine::RequestId Engine::rename(const FilePath &from, const FilePath &to, Answered<void> answered)
{
    return send(PacketType::Rename, fields(from.bytes(), to.bytes()),
                {AnswerKind::Status, "rename", from, success(std::move(answered))});
}

Engine::RequestId Engine::replace(const FilePath &from, const FilePath &to, Answered<void> answered)
{
    WireWriter names;
    names.string(from.bytes()).string(to.bytes());
    return sendExtended(QByteArrayLiteral("posix-rename@openssh.com"), names,
                        {AnswerKind::Status, "replace", to, success(std::move(answered))});
}

Engine::RequestId Engine::flush(const Handle &handle, Answered<void> answered)
{
    WireWriter fields;
    fields.string(handle.id);
    PendingRequest request{AnswerKind::Status, "flush", handle.path, success(std::move(answered))};
    request.mayTakeLong = true; // on a slow disk
    return sendExtended(QByteArrayLiteral("fsync@openssh.com"), fields, std::move(request));
}

Engine::RequestId Engine::realPath(const FilePath &path, Answered<FilePath> answered)
{
    return send(
        PacketType::Realpath, field(path.bytes()),
        {AnswerKind::Names, "resolve", path, converted<FilePath>(std::move(answered), onlyPath)});
}

Engine::RequestId Engine::readLink(const FilePath &path, Answered<QByteArray> answered)
{
    return send(PacketType::Readlink, field(path.bytes()),
                {AnswerKind::Names, "read link", path,
                 converted<QByteArray>(std::move(answered), onlyName)});
}

// The draft says link, then target; OpenSSH had it the other way round first, and ProFTPD, Paramiko
// and Dropbear (with OpenSSH's program) follow it. AsyncSSH, known by its "vendor-id", follows the
// draft, unless its client calls itself OpenSSH.
Engine::RequestId Engine::makeLink(const FilePath &link, const QByteArray &target,
                                   Answered<void> answered)
{
    const bool followsDraft = offers(QByteArrayLiteral("vendor-id"));
    return send(PacketType::Symlink,
                followsDraft ? fields(link.bytes(), target) : fields(target, link.bytes()),
                {AnswerKind::Status, "create link", link, success(std::move(answered))});
}

} // namespace sftp
