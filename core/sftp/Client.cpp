#include "sftp/Client.h"

#include "sftp/Engine.h"
#include "sftp/EngineChannel.h"
#include "sftp/FileOperations.h"
#include "sftp/ServerCommand.h"

#include <QPromise>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileEntry;
using files::FileMode;
using files::FilePath;

// The answering end of a future. A promise that merely dies would report "cancelled" and hide that
// the connection was lost: this one says so.
template<typename T>
class Reply
{
public:
    Reply() { m_promise->start(); }
    ~Reply()
    {
        if (m_promise) {
            Error error;
            error.kind = ErrorKind::ConnectionLost;
            error.operation = QStringLiteral("speak SFTP");
            finish(Failure(error));
        }
    }
    Reply(Reply &&) noexcept = default;
    Reply &operator=(Reply &&) = delete;

    QFuture<Result<T>> future() const { return m_promise->future(); }

    // Works after a move, until the answer.
    std::function<void(int)> progress() const
    {
        return [promise = m_promise.get()](int value) { promise->setProgressValue(value); };
    }
    void operator()(Result<T> result) { finish(std::move(result)); }

private:
    void finish(Result<T> result)
    {
        m_promise->addResult(std::move(result));
        m_promise->finish();
        m_promise.reset();
    }

    std::unique_ptr<QPromise<Result<T>>> m_promise = std::make_unique<QPromise<Result<T>>>();
};

IsAbandoned isAbandoned(const QFuture<void> &future)
{
    return [future] { return future.isCanceled(); };
}

// Posts `ask(engine, reply, isAbandoned)` to the connection's thread.
template<typename T, typename Ask>
QFuture<Result<T>> request(Client &client, Ask ask)
{
    Reply<T> reply;
    const QFuture<Result<T>> future = reply.future();
    const auto abandoned = isAbandoned(QFuture<void>(future));
    client.post(
        [reply = std::move(reply), abandoned, ask = std::move(ask)](Engine *engine) mutable {
            if (engine && !abandoned()) {
                ask(*engine, std::move(reply), abandoned);
            }
        });
    return future;
}

FilePath orStart(const FilePath &path)
{
    return path.isEmpty() ? FilePath(QByteArrayLiteral(".")) : path;
}

} // namespace

Client::Client(ssh::Connection &connection, QObject *parent)
    : QObject(parent)
{
    auto handler = std::make_unique<EngineChannel>();
    connect(handler.get(), &EngineChannel::opened, this, &Client::opened);
    connect(handler.get(), &EngineChannel::closed, this, &Client::closed);
    m_channel = connection.openChannel(serverRequest(connection.settings().sftpServer),
                                       std::move(handler));
}

Client::~Client()
{
    m_channel.post([](ssh::ChannelHandler *handler) {
        if (handler) {
            static_cast<EngineChannel *>(handler)->close();
        }
    });
}

QFuture<Result<FilePath>> Client::canonical(FilePath path)
{
    return request<FilePath>(
        *this,
        [path = orStart(path)](Engine &engine, Reply<FilePath> reply, const IsAbandoned &) mutable {
            engine.realPath(path, std::move(reply));
        });
}

QFuture<Result<QList<FileEntry>>> Client::list(FilePath directory)
{
    using Entries = QList<FileEntry>;
    return request<Entries>(
        *this,
        [directory = std::move(directory)](Engine &engine, Reply<Entries> reply,
                                           const IsAbandoned &abandoned) {
            auto answered = [reply = std::move(reply)](Result<DirectoryContents> result) mutable {
                reply(std::move(result).transform(
                    [](DirectoryContents &&contents) { return std::move(contents.entries); }));
            };
            listDirectory(engine, directory, {}, abandoned, std::move(answered));
        });
}

QFuture<Result<FileEntry>> Client::status(FilePath path)
{
    return request<FileEntry>(
        *this,
        [path = std::move(path)](Engine &engine, Reply<FileEntry> reply, const IsAbandoned &) {
            statusOf(engine, path, std::move(reply));
        });
}

QFuture<Result<void>> Client::makeDirectory(FilePath path)
{
    return request<void>(
        *this, [path = std::move(path)](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            sftp::makeDirectory(engine, path, {}, std::move(reply));
        });
}

QFuture<Result<void>> Client::makeFile(FilePath path)
{
    return request<void>(
        *this, [path = std::move(path)](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            sftp::makeFile(engine, path, std::move(reply));
        });
}

QFuture<Result<void>> Client::rename(FilePath from, FilePath to)
{
    return request<void>(*this,
                         [from = std::move(from), to = std::move(to)](
                             Engine &engine, Reply<void> reply, const IsAbandoned &) {
                             renameWithoutReplacing(engine, from, to, std::move(reply));
                         });
}

QFuture<Result<void>> Client::setMode(FilePath path, FileMode mode)
{
    return request<void>(
        *this,
        [path = std::move(path), mode](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            sftp::setMode(engine, path, mode, std::move(reply));
        });
}

QFuture<Result<void>> Client::changeTree(FilePath path, files::AttributeChange change)
{
    return request<void>(*this,
                         [path = std::move(path), change](Engine &engine, Reply<void> reply,
                                                          const IsAbandoned &abandoned) {
                             auto progressed = reply.progress();
                             sftp::changeTree(engine, path, change, abandoned,
                                              std::move(progressed), std::move(reply));
                         });
}

QFuture<Result<void>> Client::removeTree(FilePath path)
{
    return request<void>(
        *this,
        [path = std::move(path)](Engine &engine, Reply<void> reply, const IsAbandoned &abandoned) {
            sftp::removeTree(engine, path, abandoned, std::move(reply));
        });
}

QFuture<Result<QByteArray>> Client::hash(FilePath path, FileRange range)
{
    return request<QByteArray>(*this,
                               [path = std::move(path), range](
                                   Engine &engine, Reply<QByteArray> reply, const IsAbandoned &) {
                                   engine.hash(path, range, std::move(reply));
                               });
}

void Client::post(std::move_only_function<void(Engine *)> call)
{
    m_channel.post([call = std::move(call)](ssh::ChannelHandler *handler) mutable {
        if (handler) {
            static_cast<EngineChannel *>(handler)->whenReady(std::move(call));
        } else {
            call(nullptr);
        }
    });
}

} // namespace sftp
