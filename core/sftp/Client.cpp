#include "sftp/Client.h"

#include "sftp/CommandOutput.h"
#include "sftp/ContentReplacement.h"
#include "sftp/Engine.h"
#include "sftp/EngineChannel.h"
#include "sftp/FileOperations.h"
#include "sftp/ServerCommand.h"
#include "sftp/ServerCopy.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QTimer>

#include <utility>

namespace sftp {
namespace {

using namespace std::chrono_literals;

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

    // Likewise, for an answer that comes in parts: one of them before the last.
    auto part() const
    {
        return [promise = m_promise.get()](const auto &value) { promise->addResult(value); };
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

// What sha256sum(1) prints for standard input; nothing if it is something else.
std::optional<QByteArray> digestIn(const QByteArray &output)
{
    const QByteArray hash = QByteArray::fromHex(output.left(64));
    return hash.size() == 32 && output.sliced(64).trimmed() == "-" ? std::optional(hash)
                                                                   : std::nullopt;
}

constexpr qsizetype longestLine = qsizetype{8} * 1024; // of ls(1)

FilePath orStart(const FilePath &path)
{
    return path.isEmpty() ? FilePath(QByteArrayLiteral(".")) : path;
}

// Why, where the server leaves that open.
Engine::Answered<void> explaining(Engine &engine, const FilePath &path, Reply<void> reply)
{
    return [&engine, path, reply = std::move(reply)](const Result<void> &done) mutable {
        if (done) {
            reply(done);
        } else {
            explainFailure(engine, path, done.error(), std::move(reply));
        }
    };
}

} // namespace

Client::Client(ssh::Connection &connection, QObject *parent)
    : Client(connection, serverRequest(connection.settings().sftpServer),
             std::make_unique<EngineChannel>(),
             connection.settings().sftpServer.trimmed().isEmpty(), parent)
{
}

Client::Client(ssh::Connection &connection, const SudoCommand &sudo, QObject *parent)
    : Client(connection, ssh::ExecRequest{.command = sudo.line()},
             std::make_unique<EngineChannel>(sudo), false, parent)
{
}

Client::Client(ssh::Connection &connection, const ssh::ChannelRequest &request,
               std::unique_ptr<EngineChannel> handler, bool isLoginUser, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_isLoginUser(isLoginUser)
{
    connect(handler.get(), &EngineChannel::passwordWanted, this, [this](const auto &question) {
        m_isAsked = true;
        emit passwordWanted(question);
    });
    connect(handler.get(), &EngineChannel::opened, this, &Client::opened);
    connect(handler.get(), &EngineChannel::closed, this, &Client::closed);
    m_channel = connection.openChannel(request, std::move(handler));
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

QFuture<Result<QList<FileEntry>>> Client::listInParts(FilePath directory)
{
    using Entries = QList<FileEntry>;
    return request<Entries>(
        *this,
        [directory = std::move(directory)](Engine &engine, Reply<Entries> reply,
                                           const IsAbandoned &abandoned) {
            const ListOptions options{.arrived = reply.part()};
            auto answered = [reply = std::move(reply)](Result<DirectoryContents> result) mutable {
                reply(std::move(result).transform(
                    [](DirectoryContents &&contents) { return std::move(contents.entries); }));
            };
            listDirectory(engine, directory, options, abandoned, std::move(answered));
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
            sftp::setMode(engine, path, mode, explaining(engine, path, std::move(reply)));
        });
}

QFuture<Result<void>> Client::setAttributes(FilePath path, files::FileAttributes wanted)
{
    return request<void>(
        *this,
        [path = std::move(path), wanted](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            engine.setAttributes(path, wanted, explaining(engine, path, std::move(reply)));
        });
}

QFuture<Result<void>> Client::makeLink(FilePath link, QByteArray target)
{
    return request<void>(*this,
                         [link = std::move(link), target = std::move(target)](
                             Engine &engine, Reply<void> reply, const IsAbandoned &) {
                             sftp::makeLink(engine, link, target, std::move(reply));
                         });
}

QFuture<Result<void>> Client::changeTree(FilePath path, files::AttributeChange change,
                                         std::shared_ptr<files::ChangeRecord> record)
{
    return request<void>(*this,
                         [path = std::move(path), change, record = std::move(record)](
                             Engine &engine, Reply<void> reply, const IsAbandoned &abandoned) {
                             auto progressed = reply.progress();
                             sftp::changeTree(engine, path, change, abandoned,
                                              std::move(progressed), std::move(reply), record);
                         });
}

QFuture<Result<files::TreeSize>> Client::measureTree(FilePath path)
{
    return request<files::TreeSize>(
        *this,
        [path = std::move(path)](Engine &engine, Reply<files::TreeSize> reply,
                                 const IsAbandoned &abandoned) {
            auto counted = reply.part();
            sftp::measureTree(engine, path, std::move(counted), abandoned, std::move(reply));
        });
}

QFuture<Result<void>> Client::copyTree(FilePath from, FilePath to)
{
    auto *copy = new ServerCopy(*this, m_connection, std::move(from), std::move(to)); // ours
    return copy->start();
}

QFuture<Result<files::Digest>> Client::digest(FilePath path)
{
    // Shared by the two ways: the second begins where the first has failed.
    auto promise = std::make_shared<QPromise<Result<files::Digest>>>();
    promise->start();
    promise->setProgressRange(0, 1000);
    if (!m_isLoginUser) {
        digestByEngine(path, promise);
        return promise->future();
    }
    constexpr qsizetype longestOutput = 1024;
    auto *watcher = new QFutureWatcher<Result<files::Digest>>(this);
    auto output = outputOf(m_connection, "sha256sum < " + shellWord(path.bytes()), longestOutput);
    connect(watcher, &QFutureWatcherBase::canceled, this, [output]() mutable { output.cancel(); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(promise->future());
    auto *answer = new QFutureWatcher<Result<QByteArray>>(this);
    connect(answer, &QFutureWatcherBase::finished, this, [this, path, promise, answer] {
        answer->deleteLater();
        const auto future = answer->future();
        const auto printed = future.resultCount() > 0 ? future.result() : Result<QByteArray>();
        const auto hash = printed ? digestIn(*printed) : std::nullopt;
        if (hash || promise->isCanceled()) {
            promise->addResult(
                files::Digest{hash.value_or(QByteArray()), files::Digest::Way::ByServer});
            promise->finish();
        } else {
            digestByEngine(path, promise);
        }
    });
    answer->setFuture(output);
    return promise->future();
}

void Client::digestByEngine(const FilePath &path,
                            const std::shared_ptr<QPromise<Result<files::Digest>>> &promise)
{
    post([path, promise](Engine *engine) {
        auto answered = [promise](const Result<files::Digest> &digest) {
            promise->addResult(digest);
            promise->finish();
        };
        if (engine == nullptr) {
            return answered(Failure(Error{.kind = ErrorKind::ConnectionLost}));
        }
        sftp::digest(
            *engine, path, [promise](int done) { promise->setProgressValue(done); },
            [promise] { return promise->isCanceled(); }, answered);
    });
}

QFuture<Result<QByteArray>> Client::readPart(FilePath path, quint64 offset, quint32 length)
{
    return request<QByteArray>(
        *this,
        [path = std::move(path), range = FileRange{offset, length}](
            Engine &engine, Reply<QByteArray> reply, const IsAbandoned &abandoned) {
            sftp::readPart(engine, path, range, abandoned, std::move(reply));
        });
}

// SFTP does not tell of access lists. A shell that says nothing in time does not hold up a save.
QFuture<Result<void>> Client::replaceContent(FilePath path, QByteArray content,
                                             std::optional<files::FileAttributes> expected)
{
    constexpr auto patience = 5s;
    auto reply = std::make_shared<Reply<void>>(); // goes to the connection's thread in the end
    const QFuture<Result<void>> future = reply->future();
    auto *listing = new QFutureWatcher<Result<QByteArray>>(this);
    connect(listing, &QFutureWatcherBase::finished, this,
            [this, listing, reply = std::move(reply), path, content, expected]() mutable {
                listing->deleteLater();
                const QFuture<Result<QByteArray>> line = listing->future();
                const bool hasList = line.resultCount() > 0 && line.result()
                    && hasAccessList(line.result().value_or(QByteArray()));
                const Replacing way = hasList ? Replacing::InPlace : Replacing::Beside;
                post([reply = std::move(reply), path, content, expected, way](Engine *engine) {
                    if (engine != nullptr) {
                        sftp::replaceContent(*engine, path, content, expected, way,
                                             [reply](const Result<void> &done) { (*reply)(done); });
                    }
                });
            });
    auto line = m_isLoginUser
        ? outputOf(m_connection, "ls -ldL -- " + shellWord(path.bytes()), longestLine)
        : QtFuture::makeReadyValueFuture(Result<QByteArray>());
    QTimer::singleShot(patience, listing, [line]() mutable { line.cancel(); });
    listing->setFuture(line);
    return future;
}

QFuture<Result<void>> Client::probeWriting(FilePath path)
{
    return request<void>(
        *this, [path = std::move(path)](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            sftp::probeWriting(engine, path, std::move(reply));
        });
}

QFuture<Result<files::TrashedFile>> Client::moveToTrash(FilePath path)
{
    return request<files::TrashedFile>(*this,
                                       [path = std::move(path)](Engine &engine,
                                                                Reply<files::TrashedFile> reply,
                                                                const IsAbandoned &) {
                                           sftp::moveToTrash(engine, path, std::move(reply));
                                       });
}

QFuture<Result<void>> Client::restore(files::TrashedFile file)
{
    return request<void>(
        *this, [file = std::move(file)](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            sftp::restore(engine, file, std::move(reply));
        });
}

QFuture<Result<void>> Client::removeTree(FilePath path, std::shared_ptr<std::atomic<int>> removed)
{
    return request<void>(*this,
                         [path = std::move(path), removed = std::move(removed)](
                             Engine &engine, Reply<void> reply, const IsAbandoned &abandoned) {
                             auto progressed = [told = reply.progress(), removed](int done) {
                                 told(done);
                                 if (removed) {
                                     *removed = done;
                                 }
                             };
                             sftp::removeTree(engine, path, abandoned, std::move(progressed),
                                              std::move(reply));
                         });
}

QFuture<Result<void>> Client::removeFile(FilePath path)
{
    return request<void>(
        *this, [path = std::move(path)](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            engine.remove(path, explaining(engine, path, std::move(reply)));
        });
}

QFuture<Result<void>> Client::removeDirectory(FilePath path)
{
    return request<void>(
        *this, [path = std::move(path)](Engine &engine, Reply<void> reply, const IsAbandoned &) {
            removeEmptyDirectory(engine, path, std::move(reply));
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

void Client::answerPassword(const base::SecretString &password)
{
    if (!std::exchange(m_isAsked, false)) {
        return; // else it might meet the next prompt, whose question nobody has seen yet
    }
    m_channel.post([password](ssh::ChannelHandler *handler) {
        if (handler) {
            static_cast<EngineChannel *>(handler)->answer(password);
        }
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
