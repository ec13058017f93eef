#include "profiles/OpenSshQuery.h"

#include "profiles/OpenSshConfigScan.h"

#include <QProcess>

#include <signal.h>

#include <algorithm>

namespace profiles {
namespace {

using namespace std::chrono_literals;

constexpr auto usualPatience = 15s;
constexpr auto killPatience = 1s; // what hangs in a file system does not end by a signal

// `ssh -G` says about 10 KiB, and more only with thousands of forwards or key files.
constexpr qsizetype mostOutputBytes = qsizetype{1024} * 1024;
constexpr qsizetype mostErrorBytes = 4096;

} // namespace

OpenSshQuery::OpenSshQuery(QString program, QString file, OpenSshJump host, Role role,
                           QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_file(std::move(file))
    , m_host(std::move(host))
    , m_role(role)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(usualPatience);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_outcome.has_value()) {
            report();
        } else {
            fail(base::ErrorKind::TimedOut);
        }
    });
}

OpenSshQuery::~OpenSshQuery()
{
    killRuns();
    for (const Run &run : m_runs) {
        if (run.isActive()) {
            // Its destructor would wait for the end.
            run.process->disconnect(this);
            run.process->setParent(nullptr);
            connect(run.process, &QProcess::finished, run.process, &QObject::deleteLater);
        }
    }
}

bool OpenSshQuery::Run::isActive() const
{
    return process != nullptr && process->state() != QProcess::NotRunning;
}

void OpenSshQuery::start()
{
    if (!isAcceptableAlias(m_host.alias)) {
        fail(base::ErrorKind::InvalidName);
        return;
    }
    m_timer.start();
    // What the jump host's place in the chain says counts as configured.
    const bool isTarget = m_role == Role::Target;
    startRun(m_runs[0], m_file, isTarget ? QStringList() : m_host.arguments());
    startRun(m_runs[1], QStringLiteral("none"),
             isTarget ? QStringList() : OpenSshJump().arguments());
}

void OpenSshQuery::startRun(Run &run, const QString &file, const QStringList &given)
{
    QStringList arguments = QStringList{QStringLiteral("-G")} + given;
    if (!file.isEmpty()) {
        arguments.append({QStringLiteral("-F"), file});
    }
    arguments.append({QStringLiteral("--"), m_host.alias});

    auto *process = new QProcess(this);
    run.process = process;
    process->setStandardInputFile(QProcess::nullDevice());
    process->setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    connect(process, &QProcess::readyReadStandardOutput, this, [this, &run] { readFrom(run); });
    connect(process, &QProcess::readyReadStandardError, this, [this, &run] { readFrom(run); });
    connect(process, &QProcess::finished, this, [this, &run] { handleEnd(run); });
    connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            fail(base::ErrorKind::NotFound);
        }
    });
    process->start(m_program, arguments);
}

void OpenSshQuery::readFrom(Run &run)
{
    run.output += run.process->readAllStandardOutput();
    run.errors = (run.errors + run.process->readAllStandardError()).left(mostErrorBytes);
    if (run.output.size() > mostOutputBytes) {
        fail(base::ErrorKind::Unsupported, QStringLiteral("more than 1 MiB of options"));
    }
}

void OpenSshQuery::handleEnd(Run &run)
{
    readFrom(run);
    run.isDone = true;
    if (m_outcome.has_value()) {
        reportOnceEnded();
    } else if (run.process->exitStatus() != QProcess::NormalExit || run.process->exitCode() != 0) {
        fail(base::ErrorKind::Unsupported, QString::fromUtf8(run.errors).trimmed());
    } else if (m_runs[0].isDone && m_runs[1].isDone) {
        end(OpenSshOptions::ofClient(m_host.alias, m_runs[0].output, m_runs[1].output));
    }
}

void OpenSshQuery::killRuns()
{
    for (const Run &run : m_runs) {
        if (run.isActive() && run.process->processId() > 0) {
            // The whole session: `Match exec` runs a shell with children of its own.
            kill(-static_cast<pid_t>(run.process->processId()), SIGKILL);
        }
    }
}

void OpenSshQuery::fail(base::ErrorKind kind, const QString &quote)
{
    base::Error error;
    error.kind = kind;
    error.operation = QStringLiteral("ask ssh -G about");
    error.subject = m_host.alias;
    error.detail = error.quote = quote;
    end(base::Failure(error));
}

void OpenSshQuery::end(const base::Result<OpenSshOptions> &options)
{
    if (m_outcome.has_value()) {
        return;
    }
    m_outcome = options;
    killRuns();
    m_timer.start(killPatience);
    reportOnceEnded();
}

// Whoever is told may end the program: by then no child is left behind.
void OpenSshQuery::reportOnceEnded()
{
    if (std::ranges::none_of(m_runs, &Run::isActive)) {
        report();
    }
}

void OpenSshQuery::report()
{
    if (!m_isReported) {
        m_isReported = true;
        m_timer.stop();
        emit finished(*m_outcome);
    }
}

} // namespace profiles
