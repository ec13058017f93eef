#include "transfer/LocalFileCopy.h"

#include "transfer/FileCopy.h"
#include "transfer/PartialFile.h"
#include "transfer/SourceFile.h"

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

constexpr quint32 pieceBytes = quint32{1024} * 1024;

// Calls `take` with each piece up to the end of the file. How many bytes those were.
template<typename Take>
Result<quint64> readAll(const SourceFile &source, const files::FilePath &path, Take take)
{
    for (quint64 offset = 0;;) {
        const auto piece = source.read(offset, pieceBytes);
        if (!piece) {
            return Failure(piece.error());
        }
        const auto taken = piece->isEmpty() ? Result<void>() : take(offset, *piece);
        if (!taken) {
            return Failure(taken.error());
        }
        offset += static_cast<quint64>(piece->size());
        if (piece->size() < pieceBytes) {
            return offset;
        }
        if (isBeyondGrowth(source.attributes().size.value_or(0), offset)) {
            return Failure(sourceChanged(path, QStringLiteral("it grows and grows")));
        }
    }
}

Error cancelled(const files::FilePath &source)
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    error.operation = QStringLiteral("copy");
    error.subject = source.toDisplay();
    return error;
}

Result<void> verify(const SourceFile &source, PartialFile &target, quint64 size,
                    const files::FilePath &path)
{
    if (const auto completed = target.complete(size); !completed) {
        return completed;
    }
    return readAll(source, path,
                   [&target, &path](quint64 offset, const QByteArray &piece) -> Result<void> {
                       const auto written = target.read(offset, static_cast<quint32>(piece.size()));
                       if (!written) {
                           return Failure(written.error());
                       }
                       return *written == piece ? Result<void>() : Failure(contentMismatch(path));
                   })
        .transform([](quint64) {});
}

} // namespace

Result<LocalCopied> copyLocalFile(const LocalTree &tree, const LocalCopyOrder &order,
                                  const LocalMoved &moved)
{
    const auto source = SourceFile::open(order.source);
    if (!source) {
        return Failure(source.error());
    }
    PartOrder part;
    part.existing = order.existing;
    part.source = source->attributes();
    part.preserve = order.options.preserve;
    auto target = PartialFile::create(tree, order.target, std::move(part));
    if (!target) {
        return Failure(target.error());
    }
    const auto size = readAll(*source, order.source,
                              [&](quint64 offset, const QByteArray &piece) -> Result<void> {
                                  if (!moved(static_cast<quint64>(piece.size()))) {
                                      return Failure(cancelled(order.source));
                                  }
                                  return target->write(offset, piece);
                              });
    if (!size) {
        return Failure(size.error());
    }
    if (!source->isUnchanged()) {
        return Failure(sourceChanged(order.source, QStringLiteral("size or time have changed")));
    }
    if (order.options.verify) {
        const auto verified = verify(*source, *target, *size, order.source);
        if (!verified) {
            return Failure(verified.error());
        }
    }
    const auto note = target->note();
    return target
        ->commit(*size, source->attributes(), order.existing,
                 order.options.flush ? Flush::Always : Flush::IfReplacing)
        .transform([&note](Likeness likeness) { return LocalCopied{likeness, note}; });
}

} // namespace transfer
