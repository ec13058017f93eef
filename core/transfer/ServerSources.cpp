// The sources of a copy from one server to another: read through the source's engine, as much ahead
// as fits into a window, and never stored on this computer.

#include "sftp/FileOperations.h"
#include "transfer/CallGuard.h"
#include "transfer/CommandDigest.h"
#include "transfer/ServerReader.h"
#include "transfer/SourceLink.h"
#include "transfer/UploadSources.h"

#include <deque>
#include <memory>
#include <utility>

namespace transfer {
namespace {

using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FileEntry;
using files::FilePath;

// Bytes that were taken before the reader hears of it, unless it waits for that.
constexpr quint64 returnedAtOnce = quint64{256} * 1024;

class ServerFileSource final : public FileSource
{
public:
    ServerFileSource(std::shared_ptr<SourceLink> link, FilePath path, const FileAttributes &listed)
        : m_link(std::move(link))
        , m_path(std::move(path))
        , m_attributes(listed)
    {
    }
    ~ServerFileSource() override
    {
        post([](ServerReader &reader) { reader.close(); });
    }
    Q_DISABLE_COPY_MOVE(ServerFileSource)

    void open(quint32 mostBytes, Answered<void> answered) override;

    const FileAttributes &attributes() const override { return m_attributes; }
    QByteArray ledgerName() const override
    {
        return "relay " + m_link->server().key + ' ' + m_path.bytes();
    }

    void startAt(quint64 offset) override;
    void next(quint32 mostBytes, Answered<Piece> answered) override;
    void hash(sftp::FileRange range, Answered<QByteArray> answered) override;
    void read(quint64 offset, quint32 length, Answered<QByteArray> answered) override;

private:
    void post(std::move_only_function<void(ServerReader &)> call);
    ServerReader::Events events();
    void handleOpened(const Result<FileAttributes> &attributes);
    void serve();
    Piece takePiece();
    void giveBack(quint64 bytes);
    void hashBySftp(sftp::FileRange range, Answered<QByteArray> answered);

