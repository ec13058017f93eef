// ComparedContent: what the contents of a file on a server are compared with: those of a file of
// this computer, or of a file on another server. Used by ContentComparison, on the connection's
// thread.

#pragma once

#include "sftp/Engine.h"
#include "transfer/DiskWork.h"

#include <QByteArray>

#include <functional>
#include <utility>

namespace transfer {

class ComparedContent
{
public:
    template<typename T>
    using Answered = sftp::Engine::Answered<T>;

    virtual ~ComparedContent() = default; // what was asked is not answered any more

    // The SHA-256 of a part; of less if the file ends before.
    virtual void hash(sftp::FileRange range, Answered<QByteArray> answered) = 0;

    // `length` bytes, fewer only at the end of the file.
    virtual void read(quint64 offset, quint32 length, Answered<QByteArray> answered) = 0;

protected:
    ComparedContent() = default;
    Q_DISABLE_COPY_MOVE(ComparedContent)
};

// Called on disk threads.
using ReadLocal = std::function<base::Result<QByteArray>(quint64 offset, quint32 length)>;

class LocalContent final : public ComparedContent
{
public:
    explicit LocalContent(ReadLocal read)
        : m_read(std::move(read))
    {
    }

    void hash(sftp::FileRange range, Answered<QByteArray> answered) override;
    void read(quint64 offset, quint32 length, Answered<QByteArray> answered) override;

private:
    ReadLocal m_read;
    DiskWork m_disk;
};

} // namespace transfer
