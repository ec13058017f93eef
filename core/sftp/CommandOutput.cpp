#include "sftp/CommandOutput.h"

#include "ssh/ExecProcess.h"

#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>
#include <memory>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

constexpr qsizetype complaintKept = 1000;

// One command. Deletes itself when it has ended, or with the connection.
class Command final : public QObject
{
public:
    Command(ssh::Connection &connection, const QByteArray &command, qsizetype mostBytes)
        : QObject(&connection)
        , m_mostBytes(mostBytes)
        , m_process(connection.start(ssh::ExecRequest{command, {}, {}, {}}))
    {
        m_promise.start();
        m_process->sendEof();
        connect(m_process.get(), &ssh::ExecProcess::received, this,
                [this](const QByteArray &data, ssh::OutputStream stream) {
                    m_process->consumed(data.size());
                    take(data, stream);
                });
        connect(m_process.get(), &ssh::ExecProcess::finished, this, &Command::handleEnd);
        connect(&m_watcher, &QFutureWatcherBase::canceled, this,
                [this] { finish(Failure(Error{.kind = ErrorKind::Cancelled})); });
        m_watcher.setFuture(m_promise.future());
    }

    ~Command() override
    {
        if (!m_isFinished) {
            m_promise.addResult(Failure(Error{.kind = ErrorKind::ConnectionLost}));
            m_promise.finish();
        }
    }

    QFuture<Result<QByteArray>> future() const { return m_promise.future(); }

private:
    void take(const QByteArray &data, ssh::OutputStream stream)
    {
        QByteArray &target = stream == ssh::OutputStream::Standard ? m_output : m_complaint;
        const qsizetype most = stream == ssh::OutputStream::Standard ? m_mostBytes : complaintKept;
        target += data.first(std::min(data.size(), most - target.size()));
    }

    void handleEnd(const Result<ssh::ExitStatus> &end)
    {
        if (!end) {
            return finish(Failure(end.error()));
        }
        const int code = end->code.value_or(-1);
        if (code == 0) {
            return finish(m_output);
        }
        Error error;
        error.kind = code == 126 || code == 127 ? ErrorKind::Unsupported : ErrorKind::ServerFailure;
        error.operation = QStringLiteral("run a command");
        error.detail = QString::fromUtf8(m_complaint);
        finish(Failure(error));
    }

    // Not within the process's own signal: it goes when the event loop runs again.
    void finish(const Result<QByteArray> &result)
    {
        if (m_isFinished) {
            return;
        }
        m_isFinished = true;
        m_promise.addResult(result);
        m_promise.finish();
        deleteLater();
    }

    qsizetype m_mostBytes;
    QPromise<Result<QByteArray>> m_promise;
    QFutureWatcher<Result<QByteArray>> m_watcher;
    std::unique_ptr<ssh::ExecProcess> m_process;
    QByteArray m_output;
    QByteArray m_complaint;
    bool m_isFinished = false;
};

} // namespace

QFuture<Result<QByteArray>> outputOf(ssh::Connection &connection, const QByteArray &command,
                                     qsizetype mostBytes)
{
    auto *running = new Command(connection, command, mostBytes); // the connection's
    return running->future();
}

QByteArray shellWord(const QByteArray &bytes)
{
    QByteArray word = bytes;
    return '\'' + word.replace('\'', "'\\''") + '\'';
}

} // namespace sftp