    std::shared_ptr<SourceLink> m_link; // shared with the other files
    FilePath m_path;
    FileAttributes m_attributes;
    std::shared_ptr<ServerReader> m_reader; // used on the source's thread, and shared with it
    CallGuard m_guard;
    Answered<void> m_opened;
    std::deque<Result<Piece>> m_ready;
    Answered<Piece> m_asked; // empty: nobody waits
    quint32 m_mostBytes = 0; // that are asked for
    quint64 m_offset = 0; // of what is taken next
    quint64 m_taken = 0; // bytes that the reader has not heard of
    int m_round = 0;
};

void ServerFileSource::open(quint32 mostBytes, Answered<void> answered)
{
    m_opened = std::move(answered);
    m_reader = std::make_shared<ServerReader>(m_path, m_attributes, events());
    m_link->ask<FileAttributes>(
        [reader = m_reader, mostBytes](sftp::Engine &engine, const Answered<FileAttributes> &) {
            reader->open(engine, mostBytes); // its events answer
        },
        m_guard([this](const Result<FileAttributes> &lost) { handleOpened(lost); }));
}

// Called on the source's thread; what they bring is guarded on ours.
ServerReader::Events ServerFileSource::events()
{
    const auto brought
        = [courier = m_link->courier()](const sftp::Engine &engine, auto result, auto call) {
              auto named = std::move(result).transform_error(
                  [&courier](const base::Error &error) { return courier.named(error); });
              courier.bring(&engine,
                            [named = std::move(named), call]() mutable { call(std::move(named)); });
          };
    ServerReader::Events events;
    auto opened = m_guard([this](const Result<FileAttributes> &result) { handleOpened(result); });
    events.opened = [brought, opened](const sftp::Engine &engine, Result<FileAttributes> result) {
        brought(engine, std::move(result), opened);
    };
    auto arrived = m_guard([this](int round, Result<Piece> piece) {
        if (round == m_round) {
            m_ready.push_back(std::move(piece));
            serve();
        }
    });
    events.arrived
        = [brought, arrived](const sftp::Engine &engine, int round, Result<Piece> piece) {
              brought(engine, std::move(piece), [arrived, round](Result<Piece> named) mutable {
                  arrived(round, std::move(named));
              });
          };
    return events;
}

void ServerFileSource::handleOpened(const Result<FileAttributes> &attributes)
{
    m_attributes = attributes.value_or(m_attributes);
    std::exchange(m_opened, nullptr)(attributes.transform([](const FileAttributes &) { }));
}

void ServerFileSource::post(std::move_only_function<void(ServerReader &)> call)
{
    if (m_reader) {
        m_link->server().post(
            [reader = m_reader, call = std::move(call)](sftp::Engine *engine) mutable {
                if (engine != nullptr) {
                    call(*reader);
                }
            });
    }
}

void ServerFileSource::startAt(quint64 offset)
{
    if (offset == m_offset) {
        return; // what comes is what is wanted
    }
    m_offset = offset;
    m_taken = 0;
    m_ready.clear();
    ++m_round;
    post([offset](ServerReader &reader) { reader.startAt(offset); });
}

void ServerFileSource::next(quint32 mostBytes, Answered<Piece> answered)
{
    m_mostBytes = mostBytes;
    m_asked = std::move(answered);
    serve();
}

// Whoever asked may destroy this.
void ServerFileSource::serve()
{
    if (m_ready.empty() || !m_asked) {
        return;
    }
    auto answered = std::exchange(m_asked, nullptr);
    if (m_ready.front()) {
        answered(takePiece());
    } else {
        answered(m_ready.front()); // and it stays: nothing else will come
    }
}

// A limit may be lower than it was when the piece was asked for.
FileSource::Piece ServerFileSource::takePiece()
{
    Piece piece = *m_ready.front();
    if (piece.data.size() > m_mostBytes) {
        m_ready.front()->data = piece.data.sliced(m_mostBytes);
        piece.data.truncate(m_mostBytes);
        piece.isEnd = false;
    } else if (!piece.isEnd) { // the end stays too
        m_ready.pop_front();
    }
    giveBack(static_cast<quint64>(piece.data.size()));
    return piece;
}

// Not for the end of a file, whose reader waits for nothing.
void ServerFileSource::giveBack(quint64 bytes)
{
    m_offset += bytes;
    m_taken += bytes;
    const bool isWaitedFor = m_ready.empty() || m_taken >= returnedAtOnce;
    const quint64 size = m_attributes.size.value_or(0);
    const bool isMoreToCome = size == 0 || m_offset < size;
    if (m_taken > 0 && isWaitedFor && isMoreToCome) {
        post([taken = std::exchange(m_taken, 0)](ServerReader &reader) { reader.consumed(taken); });
    }
}

void ServerFileSource::hash(sftp::FileRange range, Answered<QByteArray> answered)
{
    const auto &digest = m_link->server().digest;
    if (!digest || range.length < leastHashedByCommand) {
        hashBySftp(range, std::move(answered));
        return;
    }
    // Shared, for such an answer must be one that can be copied.
    const auto waiting = std::make_shared<Answered<QByteArray>>(std::move(answered));
    digest->ask(m_path, range, m_link->mailbox(),
                m_guard([this, range, waiting](const std::optional<QByteArray> &hash) {
                    if (hash) {
                        (*waiting)(*hash);
                    } else {
                        hashBySftp(range, std::move(*waiting));
                    }
                }));
}

void ServerFileSource::hashBySftp(sftp::FileRange range, Answered<QByteArray> answered)
{
    m_link->ask<QByteArray>(
        [path = m_path, range, isAbandoned = m_link->abandonment()](sftp::Engine &engine,
                                                                    Answered<QByteArray> bring) {
            sftp::digestPart(engine, path, range, isAbandoned, std::move(bring));
        },
        m_guard(std::move(answered)));
}

void ServerFileSource::read(quint64 offset, quint32 length, Answered<QByteArray> answered)
{
    m_link->ask<QByteArray>(
        [reader = m_reader, offset, length](sftp::Engine &, Answered<QByteArray> bring) {
            reader->read(offset, length, std::move(bring));
        },
        m_guard(std::move(answered)));
}

class ServerSources final : public UploadSources
{
public:
    explicit ServerSources(const SourceServer &server)
        : m_link(std::make_shared<SourceLink>(server))
    {
    }

    void status(const FilePath &path, Answered<FileEntry> answered) override
    {
        m_link->ask<FileEntry>(
            [path](sftp::Engine &engine, Answered<FileEntry> bring) {
                sftp::statusOf(engine, path, std::move(bring));
            },
            m_guard(std::move(answered)));
    }

    void contents(const FilePath &path, Answered<sftp::DirectoryContents> answered) override
    {
        m_link->ask<sftp::DirectoryContents>(
            [path, isAbandoned = m_link->abandonment()](sftp::Engine &engine,
                                                        Answered<sftp::DirectoryContents> bring) {
                sftp::listDirectory(engine, path, {.linkTargets = sftp::LinkTargets::Ignore},
                                    isAbandoned, std::move(bring));
            },
            m_guard(std::move(answered)));
    }

    void follow(const FilePath &link, Answered<FollowedLink> answered) override
    {
        m_link->ask<FollowedLink>(
            [link](sftp::Engine &engine, Answered<FollowedLink> bring) {
                followRemote(engine, link, std::move(bring));
            },
            m_guard(std::move(answered)));
    }

    std::shared_ptr<FileSource> file(const FilePath &path,
                                     const FileAttributes &attributes) override
    {
        return std::make_shared<ServerFileSource>(m_link, path, attributes);
    }

    std::optional<base::Error> endReason() const override { return m_link->endReason(); }

private:
    std::shared_ptr<SourceLink> m_link; // shared with the files
    CallGuard m_guard;
};

} // namespace

std::unique_ptr<UploadSources> makeServerSources(const SourceServer &server)
{
    return std::make_unique<ServerSources>(server);
}

} // namespace transfer
