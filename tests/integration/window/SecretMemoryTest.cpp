// Where a password must not be when it is not needed any more: in memory, in the process' arguments
// and environment, in files.

#include "tests/integration/ConnectionFixture.h"
#include "tests/support/ProcessMemory.h"
#include "tests/support/Reason.h"
#include "tests/support/TestKeyring.h"
#include "tests/support/ToolRun.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class SecretMemoryTest : public QObject
{
    Q_OBJECT

private slots:
    void searchFindsWhatIsThere();
    void passwordIsGoneAfterTheLogin();
};

void SecretMemoryTest::searchFindsWhatIsThere()
{
    const QByteArray masked = support::masked("marker of this very test");
    QByteArray text(masked.size(), '\0');
    QVERIFY(support::mappingsWith(masked + masked).isEmpty());

    text = support::masked(masked);

    QVERIFY(!support::mappingsWith(masked).isEmpty());
}

void SecretMemoryTest::passwordIsGoneAfterTheLogin()
{
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    const QString password = u"Marker-of-a-password-7391"_s;
    tests::TestKeyring keyring;
    const auto started = keyring.start();
    QVERIFY2(started, tests::reason(started).constData());
    tests::ConnectionFixture fixture;
    QVERIFY(fixture.setUp());
    tests::SshServer server(tests::SshServerOptions().withPassword(password));
    const auto serving = server.start();
    QVERIFY2(serving, tests::reason(serving).constData());
    const ssh::ConnectionSettings settings = fixture.settingsFor(server);

    QProcess probe;
    probe.start(QStringLiteral(PROBE_PROGRAM),
                {QString::number(server.port()), server.userName(),
                 settings.knownHostsFiles.first(), fixture.path(u"secrets.ini"_s),
                 QStringLiteral(ACCESS_PROGRAM),
                 QString::fromLatin1(support::masked(password.toLatin1()).toHex())});
    QTRY_COMPARE_WITH_TIMEOUT(probe.state(), QProcess::NotRunning, std::chrono::seconds(120));

    const QByteArray output = probe.readAllStandardOutput();
    QVERIFY2(probe.exitCode() == 0, output.constData());
    QCOMPARE(output.trimmed(), "");
    QVERIFY(!probe.readAllStandardError().contains(password.toLatin1()));
    QCOMPARE(keyring.service()->items().size(), 1);
    QCOMPARE(keyring.service()->items().first().secret, password.toLatin1());
    const auto files = tests::runTool(
        {.program = u"grep"_s,
         .arguments = {u"-rl"_s, password, fixture.path(QString()), keyring.directory()}});
    QCOMPARE(files.output, "");
}

QTEST_GUILESS_MAIN(SecretMemoryTest)

#include "SecretMemoryTest.moc"
