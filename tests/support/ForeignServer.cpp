#include "tests/support/ForeignServer.h"

#include "tests/support/PrivateUsers.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tests {
namespace {

constexpr auto startLimit = 20s;
constexpr auto stopLimit = 5s;
const QString python = u"/usr/bin/python3"_s; // the distribution's, which has its packages
const QString modulesOfProftpd = u"/usr/lib/proftpd/"_s;

base::Error failure(const QString &operation, const QString &subject, const QByteArray &detail)
{
    return {.operation = operation, .subject = subject, .detail = QString::fromUtf8(detail)};
}

base::Result<void> writeSecret(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.flush()
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)) {
        return base::Failure(failure(u"write"_s, path, file.errorString().toUtf8()));
    }
    return {};
}

// What a tool prints.
base::Result<QByteArray> outputOf(const QString &program, const QStringList &arguments)
{
    const ToolResult result = runTool({.program = program, .arguments = arguments});
    if (result.exitStatus != 0) {
        return base::Failure(failure(u"run"_s, program, result.errors));
    }
    return result.output;
}

QString find(const QString &program)
{
    return QStandardPaths::findExecutable(program,
                                          {u"/usr/sbin"_s, u"/usr/bin"_s, u"/usr/local/sbin"_s});
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

// Whether the server on `port` says the first words of the protocol (RFC 4253 section 4.2).
bool introducesItself(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return QTest::qWaitFor(
               [&socket] {
                   return socket.bytesAvailable() >= 4
                       || socket.state() == QAbstractSocket::UnconnectedState;
               },
               2s)
        && socket.read(4) == "SSH-";
}

} // namespace

QString ForeignServer::whyUnavailable(Kind kind)
{
    const auto lacksModule
        = [](const QString &module) { return !outputOf(python, {u"-c"_s, u"import "_s + module}); };
    switch (kind) {
    case Kind::Dropbear:
        return find(u"dropbear"_s).isEmpty() ? u"dropbear-bin is not installed"_s
                                             : PrivateUsers::whyUnavailable();
    case Kind::ProFtpd:
        return find(u"proftpd"_s).isEmpty() || !QFile::exists(modulesOfProftpd + u"mod_sftp.so"_s)
            ? u"proftpd-core or proftpd-mod-crypto is not installed"_s
            : PrivateUsers::whyUnavailable();
    case Kind::AsyncSsh:
        return lacksModule(u"asyncssh"_s) ? u"python3-asyncssh is not installed"_s : QString();
    case Kind::Paramiko:
    case Kind::Hostile:
        break;
    }
    return lacksModule(u"paramiko"_s) ? u"python3-paramiko is not installed"_s : QString();
}

ForeignServer::ForeignServer(Kind kind, KeyPair userKey)
    : m_kind(kind)
    , m_userKey(std::move(userKey))
{
}

ForeignServer::~ForeignServer()
{
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->terminate();
        if (!m_process->waitForFinished(
                static_cast<int>(std::chrono::milliseconds(stopLimit).count()))) {
            m_process->kill();
            m_process->waitForFinished();
        }
    }
}

base::Result<void> ForeignServer::start()
{
    QDir().mkpath(home() + u"/.ssh"_s);
    const auto hostKey = generateKey(path(u"host_key"_s));
    if (!hostKey) {
        return base::Failure(hostKey.error());
    }
    m_hostKey = *hostKey;
    m_port = freePort();
    const auto words = command();
    if (!words) {
        return base::Failure(words.error());
    }
    m_process = std::make_unique<QProcess>();
    m_process->setWorkingDirectory(home());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(path(u"log"_s));
    m_process->start(words->first(), words->sliced(1));
    const bool isUp = QTest::qWaitFor(
        [this] { return m_process->state() == QProcess::NotRunning || introducesItself(m_port); },
        startLimit);
    if (!isUp || m_process->state() == QProcess::NotRunning) {
        QFile log(path(u"log"_s));
        const bool isReadable = log.open(QIODevice::ReadOnly);
        return base::Failure(
            failure(u"start"_s, words->last(), isReadable ? log.readAll() : "no log"));
    }
    return {};
}

base::Result<QStringList> ForeignServer::command() const
{
    switch (m_kind) {
    case Kind::Dropbear:
        return dropbear();
    case Kind::ProFtpd:
        return proftpd();
    case Kind::AsyncSsh:
        return script(u"asyncssh_server.py"_s);
    case Kind::Paramiko:
        return script(u"paramiko_server.py"_s);
    case Kind::Hostile:
        break;
    }
    return script(u"hostile_server.py"_s);
}

