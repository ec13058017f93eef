#include "transfer/TransferRecord.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace transfer {
namespace {

using base::Error;
using base::Result;
using files::FilePath;

constexpr quint32 version = 1; // of requests
constexpr quint32 resultVersion = 2;
constexpr quint32 firstWithServers = 2; // names in errors
constexpr qsizetype mostTold = 10'000; // failures, and notes

template<typename Value>
void writeOptional(QDataStream &out, const std::optional<Value> &value)
{
    out << value.has_value();
    if (value) {
        out << static_cast<qint64>(*value);
    }
}

template<typename Value>
void readOptional(QDataStream &in, std::optional<Value> &value)
{
    bool isThere = false;
    qint64 number = 0;
    in >> isThere;
    if (isThere) {
        in >> number;
        value = static_cast<Value>(number);
    }
}

// Of an enumeration that ends with `last`; anything else spoils the stream.
template<typename Value>
void readEnum(QDataStream &in, Value &value, Value last)
{
    qint32 number = 0;
    in >> number;
    if (number < 0 || number > static_cast<qint32>(last)) {
        in.setStatus(QDataStream::ReadCorruptData);
        return;
    }
    value = static_cast<Value>(number);
}

template<typename Value>
void writeEnum(QDataStream &out, Value value)
{
    out << static_cast<qint32>(value);
}

void writeError(QDataStream &out, const Error &error)
{
    writeEnum(out, error.kind);
    writeEnum(out, error.source);
    out << static_cast<qint32>(error.code) << error.operation << error.subject << error.detail;
    writeEnum(out, error.cause);
    out << error.quote << error.server;
}

Error readError(QDataStream &in, quint32 found)
{
    Error error;
    qint32 code = 0;
    readEnum(in, error.kind, base::ErrorKind::Internal);
    readEnum(in, error.source, base::ErrorSource::None);
    in >> code >> error.operation >> error.subject >> error.detail;
    readEnum(in, error.cause, base::ErrorCause::ChangedWhileConnected);
    in >> error.quote;
    if (found >= firstWithServers) {
        in >> error.server;
    }
    error.code = code;
    return error;
}

void writeSummary(QDataStream &out, const Summary &summary)
{
    const QList<FileFailure> failures
        = summary.failures.first(std::min(summary.failures.size(), mostTold));
    const QList<CopyNote> notes = summary.notes.first(std::min(summary.notes.size(), mostTold));
    out << static_cast<qint32>(summary.filesCopied) << static_cast<qint32>(summary.filesSkipped)
        << summary.bytesCopied << failures.size();
    for (const FileFailure &failure : failures) {
        out << failure.path.bytes() << failure.target;
        writeEnum(out, failure.obstacle);
        writeError(out, failure.error);
    }
    out << notes.size();
    for (const CopyNote &note : notes) {
        writeEnum(out, note.kind);
        out << note.path.bytes() << note.bytes;
    }
}

FileFailure readFailure(QDataStream &in, quint32 found)
{
    FileFailure failure;
    QByteArray path;
    in >> path >> failure.target;
    readEnum(in, failure.obstacle, CopyObstacle::NamesAlike);
    failure.error = readError(in, found);
    failure.path = FilePath(path);
    return failure;
}

Summary readSummary(QDataStream &in, quint32 found)
{
    Summary summary;
    qint32 copied = 0;
    qint32 skipped = 0;
    qsizetype count = 0;
    in >> copied >> skipped >> summary.bytesCopied >> count;
    summary.filesCopied = copied;
    summary.filesSkipped = skipped;
    for (qsizetype index = 0; index < count && in.status() == QDataStream::Ok; ++index) {
        summary.failures.append(readFailure(in, found));
    }
    in >> count;
    for (qsizetype index = 0; index < count && in.status() == QDataStream::Ok; ++index) {
        CopyNote note;
        QByteArray path;
        readEnum(in, note.kind, CopyNote::Kind::NotPreserved);
        in >> path >> note.bytes;
        note.path = FilePath(path);
        summary.notes.append(note);
    }
    return summary;
}

} // namespace

QByteArray toBytes(const TransferRequest &request)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_8);
    out << version;
    writeEnum(out, request.direction);
    QByteArrayList sources;
    std::ranges::transform(request.sources, std::back_inserter(sources), &FilePath::bytes);
    const CopyOptions &options = request.options;
    out << sources << request.targetDirectory.bytes() << request.targetNames << options.resume
        << options.keepPart << options.verify << options.flush << options.preserve;
    writeEnum(out, request.links);
    writeOptional(out, request.answers.files);
    writeOptional(out, request.answers.lookalikes);
    out << (request.memory ? request.memory->token : QByteArray());
    if (request.source) {
        const TransferServer &source = *request.source;
        out << source.key << source.title << source.profile << source.address;
    }
    return bytes;
}

std::optional<TransferRequest> requestFrom(const QByteArray &bytes)
{
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_8);
    quint32 found = 0;
    in >> found;
    if (found != version) {
        return std::nullopt;
    }
    TransferRequest request;
    QByteArrayList sources;
    QByteArray target;
    CopyOptions &options = request.options;
    readEnum(in, request.direction, Direction::Relay);
    in >> sources >> target >> request.targetNames >> options.resume >> options.keepPart
        >> options.verify >> options.flush >> options.preserve;
    readEnum(in, request.links, LinkChoice::Skip);
    readOptional(in, request.answers.files);
    readOptional(in, request.answers.lookalikes);
    request.memory.emplace();
    in >> request.memory->token;
    if (request.direction == Direction::Relay) {
        TransferServer &from = request.source.emplace();
        in >> from.key >> from.title >> from.profile >> from.address;
    }
    for (const QByteArray &source : sources) {
        request.sources.append(FilePath(source));
    }
    request.targetDirectory = FilePath(target);
    const auto isAnswer = [](const std::optional<ConflictAnswer> &answer) {
        return !answer
            || (*answer >= ConflictAnswer::Overwrite && *answer <= ConflictAnswer::Resume);
    };
    const bool isWhole = in.status() == QDataStream::Ok && !request.sources.isEmpty()
        && (!request.source || !request.source->key.isEmpty()) && isAnswer(request.answers.files)
        && isAnswer(request.answers.lookalikes);
    return isWhole ? std::optional(request) : std::nullopt;
}

QByteArray toBytes(const Result<Summary> &result)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_8);
    out << resultVersion << result.has_value();
    if (result) {
        writeSummary(out, *result);
    } else {
        writeError(out, result.error());
    }
    return bytes;
}

std::optional<Result<Summary>> resultFrom(const QByteArray &bytes)
{
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_8);
    quint32 found = 0;
    bool isSummary = false;
    in >> found >> isSummary;
    if (found < 1 || found > resultVersion) {
        return std::nullopt;
    }
    Result<Summary> result = Summary();
    if (isSummary) {
        result = readSummary(in, found);
    } else {
        result = base::Failure(readError(in, found));
    }
    return in.status() == QDataStream::Ok ? std::optional(result) : std::nullopt;
}

} // namespace transfer
