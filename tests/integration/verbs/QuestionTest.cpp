#include "tests/integration/verbs/TerminalRun.h"
#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QTest>

using namespace Qt::StringLiterals;
using tests::TerminalRun;
using tests::ToolResult;

// Host keys and passwords, asked on a terminal and through SSH_ASKPASS as ssh(1) describes it.
class QuestionTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void unknownHostUnderEachPolicy_data();
    void unknownHostUnderEachPolicy();
    void autoAddIsRemembered();
    void changedKeyIsRefused_data();
    void changedKeyIsRefused();
    void hostKeyIsAskedOnTheTerminal_data();
    void hostKeyIsAskedOnTheTerminal();
    void looseKeyIsMendedOnTheTerminal_data();
    void looseKeyIsMendedOnTheTerminal();
    void passwordIsAskedOnTheTerminal();
    void terminalIsRestoredAfterASignal();
    void askpassGivesThePassword();
    void wrongPasswordEnds();
    void askpassConfirmsTheHostKey();
    void neverAskpass();
    void withoutAnybodyToAskItIsRefused();

private:
    QStringList passwordLogin() const;
    QStringList unknownHost(const QString &policy) const;
    QMap<QString, QString> askpass(const QByteArray &script, const QString &require) const;

    tests::VerbFixture m_fixture;
    const QString m_password = u"corr\u00e8ct horse"_s;
};

void QuestionTest::initTestCase()
{
    tests::SshServerOptions options;
    if (tests::SshServer::whyNoPasswords().isEmpty()) {
        options.withPassword(m_password);
    }
    const auto ready = m_fixture.setUp(options);
    QVERIFY2(ready, tests::reason(ready).constData());
}

QStringList QuestionTest::passwordLogin() const
{
    return {u"exec"_s,
            u"--no-agent"_s,
            u"--no-default-keys"_s,
            u"--known-hosts"_s,
            m_fixture.path(u"known_hosts"_s),
            m_fixture.target(),
            u"--"_s,
            u"echo in"_s};
}

// A file for known hosts that nobody has written to.
QStringList QuestionTest::unknownHost(const QString &policy) const
{
    const QString file = m_fixture.path(u"empty_known_hosts"_s);
    QFile::remove(file);
    QStringList arguments
        = m_fixture.commandLine(u"exec"_s, {m_fixture.target(), u"--"_s, u"echo in"_s});
    arguments[arguments.indexOf(u"--known-hosts"_s) + 1] = file;
    return QStringList{arguments.takeFirst(), u"--host-key-policy"_s, policy} + arguments;
}

QMap<QString, QString> QuestionTest::askpass(const QByteArray &script, const QString &require) const
{
    return {{u"SSH_ASKPASS"_s, m_fixture.script(u"askpass"_s, script)},
            {u"SSH_ASKPASS_REQUIRE"_s, require}};
}

void QuestionTest::unknownHostUnderEachPolicy_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<int>("exitStatus");
    QTest::addColumn<bool>("isStored");

    QTest::newRow("reject") << u"reject"_s << 255 << false;
    QTest::newRow("warn") << u"warn"_s << 0 << false;
    QTest::newRow("auto-add") << u"auto-add"_s << 0 << true;
    QTest::newRow("ask without anybody to ask") << u"ask"_s << 255 << false;
}

void QuestionTest::unknownHostUnderEachPolicy()
{
    QFETCH(QString, policy);
    QFETCH(int, exitStatus);
    QFETCH(bool, isStored);
    const ToolResult result = m_fixture.run(unknownHost(policy));
    QCOMPARE(result.exitStatus, exitStatus);
    QCOMPARE(result.output, exitStatus == 0 ? "in\n" : "");
    QVERIFY(result.errors.startsWith("ponto: "));
    QCOMPARE(QFile::exists(m_fixture.path(u"empty_known_hosts"_s)), isStored);
}

void QuestionTest::autoAddIsRemembered()
{
    QCOMPARE(m_fixture.run(unknownHost(u"auto-add"_s)).exitStatus, 0);
    QFile file(m_fixture.path(u"empty_known_hosts"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), m_fixture.server().knownHostsLine(tests::KeyType::Ed25519));
}

