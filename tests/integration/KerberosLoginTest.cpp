// Logins with a Kerberos ticket: a real key distribution center and a real sshd.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/integration/KerberosRealm.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/ToolRun.h"

#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using tests::ConnectionProbe;
using tests::reason;

class KerberosLoginTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void withoutATicketTheNextMethodIsTried();
    void ticketLogsIn();
    void ticketOfAnotherServerIsOfNoUse();
    void partialSuccessToTheOfferIsNoProof();

private:
    ssh::ConnectionSettings settings() const
    {
        auto settings = m_fixture.settingsWithKey(*m_server);
        settings.loginOrder = profiles::allLoginSources();
        return settings;
    }

    tests::ConnectionFixture m_fixture;
    tests::KerberosRealm m_realm;
    std::unique_ptr<tests::SshServer> m_server;
};

namespace {

bool isToldUnproved(const ConnectionProbe &probe)
{
    return std::ranges::contains(probe.notices, ssh::Notice::Kind::LoginWithoutQuestion,
                                 &ssh::Notice::kind);
}

} // namespace

void KerberosLoginTest::initTestCase()
{
    if (const QString why = tests::KerberosRealm::whyUnavailable(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why)); // the login would be a real user, whose realm is another
    }
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    const auto started = m_realm.start(u"tester"_s, u"127.0.0.1"_s);
    QVERIFY2(started, reason(started).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions()
            .withAuthorizedKey(m_fixture.userKey().publicLine)
            .withEnvironment(m_realm.environment())
            .withConfigLines({u"GSSAPIAuthentication yes"_s, u"GSSAPIStrictAcceptorCheck no"_s}));
    const auto listening = m_server->start();
    QVERIFY2(listening, reason(listening).constData());
    for (const QString &name : m_realm.environment().keys()) {
        qputenv(name.toLatin1().constData(), m_realm.environment().value(name).toLocal8Bit());
    }
}

void KerberosLoginTest::withoutATicketTheNextMethodIsTried()
{
    ConnectionProbe probe(settings());

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const ssh::ConnectionInfo &info = probe.connection().info();
    QCOMPARE(info.loginMethod, u"publickey"_s);
    QVERIFY2(info.loginTrace.toText().contains(u"no Kerberos ticket"_s),
             qPrintable(info.loginTrace.toText()));
}

void KerberosLoginTest::ticketLogsIn()
{
    const auto login = m_realm.login();
    QVERIFY2(login, reason(login).constData());
    ConnectionProbe probe(settings());

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().loginMethod, u"gssapi-with-mic"_s);
    QVERIFY(probe.prompts.isEmpty());
    QVERIFY(!isToldUnproved(probe));
    QCOMPARE(probe.run("echo in").standard, QByteArray("in\n"));
}

// Known to the center by its address alone.
void KerberosLoginTest::ticketOfAnotherServerIsOfNoUse()
{
    const auto login = m_realm.login();
    QVERIFY2(login, reason(login).constData());
    auto other = settings();
    other.host = u"localhost"_s;
    other.hostKeyPolicy = hostkeys::HostKeyPolicy::Warn;
    ConnectionProbe probe(other);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().loginMethod, u"publickey"_s);
}

// The server goes on before any token was exchanged, and then asks nothing.
void KerberosLoginTest::partialSuccessToTheOfferIsNoProof()
{
    const QString python = u"/usr/bin/python3"_s;
    const auto module
        = tests::runTool({.program = python, .arguments = {u"-c"_s, u"import asyncssh"_s}});
    if (module.exitStatus != 0) {
        QSKIP("python3-asyncssh is not installed");
    }
    const auto login = m_realm.login();
    QVERIFY2(login, reason(login).constData());
    const auto hostKey = tests::generateKey(m_fixture.path(u"other_host_key"_s));
    QVERIFY2(hostKey, reason(hostKey).constData());
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(python, {QStringLiteral(LOGIN_SERVER), u"partial-offer"_s, hostKey->privateFile});
    QTRY_VERIFY_WITH_TIMEOUT(server.canReadLine(), 20'000);
    auto settings = m_fixture.settingsFor(server.readLine().trimmed().toUShort(), *hostKey);
    settings.loginOrder = profiles::allLoginSources();
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const QString trace = probe.connection().info().loginTrace.toText();
    QVERIFY2(trace.contains(u"Kerberos ticket"_s), qPrintable(trace));
    QCOMPARE(probe.connection().info().loginMethod, u"keyboard-interactive"_s);
    QVERIFY(isToldUnproved(probe));
    server.kill();
    server.waitForFinished();
}

QTEST_GUILESS_MAIN(KerberosLoginTest)

#include "KerberosLoginTest.moc"
