#include "tests/support/SshServer.h"

#include "tests/support/PrivateUsers.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tests {
namespace {

constexpr auto startLimit = 10s;
constexpr auto stopLimit = 5s;
constexpr int portAttempts = 5; // another program may take a free port before sshd does

base::Error failure(QString operation, QString subject, QString detail)
{
    return {.operation = std::move(operation),
            .subject = std::move(subject),
            .detail = std::move(detail)};
}

base::Result<void> writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.flush()) {
        return base::Failure(failure(u"write"_s, path, file.errorString()));
    }
    return {};
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// sshd must be started by its absolute path: it runs itself again for each connection.
QString sshdProgram()
{
    return QStandardPaths::findExecutable(
        u"sshd"_s, {u"/usr/sbin"_s, u"/usr/local/sbin"_s, u"/sbin"_s, u"/usr/bin"_s});
}

// PerSourcePenalties came with 9.8; older ones refuse the word. Without it a few wrong passwords
// lock 127.0.0.1 out. -V is itself unknown before 9.3, but the usage text names the version too.
bool hasSourcePenalties()
{
    const ToolResult result = runTool({.program = sshdProgram(), .arguments = {u"-V"_s}});
    static const QRegularExpression version(u"OpenSSH_(\\d+)\\.(\\d+)"_s);
    const auto match = version.match(QString::fromUtf8(result.errors));
    return std::pair(match.captured(1).toInt(), match.captured(2).toInt()) >= std::pair(9, 8);
}

quint16 freePort(const QString &address)
{
    QTcpServer server;
    return server.listen(QHostAddress(address)) ? server.serverPort() : quint16(0);
}

// Its fields behind the name in proc_pid_stat(5): the state, the parent, ... Empty if it is gone.
QByteArrayList statusOf(const QString &pid)
{
    const QByteArray stat = readFile(u"/proc/%1/stat"_s.arg(pid));
    return stat.mid(stat.lastIndexOf(')') + 1).simplified().split(' ');
}

// Stops it, so that it makes no more children.
void halt(qint64 pid)
{
    constexpr int patienceMilliseconds = 5000;
    ::kill(static_cast<pid_t>(pid), SIGSTOP);
    for (int waited = 0; waited < patienceMilliseconds; ++waited) {
        const QByteArray state = statusOf(QString::number(pid)).first();
        if (state == "T" || state.isEmpty() || state == "Z") {
            return;
        }
        ::usleep(1000); // it is told of signals when it is scheduled
    }
}

// By the parent of each process: the list that proc(5) has of the children leaves some out while
// others of them end.
QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> children;
    if (pid <= 0) { // what does not run; 0 would be the parent of all
        return children;
    }
    for (const QString &name : QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs)) {
        if (statusOf(name).value(1).toLongLong() == pid) {
            children += name.toLongLong();
        }
    }
    return children;
}

} // namespace

SshServer::SshServer(SshServerOptions options)
    : m_options(std::move(options))
{
}

SshServer::~SshServer()
{
    stop();
}

QString SshServer::whyNoPasswords()
{
    return PrivateUsers::whyUnavailable();
}

base::Result<void> SshServer::start()
{
    if (sshdProgram().isEmpty()) {
        return base::Failure(
            failure(u"find"_s, u"sshd"_s, u"the package openssh-server is not installed"_s));
    }
    if (m_hostKeys.isEmpty()) {
        if (const auto made = makeHostKeys(); !made) {
            return made;
        }
    }
    if (const quint16 known = m_port != 0 ? m_port : m_options.port().value_or(0); known != 0) {
        return startOn(known);
    }
    base::Result<void> started;
    for (int attempt = 0; attempt < portAttempts; ++attempt) {
        started = startOn(freePort(m_options.address()));
        if (started || !logText().contains("Address already in use")) {
            break;
        }
    }
    return started;
}

void SshServer::stop()
{
    if (!m_process) {
        return;
    }
    killSessions();
    m_process->terminate();
    if (!m_process->waitForFinished(
            static_cast<int>(std::chrono::milliseconds(stopLimit).count()))) {
        m_process->kill();
        m_process->waitForFinished();
    }
    m_process.reset();
}

base::Result<void> SshServer::restartWithNewHostKeys()
{
    stop();
    m_hostKeys.clear();
    return start();
}

QString SshServer::userName() const
{
    return whyNoPasswords().isEmpty() ? u"tester"_s : QFileInfo(m_directory.path()).owner();
}

int SshServer::userId() const
{
    return whyNoPasswords().isEmpty() ? PrivateUsers::userId() : static_cast<int>(geteuid());
}

QString SshServer::home() const
{
    return path(u"home"_s);
}

KeyPair SshServer::hostKey(KeyType type) const
{
    return m_hostKeys.value(m_options.hostKeys().indexOf(type));
}

QByteArray SshServer::knownHostsLine(KeyType type) const
{
    const QByteArrayList words = hostKey(type).publicLine.split(' ');
    return '[' + address().toLatin1() + "]:" + QByteArray::number(m_port) + ' ' + words.value(0)
        + ' ' + words.value(1) + '\n';
}

