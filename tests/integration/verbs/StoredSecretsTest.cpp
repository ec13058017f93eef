// Passwords from the keyring for the verbs, with the real program on both sides of it.

#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/TestKeyring.h"
#include "vault/KeychainStore.h"
#include "vault/KeyringAccess.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Mood = tests::SecretService::Mood;
using tests::ToolResult;

class StoredSecretsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void storedPasswordLogsIn();
    void storedPasswordOfTheJumpHostLogsIn();
    void refusedPasswordIsTold();
    void switchLeavesTheKeyringAlone();
    void otherPlaceIsNotLookedAt();
    void refusingKeyringIsTold();
    void accessRefusesNonsense();

private:
    ToolResult run(const QStringList &options = {});
    void storePassword(const QString &password);

    std::unique_ptr<tests::TestKeyring> m_keyring;
    tests::VerbFixture m_fixture;
    const QString m_password = u"corr\u00e8ct horse"_s;
};

void StoredSecretsTest::initTestCase()
{
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    const auto ready = m_fixture.setUp(tests::SshServerOptions().withPassword(m_password));
    QVERIFY2(ready, tests::reason(ready).constData());
}

void StoredSecretsTest::init()
{
    m_keyring = std::make_unique<tests::TestKeyring>();
    const auto started = m_keyring->start();
    QVERIFY2(started, tests::reason(started).constData());
    storePassword(m_password);
}

// As the window would: with the same program, into the list of the same configuration.
void StoredSecretsTest::storePassword(const QString &password)
{
    vault::KeychainStore store({tests::VerbFixture::program(), vault::KeyringAccess::argument},
                               m_fixture.path(u"config/secrets.ini"_s), std::chrono::seconds(30));
    const auto id = vault::SecretId::password(
        m_fixture.server().userName(), m_fixture.server().address(), m_fixture.server().port());
    const auto stored = store.store(id, base::SecretString::fromText(password));
    QTRY_VERIFY_WITH_TIMEOUT(stored.isFinished(), std::chrono::seconds(30));
    QVERIFY(stored.result());
}

// Without a terminal or anything else that could answer. The keyring lives in this process, so that
// it must not be blocked meanwhile.
ToolResult StoredSecretsTest::run(const QStringList &options)
{
    QProcess process;
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    environment.insert(u"HOME"_s, m_keyring->directory());
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_keyring->busAddress());
    process.setProcessEnvironment(environment);
    process.start(u"setsid"_s,
                  QStringList{u"--wait"_s, tests::VerbFixture::program(), u"exec"_s,
                              u"--no-agent"_s, u"--no-default-keys"_s, u"--known-hosts"_s,
                              m_fixture.path(u"known_hosts"_s), u"--config-dir"_s,
                              m_fixture.path(u"config"_s)}
                      + options + QStringList{m_fixture.target(), u"--"_s, u"echo in"_s});
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; },
                         std::chrono::seconds(45))) {
        process.kill();
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void StoredSecretsTest::storedPasswordLogsIn()
{
    const ToolResult result = run();
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, "in\n");
    QCOMPARE(result.errors, "");
}

// The server is its own jump host: both ask for the password that is stored for it.
void StoredSecretsTest::storedPasswordOfTheJumpHostLogsIn()
{
    const qsizetype before = m_fixture.server().logText().count("Accepted password");
    const ToolResult result = run({u"-J"_s, m_fixture.target()});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, "in\n");
    QCOMPARE(m_fixture.server().logText().count("Accepted password"), before + 2);
}

void StoredSecretsTest::refusedPasswordIsTold()
{
    storePassword(u"of last year"_s);
    const ToolResult result = run();
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("What is stored for"), result.errors.constData());
    QVERIFY(!result.errors.contains("of last year"));
    QCOMPARE(m_keyring->service()->items().size(), 1); // it is the user who forgets
}

void StoredSecretsTest::switchLeavesTheKeyringAlone()
{
    const ToolResult result = run({u"--no-keyring"_s});
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("SSH_ASKPASS"), result.errors.constData());
}

void StoredSecretsTest::otherPlaceIsNotLookedAt()
{
    QFile settings(m_fixture.path(u"config/settings.ini"_s));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write("[secrets]\nplace=ask\n");
    settings.close();
    const ToolResult result = run();
    settings.remove();
    QCOMPARE(result.exitStatus, 255);
}

void StoredSecretsTest::refusingKeyringIsTold()
{
    m_keyring->service()->setMood(Mood::Refusing);
    const ToolResult result = run();
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("keyring"), result.errors.constData());
}

// What calls it from elsewhere gets nothing.
void StoredSecretsTest::accessRefusesNonsense()
{
    const ToolResult result = tests::runTool({.program = tests::VerbFixture::program(),
                                              .arguments = {vault::KeyringAccess::argument},
                                              .input = "give me everything\n"});
    QVERIFY(result.exitStatus != 0);
    QCOMPARE(result.output, "");
}

QTEST_GUILESS_MAIN(StoredSecretsTest)

#include "StoredSecretsTest.moc"