base::Result<QStringList> ForeignServer::dropbear() const
{
    const QString directory = home() + u"/.ssh"_s;
    QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return outputOf(u"dropbearconvert"_s,
                    {u"openssh"_s, u"dropbear"_s, m_hostKey.privateFile, path(u"dropbear_key"_s)})
        .and_then([&](const QByteArray &) {
            return writeSecret(directory + u"/authorized_keys"_s, m_userKey.publicLine + '\n');
        })
        .and_then([&] {
            return asTester({find(u"dropbear"_s), u"-F"_s, u"-E"_s, u"-p"_s,
                             u"127.0.0.1:%1"_s.arg(m_port), u"-r"_s, path(u"dropbear_key"_s),
                             u"-P"_s, path(u"pid"_s)});
        });
}

base::Result<QStringList> ForeignServer::proftpd() const
{
    const QString id = QString::number(PrivateUsers::userId());
    // Built in or not, as the distribution likes: ProFTPD 1.3.8 of Debian 12 and of 13 differ.
    QStringList lines;
    for (const QString &module : {u"mod_auth_file"_s, u"mod_xfer"_s, u"mod_sftp"_s}) {
        if (QFile::exists(modulesOfProftpd + module + u".so"_s)) {
            lines << u"LoadModule "_s + module + u".c"_s;
        }
    }
    lines << QStringList{
        u"ServerType standalone"_s,
        u"Port %1"_s.arg(m_port),
        u"DefaultAddress 127.0.0.1"_s,
        u"SocketBindTight on"_s,
        u"UseIPv6 off"_s,
        u"User tester"_s,
        u"Group tester"_s,
        u"RootLogin on"_s, // the login may be uid 0
        u"PidFile "_s + path(u"pid"_s),
        u"ScoreboardFile "_s + path(u"scoreboard"_s),
        u"<IfModule mod_delay.c>"_s,
        u"DelayEngine off"_s,
        u"</IfModule>"_s,
        u"SystemLog "_s + path(u"system_log"_s),
        u"WtmpLog off"_s,
        u"RequireValidShell off"_s,
        u"<IfModule mod_auth_pam.c>"_s,
        u"AuthPAM off"_s,
        u"</IfModule>"_s,
        u"AuthUserFile "_s + path(u"ftp_passwd"_s),
        u"AuthOrder mod_auth_file.c"_s,
        u"SFTPEngine on"_s,
        u"SFTPHostKey "_s + m_hostKey.privateFile,
        u"SFTPAuthorizedUserKeys file:"_s + path(u"authorized_rfc4716"_s),
        u"AllowOverwrite on"_s,
        u"AllowStoreRestart on"_s,
    };
    const QByteArray user
        = u"tester:*:%1:%1::%2:/bin/sh\n"_s.arg(id, home()).toUtf8(); // no password fits
    return outputOf(u"ssh-keygen"_s,
                    {u"-e"_s, u"-m"_s, u"RFC4716"_s, u"-f"_s, m_userKey.privateFile + u".pub"_s})
        .and_then(
            [&](const QByteArray &key) { return writeSecret(path(u"authorized_rfc4716"_s), key); })
        .and_then([&] { return writeSecret(path(u"ftp_passwd"_s), user); })
        .and_then(
            [&] { return writeSecret(path(u"proftpd.conf"_s), lines.join(u'\n').toUtf8() + '\n'); })
        .and_then([&] {
            return asTester({find(u"proftpd"_s), u"-n"_s, u"-c"_s, path(u"proftpd.conf"_s)});
        });
}

base::Result<QStringList> ForeignServer::script(const QString &name) const
{
    return writeSecret(path(u"authorized_keys"_s), m_userKey.publicLine + '\n').transform([&] {
        return QStringList{python, QStringLiteral(PONTO_FOREIGN_SERVERS "/") + name,
                           QString::number(m_port), m_hostKey.privateFile,
                           path(u"authorized_keys"_s)};
    });
}

base::Result<QStringList> ForeignServer::asTester(const QStringList &command) const
{
    return PrivateUsers::create(m_directory.path(),
                                {.name = u"tester"_s, .password = {}, .home = home()})
        .transform([&command](const PrivateUsers &users) { return users.wrapped(command); });
}

} // namespace tests
