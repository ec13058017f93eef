// readPart(), digest() and digestPart(): the contents of a file, many blocks in flight.

#include "sftp/FileOperations.h"

#include <QCryptographicHash>

#include <algorithm>
#include <map>
#include <memory>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::Digest;
using files::FileAttributes;
using files::FilePath;

constexpr int mostBlocks = 32;
constexpr quint32 blockBytes = 32 * 1024;

Error cancelled()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    return error;
}

// Reads a file from `offset` on, in order. The callbacks of its requests keep it alive.
class Reading : public std::enable_shared_from_this<Reading>
{
public:
    using Take = std::function<void(const QByteArray &data)>;

    Reading(Engine &engine, quint64 offset, quint64 length, Take take, IsAbandoned isAbandoned,
            Engine::Answered<void> answered)
        : m_engine(engine)
        , m_asked(offset)
        , m_wanted(offset)
        , m_end(length > ~quint64{0} - offset ? ~quint64{0} : offset + length)
        , m_take(std::move(take))
        , m_isAbandoned(std::move(isAbandoned))
        , m_answered(std::move(answered))
    {
    }

    void start(const FilePath &path)
    {
        m_engine.open(path, OpenFlag::Read, {},
                      [self = shared_from_this()](const Result<Handle> &handle) {
                          if (!handle) {
                              self->m_answered(Failure(handle.error()));
                              return;
                          }
                          self->m_handle = *handle;
                          self->readMore();
                      });
    }

private:
    void readMore()
    {
        while (!m_error && m_inFlight < mostBlocks && m_asked < m_end) {
            const auto length
                = static_cast<quint32>(std::min<quint64>(blockBytes, m_end - m_asked));
            read(m_asked, length);
            m_asked += length;
        }
        if (m_inFlight == 0) {
            m_engine.close(m_handle, [](const auto &) { });
            m_answered(m_error ? Result<void>(Failure(*m_error)) : Result<void>());
        }
    }

    void read(quint64 offset, quint32 length)
    {
        ++m_inFlight;
        m_engine.read(m_handle, offset, length,
                      [self = shared_from_this(), offset,
                       length](const Result<std::optional<QByteArray>> &data) {
                          --self->m_inFlight;
                          self->handle(offset, length, data);
                          self->readMore();
                      });
    }

    void handle(quint64 offset, quint32 length, const Result<std::optional<QByteArray>> &data)
    {
        if (m_isAbandoned()) {
            return fail(cancelled());
        }
        if (!data) {
            return fail(data.error());
        }
        if (!*data || (*data)->isEmpty()) {
            m_end = std::min(m_end, offset);
            return;
        }
        const auto count = static_cast<quint32>((*data)->size());
        m_blocks.emplace(offset, **data);
        // Short: the rest, or the end of the file. That another block was behind the end says
        // nothing of this one.
        if (count < length && !m_error && offset + count < m_end) {
            read(offset + count, length - count);
        }
        while (!m_blocks.empty() && m_blocks.begin()->first == m_wanted) {
            const QByteArray block = std::move(m_blocks.begin()->second);
            m_blocks.erase(m_blocks.begin());
            m_wanted += static_cast<quint64>(block.size());
            m_take(block);
        }
    }

    void fail(const Error &error)
    {
        if (!m_error) {
            m_error = error;
        }
    }

    Engine &m_engine;
    quint64 m_asked; // up to here
    quint64 m_wanted; // the offset that is taken next
    quint64 m_end; // of what is wanted, or of the file once a server has told it
    Take m_take;
    IsAbandoned m_isAbandoned;
    Engine::Answered<void> m_answered;
    Handle m_handle;
    std::map<quint64, QByteArray> m_blocks; // that came too early, by offset
    std::optional<Error> m_error; // the first one
    int m_inFlight = 0;
};

// Through here: where no server helps.
void digestHere(Engine &engine, const FilePath &path, quint64 size,
                std::function<void(int)> progressed, IsAbandoned isAbandoned,
                Engine::Answered<Digest> answered)
{
    auto hash = std::make_shared<QCryptographicHash>(QCryptographicHash::Sha256);
    auto done = std::make_shared<quint64>(0); // both shared by the two callbacks
    auto take = [hash, done, size, progressed = std::move(progressed)](const QByteArray &data) {
        hash->addData(data);
        *done += static_cast<quint64>(data.size());
        const double share
            = static_cast<double>(*done) / static_cast<double>(std::max<quint64>(1, size));
        progressed(static_cast<int>(std::min(1.0, share) * 1000));
    };
    std::make_shared<Reading>(
        engine, 0, ~quint64{0}, std::move(take), std::move(isAbandoned),
        [hash, answered = std::move(answered)](const Result<void> &read) mutable {
            answered(read.transform([&] { return Digest{hash->result(), Digest::Way::Here}; }));
        })
        ->start(path);
}

} // namespace

void readPart(Engine &engine, const FilePath &path, FileRange range, IsAbandoned isAbandoned,
              Engine::Answered<QByteArray> answered)
{
    auto all = std::make_shared<QByteArray>(); // shared by the two callbacks
    std::make_shared<Reading>(
        engine, range.offset, range.length, [all](const QByteArray &data) { *all += data; },
        std::move(isAbandoned),
        [all, answered = std::move(answered)](const Result<void> &read) mutable {
            answered(read.transform([&] { return std::move(*all); }));
        })
        ->start(path);
}

void digestPart(Engine &engine, const FilePath &path, FileRange range, IsAbandoned isAbandoned,
                Engine::Answered<QByteArray> answered)
{
    if (engine.offersHashes() && range.length > 0 && range.length <= longestHashedRange) {
        engine.hash(path, range, std::move(answered));
        return;
    }
    auto hash = std::make_shared<QCryptographicHash>(
        QCryptographicHash::Sha256); // shared by the two callbacks
    std::make_shared<Reading>(
        engine, range.offset, range.length, [hash](const QByteArray &data) { hash->addData(data); },
        std::move(isAbandoned),
        [hash, answered = std::move(answered)](const Result<void> &read) mutable {
            answered(read.transform([&] { return hash->result(); }));
        })
        ->start(path);
}

void digest(Engine &engine, const FilePath &path, std::function<void(int)> progressed,
            IsAbandoned isAbandoned, Engine::Answered<Digest> answered)
{
    engine.status(
        path,
        [&engine, path, progressed = std::move(progressed), isAbandoned = std::move(isAbandoned),
         answered = std::move(answered)](const Result<FileAttributes> &found) mutable {
            if (!found) {
                answered(Failure(found.error()));
                return;
            }
            const quint64 size = found->size.value_or(0);
            if (!engine.offersHashes() || size == 0 || size > longestHashedRange) {
                return digestHere(engine, path, size, std::move(progressed), std::move(isAbandoned),
                                  std::move(answered));
            }
            engine.hash(path, {0, size},
                        [answered = std::move(answered)](const Result<QByteArray> &hash) mutable {
                            answered(hash.transform([](const QByteArray &sha256) {
                                return Digest{sha256, Digest::Way::ByServer};
                            }));
                        });
        });
}

} // namespace sftp