void QuestionTest::changedKeyIsRefused_data()
{
    QTest::addColumn<QString>("policy");
    for (const QString &policy : {u"reject"_s, u"warn"_s, u"auto-add"_s, u"ask"_s}) {
        QTest::newRow(policy.toUtf8().constData()) << policy;
    }
}

void QuestionTest::changedKeyIsRefused()
{
    QFETCH(QString, policy);
    const QStringList arguments = unknownHost(policy);
    const auto other = tests::generateKey(m_fixture.path(u"other"_s));
    QVERIFY2(other, tests::reason(other).constData());
    QFile file(m_fixture.path(u"empty_known_hosts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[127.0.0.1]:" + QByteArray::number(m_fixture.server().port()) + ' '
               + other->publicLine + '\n');
    file.close();
    const ToolResult result = m_fixture.run(arguments, {}, askpass("echo yes\n", u"force"_s));
    QCOMPARE(result.exitStatus, 255);
    QCOMPARE(result.output, "");
    QVERIFY2(result.errors.contains("CHANGED"), result.errors.constData());
    QVERIFY(result.errors.contains("empty_known_hosts:1"));
}

void QuestionTest::hostKeyIsAskedOnTheTerminal_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("exitStatus");

    QTest::newRow("yes") << u"yes\n"_s << 0;
    QTest::newRow("no") << u"no\n"_s << 255;
    QTest::newRow("end of file") << u"\x04"_s << 255;
    QTest::newRow("after a slip") << u"maybe\nyes\n"_s << 0;
    QTest::newRow("fingerprint") << u"FINGERPRINT\n"_s << 0;
    QTest::newRow("another fingerprint") << u"SHA256:"_s + QString(43, u'A') + u'\n' << 255;
}

void QuestionTest::hostKeyIsAskedOnTheTerminal()
{
    QFETCH(QString, answer);
    QFETCH(int, exitStatus);
    const ToolResult keygen = tests::runTool(
        {.program = u"ssh-keygen"_s,
         .arguments
         = {u"-lf"_s,
            m_fixture.server().hostKey(tests::KeyType::Ed25519).privateFile + u".pub"_s}});
    const QByteArray fingerprint = keygen.output.split(' ').value(1);

    TerminalRun run(tests::VerbFixture::program(), unknownHost(u"ask"_s));
    QTRY_VERIFY(run.output().contains("yes/no/fingerprint"));
    QVERIFY(run.output().contains(fingerprint));
    QVERIFY(run.output().contains("127.0.0.1"));
    run.type(answer.toUtf8().replace("FINGERPRINT", fingerprint));
    QTRY_VERIFY(run.isOver());
    QCOMPARE(run.exitStatus(), exitStatus);
    QCOMPARE(QFile::exists(m_fixture.path(u"empty_known_hosts"_s)), exitStatus == 0);
}

void QuestionTest::looseKeyIsMendedOnTheTerminal_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("isMended");

    QTest::newRow("yes") << QByteArray("yes\n") << true;
    QTest::newRow("no") << QByteArray("no\n") << false;
    QTest::newRow("anything else") << QByteArray("y\n") << false;
}

