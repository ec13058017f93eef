// X11 through a connection: a real X server here, real X programs and the real sshd there.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/ToolRun.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using tests::ConnectionProbe;
using tests::reason;
using Kind = ssh::Notice::Kind;

namespace {

qsizetype count(const QList<ssh::Notice> &notices, Kind kind)
{
    return std::ranges::count(notices, kind, &ssh::Notice::kind);
}

} // namespace

class X11ForwardingTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void displayIsNotThereUnlessItIsWanted();
    void programsUseTheDisplay();
    void cookieOfTheDisplayStaysHere();
    void wrongCookieIsRefused();
    void manyUseItAtOnce();
    void displayThatIsGoneIsAnAnswer();
    void noDisplayIsTold();
    void serverThatForwardsNoneIsToldOnce();
    void variablesThatAreDeclinedAreTold();

private:
    void startDisplay();
    std::unique_ptr<tests::SshServer> startServer(const QString &forwarding) const;
    ssh::ConnectionSettings settings() const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    QProcess m_display; // Xvfb
    QByteArray m_name; // as DISPLAY has it
    QByteArray m_cookie; // in hexadecimal
};

void X11ForwardingTest::initTestCase()
{
    for (const QString &tool : {u"Xvfb"_s, u"xauth"_s, u"xdpyinfo"_s}) {
        if (QStandardPaths::findExecutable(tool).isEmpty()) {
            QSKIP(qPrintable(tool + u" is not installed"_s));
        }
    }
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    startDisplay();
    m_server = startServer(u"yes"_s);
    QVERIFY(m_server);
}

// The X server chooses a free number, and lets nobody in who does not show the cookie.
void X11ForwardingTest::startDisplay()
{
    m_cookie = "0123456789abcdef0123456789abcdef";
    const QString authority = m_fixture.path(u"authority"_s);
    // The authority's number does not matter to the X server.
    tests::runTool({.program = u"xauth"_s,
                    .arguments = {u"-q"_s, u"-f"_s, authority, u"add"_s, u":0"_s, u"."_s,
                                  QString::fromLatin1(m_cookie)}});
    // Else it begins anew when its last client leaves, and drops those that are just coming.
    m_display.start(
        u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-auth"_s, authority, u"-nolisten"_s, u"tcp"_s, u"-noreset"_s});
    QVERIFY(m_display.waitForReadyRead(20'000));
    m_name = ":" + m_display.readAllStandardOutput().trimmed();
    tests::runTool(
        {.program = u"xauth"_s,
         .arguments = {u"-q"_s, u"-f"_s, authority, u"add"_s, QString::fromLatin1(m_name), u"."_s,
                       QString::fromLatin1(m_cookie)}});
    qputenv("XAUTHORITY", authority.toLocal8Bit());
}

// sshd calls xauth to write down what it is given, where the SetEnv says.
std::unique_ptr<tests::SshServer> X11ForwardingTest::startServer(const QString &forwarding) const
{
    auto server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions()
            .withAuthorizedKey(m_fixture.userKey().publicLine)
            .withMaxSessions(20)
            .withConfigLines({u"X11Forwarding "_s + forwarding,
                              u"SetEnv XAUTHORITY="_s + m_fixture.path(u"far-authority"_s)}));
    return server->start() ? std::move(server) : nullptr;
}

void X11ForwardingTest::init()
{
    qputenv("DISPLAY", m_name);
}

void X11ForwardingTest::cleanupTestCase()
{
    m_display.terminate();
    m_display.waitForFinished();
}

ssh::ConnectionSettings X11ForwardingTest::settings() const
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.forwardsX11 = true;
    return settings;
}

void X11ForwardingTest::displayIsNotThereUnlessItIsWanted()
{
    ConnectionProbe probe(m_fixture.settingsWithKey(*m_server));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.run("echo \"<$DISPLAY>\"").standard, "<>\n");
}

void X11ForwardingTest::programsUseTheDisplay()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    for (int i = 0; i < 2; ++i) {
        const auto result = probe.run("xdpyinfo");
        QVERIFY2(result.end && result.end->code == 0, result.error.constData());
        QVERIFY(result.standard.contains("number of screens:"));
    }
    QCOMPARE(count(probe.notices, Kind::DisplayDeclined), 0);
}

void X11ForwardingTest::cookieOfTheDisplayStaysHere()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const QByteArray list = probe.run("xauth list \"$DISPLAY\"").standard;
    QVERIFY2(list.contains("MIT-MAGIC-COOKIE-1"), list.constData());
    QVERIFY(!list.contains(m_cookie));
}

void X11ForwardingTest::wrongCookieIsRefused()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto result = probe.run("export XAUTHORITY=\"$PWD/wrong\"; xauth -q -f wrong add "
                                  "\"$DISPLAY\" . "
                                  + m_cookie + "; xdpyinfo");
    QVERIFY(result.end && result.end->code != 0);
    QVERIFY(!result.standard.contains("number of screens:"));
    QCOMPARE(probe.run("echo still here").standard, "still here\n");
}

void X11ForwardingTest::manyUseItAtOnce()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto result = probe.run("for i in $(seq 20); do xdpyinfo > screens$i & done; wait; "
                                  "cat screens* | grep -c 'number of screens:'");
    QVERIFY2(result.standard.trimmed() == "20", (result.standard + result.error).constData());
}

void X11ForwardingTest::displayThatIsGoneIsAnAnswer()
{
    qputenv("DISPLAY", ":5999");
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto result = probe.run("xdpyinfo");
    QVERIFY(result.end && result.end->code != 0);
    QCOMPARE(probe.run("echo still here").standard, "still here\n");
}

void X11ForwardingTest::noDisplayIsTold()
{
    qunsetenv("DISPLAY");
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.run("echo \"<$DISPLAY>\"").standard, "<>\n");
    QCOMPARE(count(probe.notices, Kind::NoDisplay), 1);
}

void X11ForwardingTest::serverThatForwardsNoneIsToldOnce()
{
    const auto server = startServer(u"no"_s);
    QVERIFY(server);
    auto wanted = m_fixture.settingsWithKey(*server);
    wanted.forwardsX11 = true;
    ConnectionProbe probe(wanted);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(probe.run("echo \"<$DISPLAY>\"").standard, "<>\n");
    }
    QCOMPARE(count(probe.notices, Kind::DisplayDeclined), 1);
}

void X11ForwardingTest::variablesThatAreDeclinedAreTold()
{
    auto plain = m_fixture.settingsWithKey(*m_server);
    plain.environment = {{"PONTO_ONE", "1"}, {"PONTO_TWO", "2"}};
    ConnectionProbe probe(plain);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    probe.run("true");
    probe.run("true");
    QCOMPARE(count(probe.notices, Kind::VariablesDeclined), 1);
    QCOMPARE(probe.notices.last().text, u"PONTO_ONE, PONTO_TWO"_s);
}

QTEST_GUILESS_MAIN(X11ForwardingTest)

#include "X11ForwardingTest.moc"
