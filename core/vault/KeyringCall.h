// KeyringCall: one request to the keyring: starts the process that makes it, waits for the answer
// without blocking, and kills the process at the deadline. Deletes itself when that is over.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "vault/KeyringMessages.h"

#include <QFuture>
#include <QObject>
#include <QProcess>
#include <QPromise>
#include <QStringList>
#include <QTimer>

#include <chrono>

class QSocketNotifier;

namespace vault {

class KeyringCall final : public QObject
{
    Q_OBJECT

public:
    KeyringCall(QStringList command, std::chrono::milliseconds deadline, QObject *parent);
    ~KeyringCall() override; // kills the process

    // Call it once. Kinds of error: TimedOut, Internal (the process could not be started or died).
    QFuture<base::Result<KeyringAnswer>> start(const KeyringRequest &request);

private:
    bool startProcess(const KeyringRequest &request);
    void readAnswer();
    void fail(base::ErrorKind kind, const QString &detail);
    void finish(const base::Result<KeyringAnswer> &result);

    QStringList m_command;
    QProcess m_process;
    QTimer m_deadline;
    base::UniqueFd m_socket;
    SecretBytes m_buffer{largestKeyringMessage};
    qsizetype m_filled = 0;
    QSocketNotifier *m_notifier = nullptr;
    QPromise<base::Result<KeyringAnswer>> m_promise;
    bool m_isOver = false;
};

} // namespace vault
