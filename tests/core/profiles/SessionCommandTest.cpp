// Expected words are what /bin/sh makes of the line, and what `ssh -G` understands of it.

#include "profiles/SessionCommand.h"

#include "profiles/ProfileStore.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::ClientProgram;
using profiles::Profile;

class SessionCommandTest : public QObject
{
    Q_OBJECT

private slots:
    void plainSessionIsShort();
    void portsAndIpv6AreWrittenAsEachProgramHasThem();
    void shellSeesHostileWordsUnchanged();
    void clientUnderstandsIt();
    void savedJumpHostsAreNamedByTheirAddresses();
    void whatOpenSshCannotIsRefused();

private:
    static QString line(ClientProgram program, const Profile &profile)
    {
        const profiles::ProfileStore none{QString()};
        return profiles::commandLine(program, profile, none).value_or(u"none"_s);
    }
    static QByteArray outputOf(const QString &command)
    {
        QProcess shell;
        shell.start(u"/bin/sh"_s, {u"-c"_s, command});
        return shell.waitForFinished() ? shell.readAllStandardOutput() : QByteArray();
    }
};

void SessionCommandTest::plainSessionIsShort()
{
    Profile profile;
    profile.host = u"web01"_s;
    profile.user = u"ada"_s;
    QCOMPARE(line(ClientProgram::Ssh, profile), u"ssh ada@web01"_s);
    QCOMPARE(line(ClientProgram::Sftp, profile), u"sftp ada@web01"_s);
    QCOMPARE(line(ClientProgram::Scp, profile), u"scp FILE ada@web01:"_s);
}

void SessionCommandTest::portsAndIpv6AreWrittenAsEachProgramHasThem()
{
    Profile profile;
    profile.host = u"::1"_s;
    profile.port = 2222;
    QCOMPARE(line(ClientProgram::Ssh, profile), u"ssh -p 2222 ::1"_s);
    QCOMPARE(line(ClientProgram::Sftp, profile), u"sftp -P 2222 '[::1]'"_s);
    QCOMPARE(line(ClientProgram::Scp, profile), u"scp -P 2222 FILE '[::1]:'"_s);
}

void SessionCommandTest::shellSeesHostileWordsUnchanged()
{
    const QString hostile = u"a'b \"$(touch x)` \\ ; rm -rf / #\n*~é"_s;
    Profile profile;
    profile.host = u"web01"_s;
    profile.identityFiles = {hostile};
    profile.startupCommand = hostile;
    const QString command = line(ClientProgram::Ssh, profile);
    const QByteArray words = outputOf(u"printf '%s|' "_s + command);
    QCOMPARE(QString::fromUtf8(words), u"ssh|-i|%1|-t|web01|%1|"_s.arg(hostile));
    QCOMPARE(profiles::shellWord({}), u"''"_s);
}

void SessionCommandTest::clientUnderstandsIt()
{
    if (QStandardPaths::findExecutable(u"ssh"_s).isEmpty()) {
        QSKIP("OpenSSH's client is not installed");
    }
    Profile profile;
    profile.host = u"web01"_s;
    profile.user = u"ada"_s;
    profile.port = 2222;
    profile.useAgent = false;
    profile.identitiesOnly = true;
    profile.forwardAgent = true;
    profile.forwardX11 = true;
    profile.transport.compress = true;
    profile.environment = {u"A=b \"c\" \\ d"_s, u"E=f"_s};
    profile.route.jumpHosts = {profiles::TargetAddress::parse(u"eve@inner:2200").value()};
    profile.forwards
        = {profiles::Forward::parse(profiles::Forward::Kind::Local, u"8080:db:80"_s).value()};
    QString command = line(ClientProgram::Ssh, profile);
    command.replace(0, 3, u"ssh -F none -G"_s);
    const QByteArrayList said = outputOf(command).split('\n');
    for (const char *expected :
         {"host web01", "user ada", "port 2222", "identityagent none", "identitiesonly yes",
          "forwardagent yes", "forwardx11 yes", "forwardx11trusted yes", "compression yes",
          "proxyjump eve@inner:2200", "setenv E=f", "setenv A=b \"c\" \\ d",
          "localforward 8080 [db]:80"}) {
        QVERIFY2(said.contains(expected), expected);
    }
}

void SessionCommandTest::savedJumpHostsAreNamedByTheirAddresses()
{
    QTemporaryDir directory;
    profiles::ProfileStore store(directory.filePath(u"sessions.json"_s));
    Profile jump;
    jump.id = u"j"_s;
    jump.host = u"fe80::1"_s;
    jump.port = 2200;
    QVERIFY(store.save(jump));
    Profile profile;
    profile.host = u"web01"_s;
    profile.route.jumpHosts = {profiles::ProfileReference{u"j"_s}};
    QCOMPARE(profiles::commandLine(ClientProgram::Ssh, profile, store).value(),
             u"ssh -J '[fe80::1]:2200' web01"_s);
    QVERIFY(store.remove(u"j"_s));
    const auto gone = profiles::commandLine(ClientProgram::Ssh, profile, store);
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, base::ErrorKind::NotFound);
}

void SessionCommandTest::whatOpenSshCannotIsRefused()
{
    const profiles::ProfileStore none{QString()};
    Profile profile;
    profile.host = u"web01"_s;
    profile.route.proxy = base::ProxyAddress{base::ProxyAddress::Kind::Http, u"proxy"_s, 3128, {}};
    const auto refused = profiles::commandLine(ClientProgram::Ssh, profile, none);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Unsupported);
}

QTEST_GUILESS_MAIN(SessionCommandTest)
#include "SessionCommandTest.moc"
