#include "commands/OutputStore.h"

#include <QDir>
#include <QTemporaryFile>

#include <cerrno>

namespace commands {
namespace {

base::Failure<base::Error> failure(const QTemporaryFile &file, const QString &operation)
{
    const int code = errno != 0 ? errno : EIO;
    return base::Failure(base::Error::fromErrno(code, operation, file.fileTemplate()));
}

} // namespace

OutputStore::OutputStore() = default;
OutputStore::~OutputStore() = default;
OutputStore::OutputStore(OutputStore &&) noexcept = default;
OutputStore &OutputStore::operator=(OutputStore &&) noexcept = default;

base::Result<void> OutputStore::append(QByteArrayView data)
{
    if (!m_file && m_size + data.size() > mostInMemory) {
        if (const auto moved = moveToFile(); !moved) {
            return moved;
        }
    }
    if (!m_file) {
        m_memory.append(data);
        m_size = m_memory.size();
        m_hash.addData(data);
        return {};
    }
    errno = 0;
    // Flushed, so that a full disk is noticed with the data that no longer fit.
    const bool isWritten = m_file->seek(m_size)
        && m_file->write(data.data(), data.size()) == data.size() && m_file->flush();
    if (!isWritten) {
        return failure(*m_file, QStringLiteral("keep the output"));
    }
    m_size += data.size();
    m_hash.addData(data);
    return {};
}

base::Result<void> OutputStore::moveToFile()
{
    auto file = std::make_unique<QTemporaryFile>(QDir::tempPath()
                                                 + QStringLiteral("/ponto-output-XXXXXX"));
    errno = 0;
    const bool isMoved = file->open() && file->write(m_memory) == m_memory.size() && file->flush();
    if (!isMoved) {
        return failure(*file, QStringLiteral("keep the output"));
    }
    m_file = std::move(file);
    m_memory.clear();
    return {};
}

base::Result<QByteArray> OutputStore::read(qint64 offset, qint64 most) const
{
    const qint64 length = std::max<qint64>(0, std::min(most, m_size - offset));
    if (!m_file) {
        return m_memory.mid(offset, length);
    }
    errno = 0;
    QByteArray data = m_file->seek(offset) ? m_file->read(length) : QByteArray();
    if (data.size() != length) {
        return failure(*m_file, QStringLiteral("read the output"));
    }
    return data;
}

} // namespace commands
