#include "tests/support/ScriptedSftpServer.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "tests/support/SftpFields.h"
#include "tests/support/SftpNumbers.h"

#include <QtEndian>

#include <algorithm>
#include <ranges>
#include <utility>

using base::WireReader;
using base::WireWriter;

namespace tests {
namespace {

const QByteArray home = "/home/tester";

constexpr qsizetype lengthBytes = 4;
constexpr quint32 foreignIdStep = 1'000'000;

} // namespace

ScriptedSftpServer::ScriptedSftpServer()
{
    tree.put("/home", {.mode = 0040755});
    tree.put(home, {.mode = 0040755});
}

QByteArray ScriptedSftpServer::handle(QByteArrayView bytesFromClient)
{
    m_input += bytesFromClient;
    QByteArray output;
    while (m_input.size() >= lengthBytes) {
        const qsizetype length = qFromBigEndian<quint32>(m_input.constData());
        if (m_input.size() - lengthBytes < length) {
            break;
        }
        const QByteArray answer = answerPacket(QByteArrayView(m_input).sliced(lengthBytes, length));
        m_input.remove(0, lengthBytes + length);
        if (faults.holdAnswers) {
            m_held += answer;
        } else {
            output += answer;
        }
    }
    return output;
}

QByteArray ScriptedSftpServer::release(Order order)
{
    QByteArrayList answers = std::exchange(m_held, {});
    if (order == Order::Reversed) {
        std::ranges::reverse(answers);
    }
    return answers.join();
}

qsizetype ScriptedSftpServer::count(SftpRequestType type) const
{
    return std::ranges::count(m_requests, type, &SeenRequest::type);
}

QByteArray ScriptedSftpServer::answerPacket(QByteArrayView packet)
{
    WireReader reader(packet);
    const auto type = static_cast<SftpRequestType>(reader.byte().value_or(0));
    if (type == SftpRequestType::Init) {
        return framed(initialize());
    }
    const quint32 id = reader.uint32().value_or(0);
    m_requests += {.type = type, .id = id};

    const quint32 answerId = faults.wrongIds ? id + foreignIdStep : id;
    QByteArray answer;
    if (faults.statuses.contains(type)) {
        answer = status(answerId, faults.statuses.value(type));
    } else {
        SftpFields fields(reader.rest());
        answer = answerRequest(type, answerId, fields);
        if (fields.isBroken()) {
            answer = status(answerId, BadMessage);
        }
    }
    return faults.duplicateAnswers ? framed(answer) + framed(answer) : framed(answer);
}

QByteArray ScriptedSftpServer::answerRequest(SftpRequestType type, quint32 id, SftpFields &fields)
{
    switch (type) {
    case SftpRequestType::Init:
        break; // answered without an id
    case SftpRequestType::Open:
        return open(id, fields);
    case SftpRequestType::Close:
        return close(id, fields);
    case SftpRequestType::Read:
        return read(id, fields);
    case SftpRequestType::Write:
        return write(id, fields);
    case SftpRequestType::Lstat:
    case SftpRequestType::Stat:
    case SftpRequestType::Fstat:
        return stat(type, id, fields);
    case SftpRequestType::Setstat:
    case SftpRequestType::Fsetstat:
        return setStat(type, id, fields);
    case SftpRequestType::Opendir:
        return openFolder(id, fields);
    case SftpRequestType::Readdir:
        return readFolder(id, fields);
    case SftpRequestType::Remove:
    case SftpRequestType::Rmdir:
        return remove(type, id, fields);
    case SftpRequestType::Mkdir:
        return makeFolder(id, fields);
    case SftpRequestType::Realpath:
        return realPath(id, fields);
    case SftpRequestType::Rename:
        return rename(id, fields);
    case SftpRequestType::Readlink:
        return readLink(id, fields);
    case SftpRequestType::Symlink:
        return makeLink(id, fields);
    case SftpRequestType::Extended:
        return extended(id, fields);
    }
    return status(id, Unsupported);
}

QByteArray ScriptedSftpServer::initialize() const
{
    WireWriter writer;
    writer.byte(Version).uint32(faults.version);
    if (faults.posixRename) {
        writer.string("posix-rename@openssh.com").string("1");
    }
    if (faults.checkFile) {
        writer.string("check-file").string("1");
    }
    writer.string("fsync@openssh.com").string("1");
    if (faults.limits) {
        writer.string("limits@openssh.com").string("1");
    }
    return writer.take();
}

QByteArray ScriptedSftpServer::extended(quint32 id, SftpFields &fields)
{
    const QByteArray name = fields.string();
    if (name == "posix-rename@openssh.com" && faults.posixRename) {
        return posixRename(id, fields);
    }
    if (name == "fsync@openssh.com") {
        return status(id, handleOf(fields) ? Ok : Failure);
    }
    if (name == "check-file-name" && faults.checkFile) {
        return checkFile(id, path(fields), fields);
    }
    if (name == "check-file-handle" && faults.checkFile) {
        const auto *handle = handleOf(fields);
        return checkFile(id, handle ? handle->path : QByteArray(), fields);
    }
    if (name == "limits@openssh.com" && faults.limits) {
        return WireWriter()
            .byte(ExtendedReply)
            .uint32(id)
            .uint64(faults.limits->packet)
            .uint64(faults.limits->read)
            .uint64(faults.limits->write)
            .uint64(faults.limits->openHandles)
            .take();
    }
    return status(id, Unsupported);
}

QByteArray ScriptedSftpServer::path(SftpFields &fields) const
{
    return SftpTree::normalized(fields.string(), home);
}

ScriptedSftpServer::Handle *ScriptedSftpServer::handleOf(SftpFields &fields)
{
    const auto found = m_handles.find(fields.string());
    return found == m_handles.end() ? nullptr : &found->second;
}

QByteArray ScriptedSftpServer::newHandle(quint32 id, Handle handle)
{
    const QByteArray name = "handle-" + QByteArray::number(++m_lastHandle);
    m_handles[name] = std::move(handle);
    return WireWriter().byte(AnswerType::Handle).uint32(id).string(name).take();
}

QByteArray ScriptedSftpServer::status(quint32 id, quint32 code) const
{
    WireWriter writer;
    writer.byte(Status).uint32(id).uint32(code);
    if (!faults.silentStatuses) {
        writer.string(code == Ok ? QByteArray("Success") : faults.statusMessage).string("en");
    }
    return writer.take();
}

QByteArray ScriptedSftpServer::nameAnswer(quint32 id, const QByteArray &name) const
{
    return WireWriter().byte(Name).uint32(id).uint32(1).string(name).string(name).uint32(0).take();
}

QByteArray ScriptedSftpServer::attributes(const SftpNode &node) const
{
    if (faults.withoutAttributes) {
        return WireWriter().uint32(0).take();
    }
    return WireWriter()
        .uint32(Size | Owner | Permissions | Times)
        .uint64(static_cast<quint64>(node.data.size()))
        .uint32(node.uid)
        .uint32(node.gid)
        .uint32(node.mode)
        .uint32(node.mtime)
        .uint32(node.mtime)
        .take();
}

QByteArray ScriptedSftpServer::framed(QByteArray payload) const
{
    if (faults.truncatedPackets) {
        payload.chop(1);
    }
    const quint32 length = faults.hugeLengths ? 0xffffffff : static_cast<quint32>(payload.size());
    return WireWriter().uint32(length).bytes(payload).take();
}

} // namespace tests
