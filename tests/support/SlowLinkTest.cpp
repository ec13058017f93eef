#include "tests/support/SlowLink.h"

#include "tests/support/Reason.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>

using namespace std::chrono_literals;
using tests::SlowLink;

// A client and a server socket with the link between them.
class SlowLinkTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void bytesPassBothWays();
    void delayHoldsEachDirectionBack();
    void smallPacketsDoNotWait();
    void rateBoundsThroughput();
    void stalledBytesArriveAfterResume();
    void stallFillsTheSendersWindow();
    void cutIsAResetForBoth();
    void newConnectionsAreAcceptedAfterACut();
    void oneBitIsFlipped();
    void closeArrivesAfterTheLastByte();
    void refusingTargetLooksClosed();

private:
    QByteArray receive(QTcpSocket &socket, qsizetype bytes);

    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<SlowLink> m_link;
    std::unique_ptr<QTcpSocket> m_client;
    std::unique_ptr<QTcpSocket> m_peer; // the server's end
};

void SlowLinkTest::init()
{
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    m_link = std::make_unique<SlowLink>(QStringLiteral("127.0.0.1"), m_server->serverPort());
    const auto started = m_link->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_client = std::make_unique<QTcpSocket>();
    m_client->connectToHost(QHostAddress::LocalHost, m_link->port());
    QTRY_VERIFY(m_server->hasPendingConnections());
    m_peer.reset(m_server->nextPendingConnection());
    QTRY_COMPARE(m_client->state(), QTcpSocket::ConnectedState);
}

void SlowLinkTest::cleanup()
{
    m_peer.reset();
    m_client.reset();
    m_link.reset();
    m_server.reset();
}

QByteArray SlowLinkTest::receive(QTcpSocket &socket, qsizetype bytes)
{
    return QTest::qWaitFor([&] { return socket.bytesAvailable() >= bytes; }, 10s) ? socket.readAll()
                                                                                  : QByteArray();
}

void SlowLinkTest::bytesPassBothWays()
{
    QByteArray many(3'000'000, 'x');
    many[1'234'567] = '\0';

    m_client->write(many);
    m_peer->write("answer");

    QCOMPARE(receive(*m_client, 6), "answer");
    QCOMPARE(receive(*m_peer, many.size()), many);
    QCOMPARE(m_link->passed(SlowLink::Direction::ToServer), many.size());
    QCOMPARE(m_link->passed(SlowLink::Direction::ToClient), 6);
}

void SlowLinkTest::delayHoldsEachDirectionBack()
{
    m_link->setDelay(SlowLink::Direction::ToServer, 120ms);
    m_link->setDelay(SlowLink::Direction::ToClient, 80ms);
    QElapsedTimer clock;
    clock.start();

    m_client->write("a");
    QCOMPARE(receive(*m_peer, 1), "a");
    QCOMPARE_GE(clock.elapsed(), 120);
    m_peer->write("b");
    QCOMPARE(receive(*m_client, 1), "b");
    QCOMPARE_GE(clock.elapsed(), 200);
}

// With Nagle's algorithm (RFC 896) in the link each would wait for the acknowledgment of the one
// before, which the other side delays by 40 ms.
void SlowLinkTest::smallPacketsDoNotWait()
{
    constexpr int count = 200;
    m_client->setSocketOption(QTcpSocket::LowDelayOption, 1);
    QElapsedTimer clock;
    clock.start();

    for (int i = 0; i < count; ++i) {
        m_client->write("x");
        m_client->flush();
        QVERIFY(m_peer->bytesAvailable() > 0 || m_peer->waitForReadyRead(10'000));
        QCOMPARE(m_peer->readAll(), "x");
    }

    QVERIFY2(clock.elapsed() < count * 40 / 2, qPrintable(QString::number(clock.elapsed())));
}

void SlowLinkTest::rateBoundsThroughput()
{
    m_link->setRate(SlowLink::Direction::ToServer, 100'000);
    QElapsedTimer clock;
    clock.start();

    m_client->write(QByteArray(50'000, 'x'));

    QCOMPARE(receive(*m_peer, 50'000).size(), 50'000);
    QCOMPARE_GE(clock.elapsed(), 490); // half a second, less a timer's rounding
}

void SlowLinkTest::stalledBytesArriveAfterResume()
{
    m_link->stall();
    m_client->write("held");
    QVERIFY(!m_peer->waitForReadyRead(200));

    m_link->resume();

    QCOMPARE(receive(*m_peer, 4), "held");
}

void SlowLinkTest::stallFillsTheSendersWindow()
{
    constexpr qint64 tooMuch = 64 * 1024 * 1024;
    m_link->stall();
    m_client->write(QByteArray(tooMuch, 'x'));
    while (m_client->waitForBytesWritten(300)) { }
    QVERIFY(m_client->bytesToWrite() > 0);

    m_link->resume();
    qint64 received = 0;
    QTRY_VERIFY_WITH_TIMEOUT((received += m_peer->readAll().size()) == tooMuch, 20s);
}

void SlowLinkTest::cutIsAResetForBoth()
{
    m_client->write("joined");
    QCOMPARE(receive(*m_peer, 6), "joined");

    m_link->cut();

    // Asked of the kernel: Qt reports a reset and an orderly end alike.
    for (const QTcpSocket *socket : {m_client.get(), m_peer.get()}) {
        pollfd ready{
            .fd = static_cast<int>(socket->socketDescriptor()), .events = POLLIN, .revents = 0};
        QCOMPARE(poll(&ready, 1, 5000), 1);
        char byte = 0;
        QCOMPARE(recv(ready.fd, &byte, 1, 0), -1);
        QCOMPARE(errno, ECONNRESET);
    }
    QCOMPARE(m_link->connectionCount(), 0);
}

void SlowLinkTest::newConnectionsAreAcceptedAfterACut()
{
    m_link->cut();

    QTcpSocket again;
    again.connectToHost(QHostAddress::LocalHost, m_link->port());
    QTRY_VERIFY(m_server->hasPendingConnections());
    again.write("back");
    const std::unique_ptr<QTcpSocket> peer(m_server->nextPendingConnection());
    QCOMPARE(receive(*peer, 4), "back");
}

void SlowLinkTest::oneBitIsFlipped()
{
    m_link->flipBit(SlowLink::Direction::ToServer, 5);

    m_client->write("abc");
    QCOMPARE(receive(*m_peer, 3), "abc");
    m_client->write("abcdef");

    QCOMPARE(receive(*m_peer, 6), "abbdef"); // 'c' is 0x63, 'b' is 0x62
}

void SlowLinkTest::closeArrivesAfterTheLastByte()
{
    m_link->setDelay(SlowLink::Direction::ToServer, 100ms);
    m_client->write(QByteArray(500'000, 'x'));
    m_client->disconnectFromHost();

    QTRY_COMPARE(m_peer->state(), QTcpSocket::UnconnectedState);
    QCOMPARE(m_peer->bytesAvailable(), 500'000);
    QTRY_COMPARE(m_link->connectionCount(), 0);
}

void SlowLinkTest::refusingTargetLooksClosed()
{
    m_server->close();
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_link->port());

    QTRY_COMPARE(socket.state(), QTcpSocket::ConnectedState);
    QTRY_COMPARE(socket.state(), QTcpSocket::UnconnectedState);
}

QTEST_GUILESS_MAIN(SlowLinkTest)

#include "SlowLinkTest.moc"
