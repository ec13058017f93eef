#include "vault/KeyringCall.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

using namespace Qt::StringLiterals;

namespace vault {

KeyringCall::KeyringCall(QStringList command, std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
    , m_command(std::move(command))
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(deadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail(base::ErrorKind::TimedOut, u"the keyring does not answer, or waits to be unlocked"_s);
    });
}

KeyringCall::~KeyringCall()
{
    // QProcess waits for the end of its process when it dies. A killed one ends at once.
    m_process.disconnect(this);
    m_process.kill();
}

QFuture<base::Result<KeyringAnswer>> KeyringCall::start(const KeyringRequest &request)
{
    m_promise.start();
    const QFuture<base::Result<KeyringAnswer>> future = m_promise.future();
    if (!startProcess(request)) {
        fail(base::ErrorKind::Internal, QString::fromLocal8Bit(std::strerror(errno)));
        return future;
    }
    m_deadline.start();
    return future;
}

// Its standard input is a socket that goes both ways, so that the secret passes through no buffer
// but the kernel's and ours.
bool KeyringCall::startProcess(const KeyringRequest &request)
{
    std::array<int, 2> sockets{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets.data()) != 0) {
        return false;
    }
    m_socket = base::UniqueFd(sockets[0]);
    const base::UniqueFd theirs(sockets[1]);
    ::fcntl(theirs.get(), F_SETFL, 0); // the process has nothing better to do than to wait
    if (!sendMessage(m_socket.get(), headOf(request), request.secret)) {
        return false;
    }
    m_notifier = new QSocketNotifier(m_socket.get(), QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &KeyringCall::readAnswer);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            fail(base::ErrorKind::Internal, m_process.errorString());
        }
    });
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice()); // GLib's remarks to developers
    m_process.setChildProcessModifier([descriptor = theirs.get()] {
        ::dup2(descriptor, STDIN_FILENO);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // do not outlive the one who asked
    });
    m_process.start(m_command.value(0), m_command.sliced(1));
    return true;
}

void KeyringCall::readAnswer()
{
    const qsizetype count = readSome(m_socket.get(), m_buffer, m_filled);
    if (count > 0) {
        m_filled += count;
        return;
    }
    if (count < 0 && errno == EAGAIN) {
        return;
    }
    const auto answer = answerFrom(m_buffer.view().first(m_filled));
    if (answer) {
        finish(*answer);
    } else {
        fail(base::ErrorKind::Internal, u"the process that asks the keyring ended"_s);
    }
}

void KeyringCall::fail(base::ErrorKind kind, const QString &detail)
{
    finish(base::Failure(
        base::Error{.kind = kind, .operation = u"ask the keyring"_s, .detail = detail}));
}

void KeyringCall::finish(const base::Result<KeyringAnswer> &result)
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    m_deadline.stop();
    if (m_notifier != nullptr) {
        m_notifier->setEnabled(false);
    }
    if (m_process.state() == QProcess::NotRunning) {
        deleteLater();
    } else {
        connect(&m_process, &QProcess::finished, this, &QObject::deleteLater);
        m_process.kill();
    }
    m_promise.addResult(result);
    m_promise.finish();
}

} // namespace vault
