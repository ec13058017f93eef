#include "sftp/ServerCopy.h"

#include "sftp/Client.h"
#include "sftp/CommandOutput.h"
#include "sftp/Engine.h"
#include "sftp/FileOperations.h"

#include <algorithm>
#include <utility>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileEntry;
using files::FilePath;
using files::FileType;

using namespace std::chrono_literals;

// What the command says first: a server may run something else than it was asked to (ForceCommand
// of sshd_config(5)), and that ends well too.
const QByteArray beginning = QByteArrayLiteral("ponto: copying");

constexpr qsizetype longestLine = 64 * 1024;
constexpr qsizetype complaintKept = 1000;
constexpr auto patience = 2s;

// The login shell may be none of POSIX. It makes way, so that a signal reaches cp. -v is not
// POSIX's, but the BSDs', busybox's and GNU's; its lines tell how far it has come.
QByteArray copyCommand(const FilePath &from, const FilePath &to)
{
    return "exec sh -c "
        + shellWord("echo '" + beginning + "'; exec cp -pPRv -- " + shellWord(from.bytes()) + ' '
                    + shellWord(to.bytes()));
}

} // namespace

ServerCopy::ServerCopy(Client &client, ssh::Connection &connection, FilePath from, FilePath to)
    : QObject(&client)
    , m_client(client)
    , m_connection(connection)
    , m_from(std::move(from))
    , m_to(std::move(to))
    , m_temporary(m_to.parent().child(files::temporaryName(m_to.name())))
    , m_promise(std::make_shared<QPromise<Result<void>>>())
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        handleEnd(Failure(Error{.kind = ErrorKind::Cancelled})); // it does not listen
    });
    connect(&m_watcher, &QFutureWatcherBase::canceled, this, &ServerCopy::cancel);
}

// Its client goes: as with every other answer that is open then.
ServerCopy::~ServerCopy()
{
    m_watcher.disconnect(this);
}

template<typename T>
void ServerCopy::await(const QFuture<Result<T>> &future,
                       std::function<void(const Result<T> &)> then)
{
    auto *watcher = new QFutureWatcher<Result<T>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        const QFuture<Result<T>> answer = watcher->future();
        then(answer.resultCount() > 0 ? answer.result()
                                      : Failure(Error{.kind = ErrorKind::ConnectionLost}));
    });
    watcher->setFuture(future);
}

QFuture<Result<void>> ServerCopy::start()
{
    m_promise->start();
    m_watcher.setFuture(m_promise->future());
    auto offers = std::make_shared<QPromise<Result<bool>>>();
    offers->start();
    await<bool>(offers->future(), [this](const Result<bool> &answer) {
        answer ? chooseWay(*answer) : finish(Failure(answer.error()));
    });
    m_client.post([offers](Engine *engine) {
        offers->addResult(engine != nullptr
                              ? Result<bool>(engine->offers(QByteArrayLiteral("copy-data")))
                              : Failure(Error{.kind = ErrorKind::ConnectionLost}));
        offers->finish();
    });
    return m_promise->future();
}

// What can not be copied is told by the engine, and so is a name that is in use. An SFTP server of
// another user is beside the shell of this one.
void ServerCopy::chooseWay(bool offersCopyData)
{
    if (offersCopyData || !m_client.isLoginUser()
        || m_from.normalized().contains(m_to.normalized())) {
        return copyByEngine();
    }
    await<FileEntry>(m_client.status(m_from), [this](const Result<FileEntry> &source) {
        const FileType type = source ? source->attributes.type() : FileType::Unknown;
        if (type != FileType::Regular && type != FileType::Directory) {
            return copyByEngine();
        }
        await<FileEntry>(m_client.status(m_to), [this](const Result<FileEntry> &inTheWay) {
            const bool isFree = !inTheWay && inTheWay.error().kind == ErrorKind::NotFound;
            isFree && !m_promise->isCanceled() ? runCommand() : copyByEngine();
        });
    });
}

