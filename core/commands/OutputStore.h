// OutputStore: all that a command has written, in memory as long as that is little, then in a
// temporary file that nobody else can open and that is gone with this object.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QCryptographicHash>

#include <memory>

class QTemporaryFile;

namespace commands {

class OutputStore
{
public:
    static constexpr qint64 mostInMemory = qint64{256} * 1024; // bytes

    OutputStore();
    ~OutputStore();
    OutputStore(OutputStore &&) noexcept;
    OutputStore &operator=(OutputStore &&) noexcept;

    // NoSpace and others of a full disk: what was stored until then stays.
    base::Result<void> append(QByteArrayView data);

    qint64 size() const { return m_size; } // bytes

    // The same for the same bytes, and for no others.
    QByteArray digest() const { return m_hash.result(); }

    // From `offset` on; less than `most` bytes only at the end.
    base::Result<QByteArray> read(qint64 offset, qint64 most) const;

private:
    base::Result<void> moveToFile();

    QByteArray m_memory; // all of it, until there is a file
    std::unique_ptr<QTemporaryFile> m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_size = 0;
};

} // namespace commands
