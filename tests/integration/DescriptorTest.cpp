// Every descriptor of a connection has one owner: none is closed twice, which in a program with
// threads hits what another has opened meanwhile, and none stays open.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SlowLink.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestProxy.h"

#include <QDir>
#include <QTest>

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::ConnectionProbe;
using tests::reason;
using tests::SlowLink;

namespace {

constexpr int cuts = 10;
constexpr int closes = 3;

std::atomic<int> closesOfNothing = 0;

qsizetype openDescriptors()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System).size();
}

} // namespace

// Stands before the C library's own, for all libraries of this program.
extern "C" int close(int fd)
{
    const long result = ::syscall(SYS_close, fd);
    if (result != 0 && errno == EBADF) {
        ++closesOfNothing;
    }
    return static_cast<int>(result);
}

class DescriptorTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cutConnection_data() { addRoutes(); }
    void cutConnection();
    void lostWhileConnecting_data() { addRoutes(); }
    void lostWhileConnecting();
    void closedConnection_data() { addRoutes(); }
    void closedConnection();

private:
    enum class Way { Direct, Proxy, Command, JumpHost };

    static void addRoutes();
    ssh::ConnectionSettings settingsFor(Way way) const; // across the link
    void begin(Way way);
    void awaitEndOfAll() const;
    void verifyOwnership() const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<SlowLink> m_link;
    std::unique_ptr<tests::TestProxy> m_proxy;
    qsizetype m_descriptorsBefore = 0;
};

void DescriptorTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
    m_link = std::make_unique<SlowLink>(m_server->address(), m_server->port());
    QVERIFY(m_link->start());
    m_proxy = std::make_unique<tests::TestProxy>(tests::ProxyScript());
    QVERIFY(m_proxy->start());
}

void DescriptorTest::addRoutes()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("direct") << Way::Direct;
    QTest::newRow("proxy") << Way::Proxy;
    QTest::newRow("proxy command") << Way::Command;
    QTest::newRow("jump host") << Way::JumpHost;
}

ssh::ConnectionSettings DescriptorTest::settingsFor(Way way) const
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Warn; // the link's port is not known
    settings.port = m_link->port();
    switch (way) {
    case Way::Direct:
        break;
    case Way::Proxy:
        settings.route = m_proxy->address();
        break;
    case Way::Command:
        settings.route = net::ProxyCommand{u"bash -c \"exec 3<>/dev/tcp/%h/%p 4<&0; "
                                           "cat <&4 >&3 & cat <&3; kill $!\""_s};
        break;
    case Way::JumpHost: {
        const auto jumpHost = std::make_shared<const ssh::ConnectionSettings>(settings);
        settings.port = m_server->port();
        settings.route = ssh::JumpVia{jumpHost};
        break;
    }
    }
    return settings;
}

// What the program keeps after its first connection is there from now on. One that it lets go may
// still be counted: what is lost with every connection is more after several of them all the same.
void DescriptorTest::begin(Way way)
{
    m_link->cutAfter(SlowLink::Direction::ToClient, qint64{1} << 40); // forgets an earlier one
    {
        ConnectionProbe probe(settingsFor(way));
        QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    }
    awaitEndOfAll();
    m_descriptorsBefore = openDescriptors();
    closesOfNothing = 0;
}

void DescriptorTest::awaitEndOfAll() const
{
    QTRY_COMPARE_WITH_TIMEOUT(m_server->sessionCount(), 0, 10'000);
    QTRY_COMPARE(m_link->connectionCount(), 0);
}

void DescriptorTest::verifyOwnership() const
{
    awaitEndOfAll();
    QCOMPARE(closesOfNothing.load(), 0);
    QTRY_VERIFY2(
        openDescriptors() <= m_descriptorsBefore,
        qPrintable(u"%1 open, %2 before"_s.arg(openDescriptors()).arg(m_descriptorsBefore)));
}

// Answers in the middle of data, because libssh closes its socket by itself where a write fails.
void DescriptorTest::cutConnection()
{
    QFETCH(Way, way);
    begin(way);

    for (int i = 0; i < cuts; ++i) {
        ConnectionProbe probe(settingsFor(way));
        QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
        m_link->cutAfter(SlowLink::Direction::ToClient, 50'000 + i * 30'000);
        QVERIFY(!probe.run("head -c 20000000 /dev/zero").end);
        QVERIFY(probe.waitForEnd());
        QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    }

    verifyOwnership();
}

void DescriptorTest::lostWhileConnecting()
{
    QFETCH(Way, way);
    begin(way);

    for (int i = 0; i < cuts; ++i) {
        ConnectionProbe probe(settingsFor(way));
        m_link->cutAfter(SlowLink::Direction::ToClient, 1 + i * 130);
        QVERIFY(!probe.connectAndWait());
    }

    verifyOwnership();
}

// The server's side sees the end too, and is told good-bye, where nobody in between ends sooner.
void DescriptorTest::closedConnection()
{
    QFETCH(Way, way);
    begin(way);
    const qsizetype farewells = m_server->logText().count("Received disconnect from");

    for (int i = 0; i < closes; ++i) {
        ConnectionProbe probe(settingsFor(way));
        QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
        probe.connection().close();
        QVERIFY(probe.waitForEnd());
    }

    verifyOwnership();
    if (way == Way::Direct) {
        QTRY_VERIFY(m_server->logText().count("Received disconnect from") > farewells);
    }
}

QTEST_GUILESS_MAIN(DescriptorTest)

#include "DescriptorTest.moc"