void ServerCopy::runCommand()
{
    m_process = m_connection.start(ssh::ExecRequest{copyCommand(m_from, m_temporary), {}, {}, {}});
    m_process->sendEof();
    connect(m_process.get(), &ssh::ExecProcess::received, this,
            [this](const QByteArray &data, ssh::OutputStream stream) {
                m_process->consumed(data.size());
                take(data, stream);
            });
    // By the event loop: the process must not go within its own signal.
    connect(m_process.get(), &ssh::ExecProcess::finished, this, &ServerCopy::handleEnd,
            Qt::QueuedConnection);
}

void ServerCopy::take(const QByteArray &data, ssh::OutputStream stream)
{
    if (stream == ssh::OutputStream::Error) {
        m_complaint += data.first(std::min(data.size(), complaintKept - m_complaint.size()));
        return;
    }
    m_line += data;
    qsizetype start = 0;
    for (qsizetype end = m_line.indexOf('\n'); end >= 0; end = m_line.indexOf('\n', start)) {
        const bool isBeginning = QByteArrayView(m_line).sliced(start, end - start) == beginning;
        m_copied += m_copied >= 0 || isBeginning ? 1 : 0;
        start = end + 1;
    }
    m_line = m_line.sliced(start).first(std::min(m_line.size() - start, longestLine));
    m_promise->setProgressValue(std::max(0, m_copied - 1)); // the last one is under way
}

void ServerCopy::cancel()
{
    if (m_process) {
        m_process->sendSignal("TERM");
        m_patience.start();
    }
}

// Who has not even begun leaves it to the other way, which tells better what is wrong.
void ServerCopy::handleEnd(const Result<ssh::ExitStatus> &end)
{
    if (!m_process) {
        return;
    }
    m_process.reset(); // closes the channel, if it is still open
    m_patience.stop();
    const bool hasEnded = end && end->code == 0 && m_copied >= 0;
    if (hasEnded && !m_promise->isCanceled()) {
        return giveName();
    }
    const bool isLost = !end && end.error().kind == ErrorKind::ConnectionLost;
    if (isLost) {
        return finish(Failure(end.error()));
    }
    clearAway([this] {
        if (m_promise->isCanceled()) {
            return finish(Failure(Error{.kind = ErrorKind::Cancelled}));
        }
        if (m_copied <= 1) {
            return copyByEngine();
        }
        Error error;
        error.kind = ErrorKind::ServerFailure;
        error.operation = QStringLiteral("copy");
        error.subject = m_from.toDisplay();
        error.detail = QString::fromUtf8(m_complaint);
        finish(Failure(error));
    });
}

void ServerCopy::copyByEngine()
{
    m_client.post([from = m_from, to = m_to, promise = m_promise](Engine *engine) {
        auto answered = [promise](const Result<void> &copied) {
            promise->addResult(copied);
            promise->finish();
        };
        if (engine == nullptr) {
            return answered(Failure(Error{.kind = ErrorKind::ConnectionLost}));
        }
        copyTree(
            *engine, from, to, [promise](int done) { promise->setProgressValue(done); },
            [promise] { return promise->isCanceled(); }, answered);
    });
    deleteLater();
}

void ServerCopy::giveName()
{
    await<void>(m_client.rename(m_temporary, m_to), [this](const Result<void> &renamed) {
        if (renamed) {
            return finish(renamed);
        }
        clearAway([this, renamed] { finish(renamed); });
    });
}

// Whatever becomes of it: what it is cleared away for is told.
void ServerCopy::clearAway(const std::function<void()> &then)
{
    auto cleared = std::make_shared<QPromise<Result<void>>>();
    cleared->start();
    await<void>(cleared->future(), [then](const Result<void> &) { then(); });
    m_client.post([path = m_temporary, cleared](Engine *engine) {
        auto answered = [cleared](const Result<void> &result) {
            cleared->addResult(result);
            cleared->finish();
        };
        if (engine == nullptr) {
            return answered({});
        }
        discardTree(*engine, path, answered);
    });
}

void ServerCopy::finish(const Result<void> &result)
{
    m_promise->addResult(result);
    m_promise->finish();
    deleteLater();
}

} // namespace sftp
