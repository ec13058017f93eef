#include "sftp/ServerCommand.h"

#include <QProcess>
#include <QTest>

#include <variant>

using namespace Qt::StringLiterals;

class ServerCommandTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsTheSubsystem();
    void commandIsRun_data();
    void commandIsRun();
    void sudoFindsTheServer();
};

void ServerCommandTest::nothingIsTheSubsystem()
{
    for (const QString &command : {QString(), u"  "_s}) {
        const auto request = sftp::serverRequest(command);
        QVERIFY(std::holds_alternative<ssh::SubsystemRequest>(request));
        QCOMPARE(std::get<ssh::SubsystemRequest>(request).name, "sftp");
    }
}

void ServerCommandTest::commandIsRun_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("run");
    QTest::newRow("a program") << u"/usr/lib/openssh/sftp-server -e"_s
                               << QByteArray("/usr/lib/openssh/sftp-server -e");
    QTest::newRow("as root") << u"sudo /usr/lib/openssh/sftp-server"_s
                             << QByteArray("sudo -n /usr/lib/openssh/sftp-server");
    QTest::newRow("blanks around it")
        << u" sudo -u www-data sftp "_s << QByteArray("sudo -n -u www-data sftp");
    QTest::newRow("a name that begins alike") << u"sudoku"_s << QByteArray("sudoku");
}

void ServerCommandTest::commandIsRun()
{
    QFETCH(QString, command);
    QFETCH(QByteArray, run);
    const auto request = sftp::serverRequest(command);
    QVERIFY(std::holds_alternative<ssh::ExecRequest>(request));
    QCOMPARE(std::get<ssh::ExecRequest>(request).command, run);
}

// A shell runs it here, with a function in the place of sudo(8).
void ServerCommandTest::sudoFindsTheServer()
{
    const auto request = sftp::serverRequest(u"sudo"_s);
    QVERIFY(std::holds_alternative<ssh::ExecRequest>(request));
    const QByteArray command = std::get<ssh::ExecRequest>(request).command;
    const QString shown = QString::fromUtf8(command).replace(u"exec sudo"_s, u"exec echo sudo"_s);
    QProcess shell;

    shell.start(u"sh"_s, {u"-c"_s, shown});

    QVERIFY(shell.waitForFinished());
    const QByteArray output = shell.readAllStandardOutput();
    QVERIFY2(output.startsWith("sudo -n /usr/lib") && output.trimmed().endsWith("/sftp-server"),
             output.constData());
}

QTEST_GUILESS_MAIN(ServerCommandTest)

#include "ServerCommandTest.moc"
