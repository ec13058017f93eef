#include "app/DemoServer.h"

#include "ssh/Connection.h"
#include "ssh/ExecProcess.h"
#include "ssh/ProfileSettings.h"
#include "tests/support/Reason.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using ssh::Connection;

class DemoServerTest : public QObject
{
    Q_OBJECT

private slots:
    void logsInWithoutAQuestion();
    void startsInThePlayground();
    void sftpStartsThereToo();
    void refusesOtherKeys();
    void filesAreForTheUserAlone();
    void leavesNothingBehind();

private:
    static ssh::ConnectionSettings settingsFor(const app::DemoServer &server);
    static QStringList sshOptions(const app::DemoServer &server);
};

ssh::ConnectionSettings DemoServerTest::settingsFor(const app::DemoServer &server)
{
    const QTemporaryDir noSettings;
    auto settings
        = ssh::settingsFor(server.profile(), settings::Settings(noSettings.filePath(u"ini"_s)));
    settings.knownHostsFiles = {server.knownHostsFile()};
    return settings;
}

// For OpenSSH's own clients.
QStringList DemoServerTest::sshOptions(const app::DemoServer &server)
{
    const profiles::Profile profile = server.profile();
    return {u"-F"_s,
            u"none"_s,
            u"-o"_s,
            u"BatchMode=yes"_s,
            u"-o"_s,
            u"StrictHostKeyChecking=yes"_s,
            u"-o"_s,
            u"UserKnownHostsFile="_s + server.knownHostsFile(),
            u"-o"_s,
            u"IdentitiesOnly=yes"_s,
            u"-i"_s,
            profile.identityFiles.first(),
            u"-o"_s,
            u"Port=%1"_s.arg(profile.port),
            profile.user + u'@' + profile.host};
}

void DemoServerTest::logsInWithoutAQuestion()
{
    app::DemoServer server;
    const auto started = server.start();
    QVERIFY2(started, tests::reason(started).constData());

    Connection connection(settingsFor(server));
    const QSignalSpy prompts(&connection, &Connection::promptRaised);
    connection.open();
    QTRY_COMPARE(connection.state(), Connection::State::Ready);
    QCOMPARE(prompts.size(), 0);
    QCOMPARE(connection.info().loginMethod, u"publickey"_s);

    // The shell is the user's own: what its start-up files print comes before the mark.
    QByteArray output;
    const auto process
        = connection.start({.command = "echo MARK; pwd; echo $HOME; cat README.txt"});
    connect(process.get(), &ssh::ExecProcess::received, this,
            [&](const QByteArray &data, ssh::OutputStream stream) {
                if (stream == ssh::OutputStream::Standard) {
                    output += data;
                }
            });
    QSignalSpy ended(process.get(), &ssh::ExecProcess::finished);
    QVERIFY(ended.wait());
    const QByteArray playground = server.directory().toUtf8() + "/playground\n";
    QVERIFY2(output.contains("MARK\n" + playground + playground + "Welcome"), output.constData());
}

void DemoServerTest::startsInThePlayground()
{
    app::DemoServer server;
    QVERIFY(server.start());
    const tests::ToolResult result
        = tests::runTool({.program = u"ssh"_s,
                          .arguments = QStringList{u"-tt"_s} + sshOptions(server),
                          .input = "ls\nexit 5\n"});
    QCOMPARE(result.exitStatus, 5);
    QVERIFY2(result.output.contains("private server"), result.output.constData());
    QVERIFY2(result.output.contains("README.txt"), result.output.constData());
}

void DemoServerTest::sftpStartsThereToo()
{
    app::DemoServer server;
    QVERIFY(server.start());
    const tests::ToolResult result
        = tests::runTool({.program = u"sftp"_s,
                          .arguments = QStringList{u"-q"_s, u"-b"_s, u"-"_s} + sshOptions(server),
                          .input = "pwd\nls -l notes\n"});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.output.contains(server.directory().toUtf8() + "/playground"),
             result.output.constData());
    QVERIFY2(result.output.contains("shopping list.txt"), result.output.constData());
}

void DemoServerTest::refusesOtherKeys()
{
    app::DemoServer server;
    QVERIFY(server.start());
    ssh::ConnectionSettings settings = settingsFor(server);
    settings.identityFiles = {server.directory() + u"/host_key"_s};
    Connection connection(settings);
    const QSignalSpy prompts(&connection, &Connection::promptRaised);
    QSignalSpy closed(&connection, &Connection::closed);
    connection.open();
    QVERIFY(closed.wait());
    QCOMPARE(prompts.size(), 0); // no password is asked for: none would do
    QCOMPARE(closed.first().first().value<base::Result<void>>().error().kind,
             base::ErrorKind::AuthenticationFailed);
}

void DemoServerTest::filesAreForTheUserAlone()
{
    app::DemoServer server;
    QVERIFY(server.start());
    struct stat status;
    QCOMPARE(::stat(server.directory().toUtf8().constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0700U);
    const QFileInfo script(server.directory() + u"/playground/hello.sh"_s);
    QVERIFY(script.isExecutable());
    QVERIFY(QFileInfo(server.directory() + u"/playground/ideas"_s).isSymLink());
}

void DemoServerTest::leavesNothingBehind()
{
    QString directory;
    profiles::Profile profile;
    {
        app::DemoServer server;
        QVERIFY(server.start());
        directory = server.directory();
        profile = server.profile();
        const int fd = ::creat((directory.toUtf8() + "/playground/caf\xe9").constData(), 0600);
        QVERIFY(fd >= 0);
        ::close(fd);
        QFile::setPermissions(directory + u"/playground/notes/archive"_s, {});
        QFile::setPermissions(directory + u"/playground/notes"_s, {});
    }
    QVERIFY(!QFileInfo::exists(directory));

    ssh::ConnectionSettings settings;
    settings.host = profile.host;
    settings.port = profile.port;
    Connection connection(settings);
    QSignalSpy closed(&connection, &Connection::closed);
    connection.open();
    QVERIFY(closed.wait());
    QCOMPARE(closed.first().first().value<base::Result<void>>().error().kind,
             base::ErrorKind::Unreachable);
}

QTEST_GUILESS_MAIN(DemoServerTest)
#include "DemoServerTest.moc"
