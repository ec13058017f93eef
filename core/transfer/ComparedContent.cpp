#include "transfer/ComparedContent.h"

#include <QCryptographicHash>

#include <algorithm>

namespace transfer {
namespace {

constexpr quint32 hashedChunk = 1024 * 1024; // bytes that are read at once

base::Result<QByteArray> hashOf(const ReadLocal &read, sftp::FileRange range)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    while (range.length > 0) {
        const auto wanted = static_cast<quint32>(std::min<quint64>(range.length, hashedChunk));
        const auto chunk = read(range.offset, wanted);
        if (!chunk) {
            return base::Failure(chunk.error());
        }
        hash.addData(*chunk);
        const bool isEnd = static_cast<quint32>(chunk->size()) < wanted;
        range.offset += wanted;
        range.length = isEnd ? 0 : range.length - wanted;
    }
    return hash.result();
}

} // namespace

void LocalContent::hash(sftp::FileRange range, Answered<QByteArray> answered)
{
    m_disk.run([read = m_read, range] { return hashOf(read, range); }, std::move(answered));
}

void LocalContent::read(quint64 offset, quint32 length, Answered<QByteArray> answered)
{
    m_disk.run([read = m_read, offset, length] { return read(offset, length); },
               std::move(answered));
}

} // namespace transfer
