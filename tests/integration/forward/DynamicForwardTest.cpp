// Dynamic forwards over a real sshd: SOCKS clients, well-behaved and otherwise.

#include "tests/integration/forward/ForwardFixture.h"
#include "tests/support/Reason.h"

using namespace Qt::StringLiterals;
using base::ErrorKind;
using profiles::Forward;
using tests::BlockingServer;
using tests::BlockingSocket;
using tests::inThread;
using tests::reason;
using Id = forward::ForwardSet::Id;

class DynamicForwardTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void version5ReachesAName();
    void version4ReachesAnAddress();
    void version4aReachesAName();
    void firstBytesAreNotLost();
    void closedTargetIsRefused();
    void prohibitedForwardIsNotAllowed();
    void rubbishIsClosedAndTold();
    void silentClientsHarmNobody();

private:
    QByteArray portBytes(quint16 port) const;
    QByteArray converse(const QByteArray &bytes, qsizetype answerSize) const;

    std::unique_ptr<tests::ForwardFixture> m_fixture;
    tests::EchoServer m_echo;
    Id m_id = 0;
    quint16 m_port = 0;
};

void DynamicForwardTest::init()
{
    m_fixture = std::make_unique<tests::ForwardFixture>();
    const auto started = m_fixture->start();
    QVERIFY2(started, reason(started).constData());
    QVERIFY2(m_fixture->connect(), qPrintable(m_fixture->probe().error().detail));
    m_id = m_fixture->add(Forward::Kind::Dynamic, u"0"_s);
    QVERIFY(m_id != 0);
    m_port = m_fixture->status(m_id).port;
}

void DynamicForwardTest::cleanup()
{
    m_fixture.reset();
}

QByteArray DynamicForwardTest::portBytes(quint16 port) const
{
    return QByteArray(1, static_cast<char>(port >> 8U)) + static_cast<char>(port & 0xffU);
}

QByteArray DynamicForwardTest::converse(const QByteArray &bytes, qsizetype answerSize) const
{
    return inThread([port = m_port, bytes, answerSize] {
        const BlockingSocket socket = BlockingSocket::connectedTo(port);
        socket.send(bytes);
        return socket.receiveExactly(answerSize);
    });
}

void DynamicForwardTest::version5ReachesAName()
{
    const QByteArray target
        = QByteArray::fromHex("0501000309") + "localhost" + portBytes(m_echo.port());
    const QByteArray answers = inThread([this, target] {
        const BlockingSocket socket = BlockingSocket::connectedTo(m_port);
        socket.send(QByteArray::fromHex("050100"));
        const QByteArray method = socket.receiveExactly(2);
        socket.send(target);
        const QByteArray reply = socket.receiveExactly(10);
        socket.send("hello");
        return method + reply + socket.receiveExactly(5);
    });

    QCOMPARE(answers,
             QByteArray::fromHex("0500"
                                 "05000001000000000000")
                 + "hello");
}

void DynamicForwardTest::version4ReachesAnAddress()
{
    const QByteArray wish = QByteArray::fromHex("0401") + portBytes(m_echo.port())
        + QByteArray::fromHex("7f00000100");

    QCOMPARE(converse(wish + "hello", 13), QByteArray::fromHex("005a000000000000") + "hello");
}

void DynamicForwardTest::version4aReachesAName()
{
    const QByteArray wish = QByteArray::fromHex("0401") + portBytes(m_echo.port())
        + QByteArray::fromHex("0000000100") + "localhost" + '\0';

    QCOMPARE(converse(wish + "hello", 13), QByteArray::fromHex("005a000000000000") + "hello");
}

// A client that does not wait for the answers.
void DynamicForwardTest::firstBytesAreNotLost()
{
    const QByteArray much(300'000, 'm');
    const QByteArray wish = QByteArray::fromHex("050100"
                                                "0501000309")
        + "localhost" + portBytes(m_echo.port());
    const qsizetype size = inThread([this, wish, much] {
        const BlockingSocket socket = BlockingSocket::connectedTo(m_port);
        std::thread writer([&] {
            socket.send(wish + much);
            socket.shutDown();
        });
        const qsizetype received = socket.receiveAll().size();
        writer.join();
        return received;
    });

    QCOMPARE(size, 2 + 10 + much.size());
}

void DynamicForwardTest::closedTargetIsRefused()
{
    quint16 closedPort = 0;
    {
        const BlockingServer gone([](const BlockingSocket &) { });
        closedPort = gone.port();
    }
    const QByteArray wish = QByteArray::fromHex("050100"
                                                "050100017f000001")
        + portBytes(closedPort);

    QCOMPARE(converse(wish, 100),
             QByteArray::fromHex("0500"
                                 "05050001000000000000"));
}

void DynamicForwardTest::prohibitedForwardIsNotAllowed()
{
    m_fixture = std::make_unique<tests::ForwardFixture>();
    QVERIFY(m_fixture->start(tests::SshServerOptions().withoutTcpForwarding()));
    QVERIFY(m_fixture->connect());
    m_port = m_fixture->status(m_fixture->add(Forward::Kind::Dynamic, u"0"_s)).port;
    const QByteArray wish = QByteArray::fromHex("050100"
                                                "050100017f000001")
        + portBytes(m_echo.port());

    QCOMPARE(converse(wish, 100),
             QByteArray::fromHex("0500"
                                 "05020001000000000000"));
}

void DynamicForwardTest::rubbishIsClosedAndTold()
{
    QCOMPARE(converse("GET / HTTP/1.1\r\n\r\n", 100), QByteArray());
    QCOMPARE(converse(QByteArray(100'000, '\0'), 100), QByteArray());
    QCOMPARE(converse(QByteArray::fromHex("050102"), 100), QByteArray::fromHex("05ff"));
    QCOMPARE(converse(QByteArray::fromHex("0401005000000001") + QByteArray(100'000, 'a'), 100),
             QByteArray::fromHex("005b000000000000"));
    QCOMPARE(m_fixture->probe().run("echo alive").standard, QByteArray("alive\n"));

    QTRY_COMPARE(m_fixture->status(m_id).toldRefusals.size(), 4);
    QList<ErrorKind> reasons;
    for (const forward::ForwardRefusal &refusal : m_fixture->status(m_id).toldRefusals) {
        reasons.append(refusal.why.kind);
        QVERIFY2(refusal.client.from.startsWith(u"127.0.0.1:"), qPrintable(refusal.client.from));
    }
    QCOMPARE(reasons,
             QList({ErrorKind::ProtocolViolation, ErrorKind::ProtocolViolation,
                    ErrorKind::AuthenticationFailed, ErrorKind::ProtocolViolation}));
}

void DynamicForwardTest::silentClientsHarmNobody()
{
    std::vector<BlockingSocket> silent;
    silent.reserve(100);
    for (int count = 0; count < 100; ++count) {
        silent.push_back(BlockingSocket::connectedTo(m_port));
    }
    version4ReachesAnAddress();
}

QTEST_GUILESS_MAIN(DynamicForwardTest)

#include "DynamicForwardTest.moc"
