// What a ScriptedSftpServer does with files and folders, one function for each kind of request.

#include "base/WireWriter.h"
#include "tests/support/ScriptedSftpServer.h"
#include "tests/support/SftpFields.h"
#include "tests/support/SftpNumbers.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

using base::WireWriter;

namespace tests {
namespace {

constexpr qsizetype namesPerAnswer = 100; // as OpenSSH's sftp-server
constexpr quint32 typeMask = 0170000;
constexpr quint32 permissionMask = 07777;
constexpr quint32 ownerMayRead = 0400;
constexpr quint32 ownerMayWrite = 0200;

} // namespace

QByteArray ScriptedSftpServer::open(quint32 id, SftpFields &fields)
{
    const QByteArray file = tree.resolved(path(fields));
    const quint32 flags = fields.uint32();
    const quint32 attributeFlags = fields.uint32();
    const quint32 mode = (attributeFlags & Permissions) != 0 ? fields.uint32() : 0644;

    if (!faults.forbiddenEnding.isEmpty() && file.endsWith(faults.forbiddenEnding)) {
        return status(id, PermissionDenied);
    }
    SftpNode *node = tree.find(file);
    if (node && (flags & Create) != 0 && (flags & Exclusive) != 0) {
        return status(id, Failure);
    }
    if (!node && (flags & Create) == 0) {
        return status(id, NoSuchFile);
    }
    if (!node && !tree.put(file, {.mode = 0100000 | (mode & permissionMask)})) {
        return status(id, NoSuchFile);
    }
    if (node && node->isFolder()) {
        return status(id, Failure);
    }
    const quint32 needed
        = ((flags & Read) != 0 ? ownerMayRead : 0) | ((flags & Write) != 0 ? ownerMayWrite : 0);
    if (node && (node->mode & needed) != needed) {
        return status(id, PermissionDenied);
    }
    if (node && (flags & Truncate) != 0) {
        node->data.clear();
    }
    return newHandle(id, {.path = file, .flags = flags});
}

QByteArray ScriptedSftpServer::close(quint32 id, SftpFields &fields)
{
    return status(id, m_handles.erase(fields.string()) == 1 ? Ok : Failure);
}

QByteArray ScriptedSftpServer::read(quint32 id, SftpFields &fields)
{
    const auto *handle = handleOf(fields);
    const quint64 offset = fields.uint64();
    const quint32 length = fields.uint32();
    const SftpNode *node = handle ? tree.find(handle->path) : nullptr;
    if (!node || (handle->flags & Read) == 0) {
        return status(id, Failure);
    }
    if (faults.emptyData) {
        return WireWriter().byte(Data).uint32(id).string({}).take();
    }
    if (offset >= static_cast<quint64>(node->data.size())) {
        return status(id, EndOfFile);
    }
    const qsizetype limit = faults.maxReadBytes > 0 ? faults.maxReadBytes : qsizetype(length);
    const QByteArray bytes
        = node->data.mid(static_cast<qsizetype>(offset), std::min(qsizetype(length), limit));
    return WireWriter().byte(Data).uint32(id).string(bytes).take();
}

// draft-ietf-secsh-filexfer-extensions-00, section 3: one hash of all.
QByteArray ScriptedSftpServer::checkFile(quint32 id, const QByteArray &path,
                                         SftpFields &fields) const
{
    const QByteArrayList algorithms = fields.string().split(',');
    const auto offset = static_cast<qsizetype>(fields.uint64());
    const auto length = static_cast<qsizetype>(fields.uint64());
    const SftpNode *node = tree.find(tree.resolved(path));
    if (!node || offset >= node->data.size() || !algorithms.contains("sha256")) {
        return status(id, Failure);
    }
    const QByteArray part = node->data.mid(offset, length == 0 ? -1 : length);
    const QByteArray answer = WireWriter()
                                  .string("sha256")
                                  .bytes(QCryptographicHash::hash(part, QCryptographicHash::Sha256))
                                  .take();
    return WireWriter()
        .byte(ExtendedReply)
        .uint32(id)
        .bytes(faults.checkFileAnswer.value_or(answer))
        .take();
}

QByteArray ScriptedSftpServer::write(quint32 id, SftpFields &fields)
{
    constexpr quint64 maxFileBytes = 256 * 1024 * 1024; // all of it is in memory
    const auto *handle = handleOf(fields);
    quint64 offset = fields.uint64();
    const QByteArray bytes = fields.string();
    SftpNode *node = handle ? tree.find(handle->path) : nullptr;
    if (!node || (handle->flags & Write) == 0) {
        return status(id, Failure);
    }
    if ((handle->flags & Append) != 0) {
        offset = static_cast<quint64>(node->data.size());
    }
    const quint64 end = offset + static_cast<quint64>(bytes.size());
    if (end > faults.diskFullAt.value_or(maxFileBytes)) {
        return status(id, faults.diskFullStatus);
    }
    if (static_cast<quint64>(node->data.size()) < end) {
        node->data.resize(static_cast<qsizetype>(end), '\0');
    }
    std::ranges::copy(bytes, node->data.begin() + static_cast<qsizetype>(offset));
    return status(id, Ok);
}

QByteArray ScriptedSftpServer::stat(SftpRequestType type, quint32 id, SftpFields &fields)
{
    QByteArray file;
    if (type == SftpRequestType::Fstat) {
        const auto *handle = handleOf(fields);
        file = handle ? handle->path : QByteArray();
    } else {
        file = path(fields);
        file = type == SftpRequestType::Stat ? tree.resolved(file) : file;
    }
    const SftpNode *node = tree.find(file);
    if (!node) {
        return status(id, NoSuchFile);
    }
    return WireWriter().byte(Attributes).uint32(id).bytes(attributes(*node)).take();
}

QByteArray ScriptedSftpServer::setStat(SftpRequestType type, quint32 id, SftpFields &fields)
{
    QByteArray file;
    if (type == SftpRequestType::Fsetstat) {
        const auto *handle = handleOf(fields);
        file = handle ? handle->path : QByteArray();
    } else {
        file = tree.resolved(path(fields));
    }
    SftpNode *node = tree.find(file);
    if (!node) {
        return status(id, NoSuchFile);
    }
    const quint32 flags = fields.uint32();
    if ((flags & Size) != 0) {
        node->data.resize(static_cast<qsizetype>(fields.uint64()), '\0');
    }
    if ((flags & Owner) != 0) {
        node->uid = fields.uint32();
        node->gid = fields.uint32();
    }
    if ((flags & Permissions) != 0) {
        node->mode = (node->mode & typeMask) | (fields.uint32() & permissionMask);
    }
    if ((flags & Times) != 0) {
        fields.uint32(); // the time of the last access is not kept
        node->mtime = fields.uint32();
    }
    return status(id, Ok);
}

QByteArray ScriptedSftpServer::openFolder(quint32 id, SftpFields &fields)
{
    const QByteArray folder = tree.resolved(path(fields));
    const SftpNode *node = tree.find(folder);
    if (!node) {
        return status(id, NoSuchFile);
    }
    if (!node->isFolder()) {
        return status(id, Failure);
    }
    if ((node->mode & ownerMayRead) == 0) {
        return status(id, PermissionDenied);
    }
    const QByteArrayList names
        = QByteArrayList{".", ".."} + tree.namesIn(folder) + faults.extraNames;
    return newHandle(id, {.path = folder, .namesLeft = names, .isFolder = true});
}

QByteArray ScriptedSftpServer::readFolder(quint32 id, SftpFields &fields)
{
    auto *handle = handleOf(fields);
    if (!handle || !handle->isFolder) {
        return status(id, Failure);
    }
    if (faults.emptyNames) {
        return WireWriter().byte(Name).uint32(id).uint32(0).take();
    }
    if (handle->namesLeft.isEmpty() && faults.endlessListing) {
        handle->namesLeft = {faults.endlessName + QByteArray::number(m_requests.size())};
    }
    if (handle->namesLeft.isEmpty()) {
        return status(id, EndOfFile);
    }
    const QByteArrayList names
        = handle->namesLeft.first(std::min(handle->namesLeft.size(), namesPerAnswer));
    handle->namesLeft.remove(0, names.size());
    WireWriter writer;
    writer.byte(Name).uint32(id).uint32(static_cast<quint32>(names.size()));
    for (const QByteArray &name : names) {
        const SftpNode *node = tree.find(SftpTree::normalized(name, handle->path));
        writer.string(name).string("-rw-r--r-- 1 tester tester 0 Nov 14 22:13 " + name);
        writer.bytes(attributes(node ? *node : SftpNode()));
    }
    return writer.take();
}

QByteArray ScriptedSftpServer::remove(SftpRequestType type, quint32 id, SftpFields &fields)
{
    const QByteArray file = path(fields);
    const SftpNode *node = tree.find(file);
    if (!node) {
        return status(id, NoSuchFile);
    }
    const bool folderWanted = type == SftpRequestType::Rmdir;
    if (node->isFolder() != folderWanted || !tree.namesIn(file).isEmpty()) {
        return status(id, Failure);
    }
    tree.remove(file);
    return status(id, Ok);
}

QByteArray ScriptedSftpServer::makeFolder(quint32 id, SftpFields &fields)
{
    const QByteArray folder = path(fields);
    const quint32 flags = fields.uint32();
    const quint32 mode = (flags & Permissions) != 0 ? fields.uint32() : 0777;
    if (tree.find(folder)) {
        return status(id, Failure);
    }
    const bool made = tree.put(folder, {.mode = 0040000 | (mode & permissionMask)});
    return status(id, made ? Ok : NoSuchFile);
}

QByteArray ScriptedSftpServer::realPath(quint32 id, SftpFields &fields)
{
    return nameAnswer(id, path(fields));
}

QByteArray ScriptedSftpServer::rename(quint32 id, SftpFields &fields)
{
    const QByteArray from = path(fields);
    const QByteArray to = path(fields);
    if (!tree.find(from) || !tree.find(SftpTree::parentOf(to))) {
        return status(id, NoSuchFile);
    }
    if (tree.find(to) && !faults.renameReplaces) {
        return status(id, Failure);
    }
    tree.move(from, to);
    return status(id, Ok);
}

QByteArray ScriptedSftpServer::posixRename(quint32 id, SftpFields &fields)
{
    const QByteArray from = path(fields);
    const QByteArray to = path(fields);
    if (!tree.find(from) || !tree.find(SftpTree::parentOf(to))) {
        return status(id, NoSuchFile);
    }
    if (!tree.namesIn(to).isEmpty()) {
        return status(id, Failure);
    }
    tree.move(from, to);
    return status(id, Ok);
}

QByteArray ScriptedSftpServer::readLink(quint32 id, SftpFields &fields)
{
    const SftpNode *node = tree.find(path(fields));
    if (!node) {
        return status(id, NoSuchFile);
    }
    return node->isLink() ? nameAnswer(id, node->data) : status(id, Failure);
}

QByteArray ScriptedSftpServer::makeLink(quint32 id, SftpFields &fields)
{
    const QByteArray target = fields.string();
    const QByteArray link = path(fields);
    if (tree.find(link)) {
        return status(id, Failure);
    }
    return status(id, tree.put(link, {.mode = 0120777, .data = target}) ? Ok : NoSuchFile);
}

} // namespace tests
