// OpenSshQuery: asks `ssh -G` what OpenSSH would do for an alias. It evaluates the configuration
// exactly as OpenSSH does, and runs the programs of `Match exec`: only for a connection that the
// user wants now.

#pragma once

#include "base/Result.h"
#include "profiles/OpenSshJump.h"
#include "profiles/OpenSshOptions.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <array>
#include <chrono>
#include <optional>

class QProcess;

namespace profiles {

class OpenSshQuery final : public QObject
{
    Q_OBJECT

public:
    enum class Role { Target, JumpHost };

    // `file` is the configuration to use instead of the usual ones; empty: the usual ones. Of a
    // jump host it says what the ssh sees that ssh starts for it.
    OpenSshQuery(QString program, QString file, OpenSshJump host, Role role,
                 QObject *parent = nullptr);
    ~OpenSshQuery() override; // ends what runs still

    void start();

    // The time that it may take; a `Match exec` may look around in the network.
    void setPatience(std::chrono::milliseconds patience) { m_timer.setInterval(patience); }

signals:
    // Once, the last signal. Failures: TimedOut; NotFound if there is no such program; Unsupported
    // if it refused, with its words as `quote`; InvalidName for an alias that no `ssh` gets.
    void finished(const base::Result<profiles::OpenSshOptions> &options);

private:
    struct Run
    {
        QProcess *process = nullptr;
        QByteArray output;
        QByteArray errors;
        bool isDone = false;

        bool isActive() const;
    };

    void startRun(Run &run, const QString &file, const QStringList &given);
    void readFrom(Run &run);
    void handleEnd(Run &run);
    void fail(base::ErrorKind kind, const QString &quote = {});
    void end(const base::Result<OpenSshOptions> &options);
    void killRuns();
    void reportOnceEnded();
    void report();

    const QString m_program;
    const QString m_file;
    const OpenSshJump m_host;
    const Role m_role;
    QTimer m_timer;
    std::array<Run, 2> m_runs; // with the configuration, and without
    std::optional<base::Result<OpenSshOptions>> m_outcome; // once it is known
    bool m_isReported = false;
};

} // namespace profiles
