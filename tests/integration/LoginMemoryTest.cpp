// What is answered once need not be answered again: by a second connection, or by a reconnect.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::answering;
using tests::ConnectionProbe;
using tests::reason;
using tests::SshServerOptions;

class LoginMemoryTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void twinAsksNothing();
    void reconnectAsksNothing();
    void reconnectAsksNothingOnTheJumpHost();
    void rememberedPasswordThatIsWrongIsAskedFor();

private:
    std::unique_ptr<tests::SshServer> serve(const SshServerOptions &options);

    tests::ConnectionFixture m_fixture;
};

void LoginMemoryTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    QVERIFY2(tests::SshServer::whyNoPasswords().isEmpty(),
             qPrintable(tests::SshServer::whyNoPasswords()));
}

std::unique_ptr<tests::SshServer> LoginMemoryTest::serve(const SshServerOptions &options)
{
    auto server = std::make_unique<tests::SshServer>(options);
    const auto started = server->start();
    if (!started) {
        qWarning("%s", reason(started).constData());
    }
    return server;
}

void LoginMemoryTest::twinAsksNothing()
{
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    ConnectionProbe probe(m_fixture.settingsFor(*server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"sesame"_s));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    const auto twin = ssh::Connection::openTwin(probe.connection());
    QSignalSpy prompts(twin.get(), &ssh::Connection::promptRaised);
    QTRY_COMPARE(twin->state(), ssh::Connection::State::Ready);
    QVERIFY(prompts.isEmpty());
}

void LoginMemoryTest::reconnectAsksNothing()
{
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    ConnectionProbe probe(m_fixture.settingsFor(*server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"sesame"_s));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const ssh::LoginMemory memory = probe.connection().memory();
    server->killSessions();
    QVERIFY(probe.waitForEnd());
    QVERIFY(probe.connection().memory().password.isEmpty()); // not kept any longer

    ssh::Connection again(m_fixture.settingsFor(*server), memory);
    QSignalSpy prompts(&again, &ssh::Connection::promptRaised);
    again.open();
    QTRY_COMPARE(again.state(), ssh::Connection::State::Ready);
    QVERIFY(prompts.isEmpty());
}

void LoginMemoryTest::reconnectAsksNothingOnTheJumpHost()
{
    const auto hop = serve(SshServerOptions().withPassword(u"sesame"_s));
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    ssh::ConnectionSettings settings = m_fixture.settingsFor(*server);
    settings.route = ssh::JumpVia{
        std::make_shared<const ssh::ConnectionSettings>(m_fixture.settingsFor(*hop))};
    QFile knownHosts(settings.knownHostsFiles.first());
    QVERIFY(knownHosts.open(QIODevice::Append)); // which has the jump host only
    knownHosts.write(server->knownHostsLine(tests::KeyType::Ed25519));
    knownHosts.close();
    ConnectionProbe probe(settings);
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"sesame"_s));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.prompts.size(), 2); // the passwords
    const ssh::LoginMemory memory = probe.connection().memory();
    QVERIFY(memory.jumpHost != nullptr && memory.isEnough());
    hop->killSessions();
    QVERIFY(probe.waitForEnd());

    ssh::Connection again(settings, memory);
    QSignalSpy prompts(&again, &ssh::Connection::promptRaised);
    again.open();
    QTRY_COMPARE(again.state(), ssh::Connection::State::Ready);
    QVERIFY(prompts.isEmpty());
}

void LoginMemoryTest::rememberedPasswordThatIsWrongIsAskedFor()
{
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    ssh::LoginMemory memory;
    memory.password = base::SecretString::fromText(u"of yesterday"_s);
    ssh::Connection connection(m_fixture.settingsFor(*server), memory);
    QList<ssh::Prompt> prompts;
    connect(&connection, &ssh::Connection::promptRaised, this, [&](const ssh::Prompt &prompt) {
        prompts.append(prompt);
        connection.answer(prompt.id, ssh::SecretAnswers{base::SecretString::fromText(u"sesame"_s)});
    });
    connection.open();

    QTRY_COMPARE(connection.state(), ssh::Connection::State::Ready);
    QCOMPARE(prompts.size(), 1);
    QCOMPARE(std::get<ssh::PasswordQuestion>(prompts.first().question).attempt, 2);
}

QTEST_GUILESS_MAIN(LoginMemoryTest)

#include "LoginMemoryTest.moc"