base::Result<void> SshServer::authorize(const QByteArray &line)
{
    m_options.withAuthorizedKey(line);
    return writeAuthorizedKeys();
}

QByteArray SshServer::logText() const
{
    return readFile(path(u"log"_s));
}

qsizetype SshServer::sessionCount() const
{
    return m_process ? childrenOf(m_process->processId()).size() : 0;
}

void SshServer::killSessions()
{
    signalSessions(SIGKILL);
}

void SshServer::freezeSessions()
{
    signalSessions(SIGSTOP);
}

void SshServer::thawSessions()
{
    signalSessions(SIGCONT);
}

base::Result<void> SshServer::makeHostKeys()
{
    for (const KeyType type : m_options.hostKeys()) {
        const auto pair
            = generateKey(path(u"host_"_s + QString::fromLatin1(sshName(type))), {.type = type});
        if (!pair) {
            return base::Failure(pair.error());
        }
        m_hostKeys += *pair;
    }
    return {};
}

base::Result<void> SshServer::writeAuthorizedKeys() const
{
    return writeFile(path(u"authorized_keys"_s), m_options.authorizedKeys().join('\n') + '\n');
}

base::Result<void> SshServer::writeConfig(quint16 port) const
{
    QStringList lines = m_options.configLines();
    lines << u"ListenAddress "_s + m_options.address() << u"Port %1"_s.arg(port)
          << u"AuthorizedKeysFile "_s + path(u"authorized_keys"_s) << u"PidFile none"_s
          << u"PermitRootLogin yes"_s // the login may be uid 0
          << u"StrictModes no"_s // the temporary directory is below /tmp, which all may write to
          << u"UsePAM no"_s << u"UseDNS no"_s << u"PrintMotd no"_s << u"PrintLastLog no"_s
          << u"LogLevel VERBOSE"_s;
    for (const KeyPair &pair : m_hostKeys) {
        lines << u"HostKey "_s + pair.privateFile;
    }
    if (!m_options.banner().isEmpty()) {
        lines << u"Banner "_s + path(u"banner"_s);
    }
    if (hasSourcePenalties()) {
        lines << u"PerSourcePenalties no"_s;
    }
    return writeFile(path(u"banner"_s), m_options.banner()).and_then([&] {
        return writeFile(path(u"sshd_config"_s), lines.join(u'\n').toUtf8() + '\n');
    });
}

// The command line, with the files that it needs written.
base::Result<QStringList> SshServer::command() const
{
    if (geteuid() == 0) {
        // Where sshd stays root, it confines itself to this directory; made at boot, if booted.
        QDir().mkpath(u"/run/sshd"_s);
    }
    QStringList sshd{sshdProgram(), u"-D"_s, u"-e"_s, u"-f"_s, path(u"sshd_config"_s)};
    if (whyNoPasswords().isEmpty()) {
        return PrivateUsers::create(m_directory.path(),
                                    {.name = u"tester"_s,
                                     .password = m_options.password(),
                                     .home = home(),
                                     .shell = m_options.shell()})
            .transform([&sshd](const PrivateUsers &users) { return users.wrapped(sshd); });
    }
    if (!m_options.password().isEmpty()) {
        return base::Failure(failure(u"offer password login"_s, userName(), whyNoPasswords()));
    }
    return sshd;
}

base::Result<void> SshServer::startOn(quint16 port)
{
    QDir().mkpath(home());
    const auto words
        = writeAuthorizedKeys().and_then([&] { return writeConfig(port); }).and_then([&] {
              return command();
          });
    if (!words) {
        return base::Failure(words.error());
    }
    QProcessEnvironment environment = m_options.environment();
    environment.insert(u"PATH"_s, u"/usr/sbin:/usr/bin:/sbin:/bin"_s);
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);

    m_process = std::make_unique<QProcess>();
    m_process->setProcessEnvironment(environment);
    m_process->setStandardErrorFile(path(u"log"_s)); // a pipe that nobody reads would fill up
    m_process->start(words->first(), words->sliced(1));
    const bool listening = QTest::qWaitFor(
        [this] {
            return m_process->state() == QProcess::NotRunning
                || logText().contains("Server listening");
        },
        startLimit);
    if (!listening || m_process->state() == QProcess::NotRunning) {
        stop();
        return base::Failure(
            failure(u"start sshd"_s, path(u"sshd_config"_s), QString::fromUtf8(logText())));
    }
    m_port = port;
    return {};
}

void SshServer::signalSessions(int signal) const
{
    if (!m_process) {
        return;
    }
    QList<qint64> pending = childrenOf(m_process->processId());
    while (!pending.isEmpty()) {
        const qint64 pid = pending.takeFirst();
        if (signal != SIGCONT) {
            halt(pid); // it may be about to fork, just after a login
        }
        pending += childrenOf(pid); // before it dies and they become somebody else's
        ::kill(static_cast<pid_t>(pid), signal);
    }
}

} // namespace tests
