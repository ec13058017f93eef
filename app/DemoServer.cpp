#include "app/DemoServer.h"

#include "app/DemoPlayground.h"
#include "app/TextFile.h"
#include "base/UniqueFd.h"
#include "forward/ListeningSocket.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QStandardPaths>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace app {
namespace {

constexpr auto startLimit = 10s;
constexpr auto stopLimit = 2s;
constexpr int portAttempts = 5; // another program may take a free port before sshd does
constexpr auto secretMode = QFile::ReadOwner | QFile::WriteOwner;
const QString loopback = u"127.0.0.1"_s;

int milliseconds(std::chrono::milliseconds time)
{
    return static_cast<int>(time.count());
}

base::Error failure(base::ErrorKind kind, const QString &operation, const QString &subject,
                    const QString &detail)
{
    return {.kind = kind, .operation = operation, .subject = subject, .detail = detail};
}

// Servers are not in everybody's PATH.
base::Result<QString> findProgram(const QString &name)
{
    const QString inPath = QStandardPaths::findExecutable(name);
    QString path = inPath.isEmpty()
        ? QStandardPaths::findExecutable(name,
                                         {u"/usr/sbin"_s, u"/usr/local/sbin"_s, u"/sbin"_s,
                                          u"/usr/lib/openssh"_s, u"/usr/lib/ssh"_s,
                                          u"/usr/libexec/openssh"_s, u"/usr/libexec"_s})
        : inPath;
    if (path.isEmpty()) {
        return base::Failure(
            failure(base::ErrorKind::NotFound, u"find"_s, name,
                    u"The demo needs OpenSSH's server: install the package openssh-server"_s));
    }
    return path;
}

base::Result<void> makeKey(const QString &keygen, const QString &file)
{
    QProcess process;
    process.start(keygen,
                  {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-C"_s, u"Ponto demo"_s,
                   u"-f"_s, file});
    if (!process.waitForFinished(milliseconds(startLimit)) || process.exitCode() != 0) {
        return base::Failure(failure(base::ErrorKind::Internal, u"make key"_s, file,
                                     QString::fromUtf8(process.readAllStandardError())));
    }
    return {};
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

quint16 freePort()
{
    const auto socket = forward::ListeningSocket::open({loopback, 0, {}});
    return socket ? (*socket)->port() : quint16(0);
}

QString localUser()
{
    const passwd *entry = ::getpwuid(::getuid());
    return entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : qEnvironmentVariable("USER");
}

// An sshd without privileges gives no terminal where a new one does not belong to the group "tty"
// by itself (sshpty.c of OpenSSH, pty_setowner(): it ends at the chown(2) that it may not do). That
// is so where /dev/pts is mounted without gid=, as in some containers.
base::Result<void> checkTerminals()
{
    const group *tty = ::getgrnam("tty");
    const base::UniqueFd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    struct stat status = {};
    std::array<char, 64> name{};
    if (::geteuid() == 0 || tty == nullptr || !master.isValid()
        || ::ptsname_r(master.get(), name.data(), name.size()) != 0
        || ::stat(name.data(), &status) != 0 || status.st_gid == tty->gr_gid
        || ::group_member(tty->gr_gid) != 0) {
        return {};
    }
    return base::Failure(failure(
        base::ErrorKind::Unsupported, u"open terminal"_s, u"/dev/pts"_s,
        u"The demo needs terminals that belong to the group tty: as root, run "
        "'mount -o remount,gid=%1 /dev/pts', then start the demo again"_s.arg(tty->gr_gid)));
}

// Takes bytes as names, which QDir does not, and opens folders that a visitor has closed.
void removeTree(const QString &directory)
{
    namespace fs = std::filesystem;
    const fs::path root = QFile::encodeName(directory).toStdString();
    std::error_code ignored;
    fs::recursive_directory_iterator entry(root, ignored);
    for (; entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
        if (entry->symlink_status(ignored).type() == fs::file_type::directory) {
            fs::permissions(entry->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
        }
    }
    fs::remove_all(root, ignored);
}

} // namespace

DemoServer::DemoServer()
    : m_directory(QDir::tempPath() + u"/ponto-demo-XXXXXX"_s)
{
}

DemoServer::~DemoServer()
{
    stop();
    removeTree(m_directory.path());
}

base::Result<void> DemoServer::start()
{
    const auto sshd = findProgram(u"sshd"_s);
    if (!sshd) {
        return base::Failure(sshd.error());
    }
    if (const auto usable = checkTerminals(); !usable) {
        return usable;
    }
    if (const auto written = writeFiles(); !written) {
        return written;
    }
    if (::geteuid() == 0) {
        QDir().mkpath(u"/run/sshd"_s); // sshd confines itself to it; made at boot, if booted
    }
    base::Result<void> listening;
    for (int attempt = 0; attempt < portAttempts; ++attempt) {
        listening = listen(*sshd, freePort());
        if (listening) {
            break;
        }
    }
    return listening.and_then([this] { return writeKnownHosts(); });
}

profiles::Profile DemoServer::profile() const
{
    profiles::Profile profile;
    profile.id = u"demo"_s;
    profile.name = u"Playground"_s;
    profile.host = loopback;
    profile.port = m_port;
    profile.user = localUser();
    profile.identityFiles = {path(u"user_key"_s)};
    profile.useAgent = false;
    profile.useDefaultKeys = false;
    profile.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    return profile;
}

base::Result<void> DemoServer::writeFiles() const
{
    const auto keygen = findProgram(u"ssh-keygen"_s);
    if (!keygen) {
        return base::Failure(keygen.error());
    }
    // Nothing of the visitor's own home is touched, not even the history of the shell.
    const QByteArray enter = "#!/bin/sh\n"
                             "HOME='"
        + QFile::encodeName(path(u"playground"_s))
        + "'\n"
          "export HOME\n"
          "cd \"$HOME\" || exit 1\n"
          "if [ -n \"$SSH_ORIGINAL_COMMAND\" ]; then\n"
          "  exec \"$SHELL\" -c \"$SSH_ORIGINAL_COMMAND\"\n"
          "fi\n"
          "echo 'This is a private server on your own computer. README.txt says what to try.'\n"
          "exec \"$SHELL\"\n";
    return makeKey(*keygen, path(u"host_key"_s))
        .and_then([&] { return makeKey(*keygen, path(u"user_key"_s)); })
        .and_then([&] {
            return writeTextFile(path(u"authorized_keys"_s), readFile(path(u"user_key.pub"_s)),
                                 secretMode);
        })
        .and_then(
            [&] { return writeTextFile(path(u"enter"_s), enter, secretMode | QFile::ExeOwner); })
        .and_then([&] { return makePlayground(path(u"playground"_s)); });
}

base::Result<void> DemoServer::writeConfig(quint16 port) const
{
    const auto sftpServer = findProgram(u"sftp-server"_s);
    if (!sftpServer) {
        return base::Failure(sftpServer.error());
    }
    const QStringList lines{
        u"ListenAddress "_s + loopback,
        u"Port %1"_s.arg(port),
        u"HostKey "_s + path(u"host_key"_s),
        u"AuthorizedKeysFile "_s + path(u"authorized_keys"_s),
        u"AuthenticationMethods publickey"_s,
        u"PasswordAuthentication no"_s,
        u"KbdInteractiveAuthentication no"_s,
        u"AllowUsers "_s + localUser(),
        u"PermitRootLogin prohibit-password"_s,
        u"StrictModes no"_s, // the directory is below /tmp, which all may write to
        u"UsePAM no"_s,
        u"PidFile none"_s,
        u"PrintMotd no"_s,
        u"PrintLastLog no"_s,
        u"PermitUserRC no"_s,
        u"Subsystem sftp "_s + *sftpServer,
        u"ForceCommand "_s + path(u"enter"_s),
    };
    return writeTextFile(path(u"sshd_config"_s), lines.join(u'\n').toUtf8() + '\n', secretMode);
}

base::Result<void> DemoServer::writeKnownHosts() const
{
    const QByteArrayList words = readFile(path(u"host_key.pub"_s)).split(' ');
    const QByteArray line = '[' + loopback.toLatin1() + "]:" + QByteArray::number(m_port) + ' '
        + words.value(0) + ' ' + words.value(1) + '\n';
    return writeTextFile(knownHostsFile(), line, secretMode);
}

base::Result<void> DemoServer::listen(const QString &sshd, quint16 port)
{
    if (const auto written = writeConfig(port); !written) {
        return written;
    }
    // It must not outlive us, whatever happens to us.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_process.start(sshd, {u"-D"_s, u"-e"_s, u"-f"_s, path(u"sshd_config"_s)});
    QByteArray log;
    const QDeadlineTimer deadline(startLimit);
    while (!log.contains("Server listening") && !deadline.hasExpired()
           && (m_process.state() != QProcess::NotRunning || m_process.bytesAvailable() > 0)) {
        m_process.waitForReadyRead(milliseconds(100ms));
        log += m_process.readAllStandardError();
    }
    if (!log.contains("Server listening")) {
        stop();
        return base::Failure(failure(base::ErrorKind::Internal, u"start sshd"_s,
                                     path(u"sshd_config"_s), QString::fromUtf8(log)));
    }
    m_port = port;
    // Nobody reads on: what it logs from now on must not pile up.
    m_process.closeReadChannel(QProcess::StandardOutput);
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process,
                     [this] { m_process.readAllStandardError(); });
    return {};
}

void DemoServer::stop()
{
    if (m_process.state() == QProcess::NotRunning) {
        return;
    }
    m_process.terminate();
    if (!m_process.waitForFinished(milliseconds(stopLimit))) {
        m_process.kill();
        m_process.waitForFinished(milliseconds(stopLimit));
    }
}

} // namespace app