void QuestionTest::looseKeyIsMendedOnTheTerminal()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, isMended);
    const auto key = tests::generateKey(m_fixture.path(u"loose"_s));
    QVERIFY2(key, tests::reason(key).constData());
    QVERIFY(m_fixture.server().authorize(key->publicLine));
    QVERIFY(QFile::setPermissions(key->privateFile,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    QStringList arguments
        = m_fixture.commandLine(u"exec"_s, {m_fixture.target(), u"--"_s, u"echo in"_s});
    arguments[arguments.indexOf(u"-i"_s) + 1] = key->privateFile;

    TerminalRun run(tests::VerbFixture::program(), arguments);
    QTRY_VERIFY(run.output().contains("mode 0604"));
    run.type(answer);

    QTRY_VERIFY(run.output().contains(isMended ? "in\r\n" : "0600"));
    QCOMPARE(QFile::permissions(key->privateFile).testFlag(QFile::ReadOther), !isMended);
}

void QuestionTest::passwordIsAskedOnTheTerminal()
{
    if (!tests::SshServer::whyNoPasswords().isEmpty()) {
        QSKIP(qPrintable(tests::SshServer::whyNoPasswords()));
    }
    TerminalRun run(tests::VerbFixture::program(), passwordLogin());
    QTRY_VERIFY(run.output().contains("Password of"));
    QVERIFY(!run.isEchoing());
    run.type("wrong\n");
    QTRY_VERIFY(run.output().contains("not right"));
    run.type(m_password.toUtf8() + '\n');
    QTRY_VERIFY(run.isOver());
    QCOMPARE(run.exitStatus(), 0);
    QVERIFY(run.isEchoing());
    QVERIFY(run.output().contains("in\r\n"));
    QVERIFY(!run.output().contains("wrong"));
    QVERIFY(!run.output().contains("horse"));
}

void QuestionTest::terminalIsRestoredAfterASignal()
{
    if (!tests::SshServer::whyNoPasswords().isEmpty()) {
        QSKIP(qPrintable(tests::SshServer::whyNoPasswords()));
    }
    TerminalRun run(tests::VerbFixture::program(), passwordLogin());
    QTRY_VERIFY(run.output().contains("Password of"));
    run.type("\x03"); // Ctrl+C
    QTRY_VERIFY(run.isOver());
    QCOMPARE(run.exitStatus(), 130);
    QVERIFY(run.isEchoing());
}

void QuestionTest::askpassGivesThePassword()
{
    if (!tests::SshServer::whyNoPasswords().isEmpty()) {
        QSKIP(qPrintable(tests::SshServer::whyNoPasswords()));
    }
    const QByteArray script
        = "case \"$1\" in *assword*) echo '" + m_password.toUtf8() + "';; esac\n";
    const ToolResult result = m_fixture.run(passwordLogin(), {}, askpass(script, u"force"_s));
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, "in\n");
}

void QuestionTest::wrongPasswordEnds()
{
    if (!tests::SshServer::whyNoPasswords().isEmpty()) {
        QSKIP(qPrintable(tests::SshServer::whyNoPasswords()));
    }
    const QString count = m_fixture.path(u"asked"_s);
    const ToolResult result
        = m_fixture.run(passwordLogin(), {},
                        askpass("echo x >>'" + count.toUtf8() + "'; echo wrong\n", u"force"_s));
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("log in"), result.errors.constData());
    QVERIFY(!result.errors.contains("wrong\n"));
    QFile file(count);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "x\nx\nx\n"); // NumberOfPasswordPrompts of ssh_config(5)
}

void QuestionTest::askpassConfirmsTheHostKey()
{
    const QByteArray confirm = "[ \"$SSH_ASKPASS_PROMPT\" = confirm ]\n";
    QCOMPARE(m_fixture.run(unknownHost(u"ask"_s), {}, askpass(confirm, u"force"_s)).exitStatus, 0);
    const QByteArray refuse = "exit 1\n";
    QCOMPARE(m_fixture.run(unknownHost(u"ask"_s), {}, askpass(refuse, u"force"_s)).exitStatus, 255);
    // What answers every question with a password has not said yes.
    const QByteArray parrot = "echo secret\n";
    QCOMPARE(m_fixture.run(unknownHost(u"ask"_s), {}, askpass(parrot, u"force"_s)).exitStatus, 255);
}

void QuestionTest::neverAskpass()
{
    auto environment = askpass("echo yes\n", u"never"_s);
    environment.insert(u"DISPLAY"_s, u":99"_s);
    QCOMPARE(m_fixture.run(unknownHost(u"ask"_s), {}, environment).exitStatus, 255);
    environment.remove(u"SSH_ASKPASS_REQUIRE"_s); // without a terminal, DISPLAY is enough
    QCOMPARE(m_fixture.run(unknownHost(u"ask"_s), {}, environment).exitStatus, 0);
    environment.remove(u"DISPLAY"_s);
    QCOMPARE(m_fixture.run(unknownHost(u"ask"_s), {}, environment).exitStatus, 255);
}

void QuestionTest::withoutAnybodyToAskItIsRefused()
{
    const ToolResult result = m_fixture.run(unknownHost(u"ask"_s));
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("SSH_ASKPASS"), result.errors.constData());
}

QTEST_GUILESS_MAIN(QuestionTest)
#include "QuestionTest.moc"
