// Local forwards over a real sshd: programs here reach programs there.

#include "tests/integration/forward/ForwardFixture.h"
#include "tests/support/Reason.h"

#include <QFileInfo>

#include <atomic>
#include <vector>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using profiles::Forward;
using tests::BlockingServer;
using tests::BlockingSocket;
using tests::exchange;
using tests::inThread;
using tests::reason;
using State = forward::ForwardStatus::State;
using Id = forward::ForwardSet::Id;

class LocalForwardTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void bytesComeBack();
    void unixSocketsWorkAtBothEnds();
    void endOfTheClientReachesTheTarget();
    void endOfTheTargetReachesTheClient();
    void lastBytesComeBeforeTheEnd();
    void slowReaderHoldsUpTheServer();
    void muchGoesThroughUnchanged();
    void manyClientsAtOnce();
    void closedTargetIsTold();
    void prohibitedForwardIsTold();
    void impatientClientLeavesNothingBehind();
    void busyPortOffersAnother();
    void stoppingFreesThePort();
    void lossEndsTheClients();
    void forwardsComeBackWithTheNextConnection();
    void savedForwardsAreReplaced();

private:
    Id add(const QString &words) { return m_fixture->add(Forward::Kind::Local, words); }
    quint16 portOf(Id id) const { return m_fixture->status(id).port; }

    std::unique_ptr<tests::ForwardFixture> m_fixture;
    tests::EchoServer m_echo;
};

void LocalForwardTest::init()
{
    m_fixture = std::make_unique<tests::ForwardFixture>();
    const auto started = m_fixture->start();
    QVERIFY2(started, reason(started).constData());
    QVERIFY2(m_fixture->connect(), qPrintable(m_fixture->probe().error().detail));
}

void LocalForwardTest::cleanup()
{
    m_fixture.reset();
}

void LocalForwardTest::bytesComeBack()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);
    QVERIFY(portOf(id) > 0);
    QVERIFY(m_fixture->status(id).addresses.contains(u"127.0.0.1:%1"_s.arg(portOf(id))));

    QCOMPARE(exchange(portOf(id), "hello"), QByteArray("hello"));

    QTRY_COMPARE(m_fixture->status(id).clientsSoFar, 1);
    QTRY_COMPARE(m_fixture->status(id).clients, 0);
    QCOMPARE(m_fixture->status(id).bytesSent, 5);
    QCOMPARE(m_fixture->status(id).bytesReceived, 5);
}

void LocalForwardTest::unixSocketsWorkAtBothEnds()
{
    const QString near = m_fixture->path(u"near"_s);
    const QString far = m_fixture->path(u"far"_s);
    const Id outer = add(u"%1:%2"_s.arg(near, far));
    const Id inner = add(u"%1:127.0.0.1:%2"_s.arg(far).arg(m_echo.port()));
    QVERIFY(outer != 0 && inner != 0);

    const QByteArray answer = inThread([near] {
        const BlockingSocket socket = BlockingSocket::connectedTo(near);
        socket.send("hello");
        return socket.receiveExactly(5);
    });

    QCOMPARE(answer, QByteArray("hello"));
    m_fixture->forwards().stop(outer);
    QTRY_VERIFY(!QFileInfo::exists(near));
}

// A target that answers only when it has heard everything.
void LocalForwardTest::endOfTheClientReachesTheTarget()
{
    const BlockingServer target([](const BlockingSocket &client) {
        client.send(QByteArray::number(client.receiveAll().size()));
    });
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(target.port()));
    QVERIFY(id != 0);

    QCOMPARE(exchange(portOf(id), QByteArray(300'000, 'x')), QByteArray("300000"));
}

// A target that has said all, and goes on listening.
void LocalForwardTest::endOfTheTargetReachesTheClient()
{
    std::atomic<qsizetype> heard = -1;
    const BlockingServer target([&](const BlockingSocket &client) {
        client.send(QByteArray(100'000, 'y'));
        client.shutDown();
        heard = client.receiveAll().size();
    });
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(target.port()));
    QVERIFY(id != 0);

    const qsizetype received = inThread([port = portOf(id)] {
        const BlockingSocket socket = BlockingSocket::connectedTo(port);
        const qsizetype size = socket.receiveAll().size();
        socket.send(QByteArray(200'000, 'z'));
        return size;
    });

    QCOMPARE(received, 100'000);
    QTRY_COMPARE(heard.load(), 200'000);
    QTRY_COMPARE(m_fixture->status(id).clients, 0);
}

// The server closes at once, while the client has not read yet.
void LocalForwardTest::lastBytesComeBeforeTheEnd()
{
    const QByteArray text(1'500'000, 'q');
    const BlockingServer target([&text](const BlockingSocket &client) {
        client.receive(2); // unread bytes would make it a reset
        client.send(text);
    });
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(target.port()));
    QVERIFY(id != 0);

    const qsizetype received = inThread([port = portOf(id)] {
        const BlockingSocket socket = BlockingSocket::connectedTo(port);
        socket.send("go");
        std::this_thread::yield();
        return socket.receiveAll().size();
    });

    QCOMPARE(received, text.size());
}

void LocalForwardTest::slowReaderHoldsUpTheServer()
{
    constexpr qsizetype much = 100 * 1024 * 1024;
    std::atomic<qsizetype> sent = 0;
    const BlockingServer target([&](const BlockingSocket &client) {
        const QByteArray piece(65536, 's');
        while (sent < much && client.send(piece)) {
            sent += piece.size();
        }
    });
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(target.port()));
    QVERIFY(id != 0);

    const BlockingSocket socket = BlockingSocket::connectedTo(portOf(id));
    QCOMPARE(inThread([&] { return socket.receiveExactly(1000).size(); }), 1000);
    // Until the target has not got rid of more for a while.
    qsizetype before = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, sent.load()) == sent.load(), 20'000);
    QVERIFY2(sent < much / 2, QByteArray::number(sent.load()).constData());
    QCOMPARE(inThread([&] { return socket.receiveAll().size(); }), much - 1000);
}

void LocalForwardTest::muchGoesThroughUnchanged()
{
    QByteArray bytes(32 * 1024 * 1024, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);

    const bool isSame = inThread([port = portOf(id), &bytes] {
        const BlockingSocket socket = BlockingSocket::connectedTo(port);
        std::thread writer([&] { socket.send(bytes); });
        const QByteArray back = socket.receiveExactly(bytes.size());
        writer.join();
        return back == bytes;
    });

    QVERIFY(isSame);
    QTRY_COMPARE(m_fixture->status(id).bytesReceived, bytes.size());
}

void LocalForwardTest::manyClientsAtOnce()
{
    constexpr std::size_t count = 200;
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);

    std::vector<BlockingSocket> sockets;
    const bool areServed = inThread([&, port = portOf(id)] {
        for (std::size_t index = 0; index < count; ++index) {
            sockets.push_back(BlockingSocket::connectedTo(port));
            sockets.back().send("client " + QByteArray::number(index + 100));
        }
        bool isRight = true;
        for (std::size_t index = 0; index < count; ++index) {
            isRight
                = sockets[index].receiveExactly(10) == "client " + QByteArray::number(index + 100)
                && isRight;
        }
        return isRight;
    });

    QVERIFY(areServed);
    QTRY_COMPARE(m_fixture->status(id).clients, static_cast<int>(count));
    sockets.clear();
    QTRY_COMPARE(m_fixture->status(id).clients, 0);
}

void LocalForwardTest::closedTargetIsTold()
{
    quint16 closedPort = 0;
    {
        const BlockingServer gone([](const BlockingSocket &) { });
        closedPort = gone.port();
    }
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(closedPort));
    QVERIFY(id != 0);

    QCOMPARE(exchange(portOf(id), "hello"), QByteArray());

    QTRY_COMPARE(m_fixture->status(id).refusals, 1);
    const base::Error why = *m_fixture->status(id).lastRefusal;
    QCOMPARE(why.kind, ErrorKind::Unreachable);
    QCOMPARE(why.subject, u"127.0.0.1:%1"_s.arg(closedPort));
    QVERIFY2(why.detail.contains(u"Connection refused"_s), qPrintable(why.detail));
    QCOMPARE(m_fixture->status(id).state, State::Listening);
}

void LocalForwardTest::prohibitedForwardIsTold()
{
    m_fixture = std::make_unique<tests::ForwardFixture>();
    QVERIFY(m_fixture->start(tests::SshServerOptions().withoutTcpForwarding()));
    QVERIFY(m_fixture->connect());
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);

    QCOMPARE(exchange(portOf(id), "hello"), QByteArray());

    QTRY_COMPARE(m_fixture->status(id).refusals, 1);
    QCOMPARE(m_fixture->status(id).lastRefusal->kind, ErrorKind::ForwardingRefused);
    QVERIFY(m_fixture->status(id).lastRefusal->detail.contains(u"AllowTcpForwarding"_s));
    QCOMPARE(m_fixture->probe().connection().state(), ssh::Connection::State::Ready);
}

// Its channel has to be kept until the server has answered.
void LocalForwardTest::impatientClientLeavesNothingBehind()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);

    m_fixture->server().freezeSessions();
    for (int count = 0; count < 5; ++count) {
        QVERIFY(BlockingSocket::connectedTo(portOf(id)).isValid()); // and gone
    }
    QTRY_COMPARE(m_fixture->status(id).clients, 5);
    m_fixture->server().thawSessions();

    QTRY_COMPARE(m_fixture->status(id).clients, 0);
    QCOMPARE(exchange(portOf(id), "hello"), QByteArray("hello"));
}

void LocalForwardTest::busyPortOffersAnother()
{
    const Id first = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(first != 0);

    const Id second = m_fixture->attempt(
        Forward::Kind::Local, u"%1:127.0.0.1:%2"_s.arg(portOf(first)).arg(m_echo.port()));

    QCOMPARE(m_fixture->status(second).state, State::Failed);
    QCOMPARE(m_fixture->status(second).failure->kind, ErrorKind::AlreadyExists);
    const quint16 free = m_fixture->status(second).freePort;
    QVERIFY(free != 0);
    Forward changed = m_fixture->forwards().forward(second);
    changed.listen.port = free;
    m_fixture->forwards().replace(second, changed);
    QTRY_COMPARE(m_fixture->status(second).state, State::Listening);
    QCOMPARE(exchange(free, "hello"), QByteArray("hello"));
}

void LocalForwardTest::stoppingFreesThePort()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);
    const quint16 port = portOf(id);
    const BlockingSocket client = BlockingSocket::connectedTo(port);
    client.send("x");
    QCOMPARE(inThread([&] { return client.receive(1); }), QByteArray("x"));

    m_fixture->forwards().stop(id);

    QCOMPARE(inThread([&] { return client.receiveAll(); }), QByteArray());
    QTRY_VERIFY(!BlockingSocket::connectedTo(port).isValid());
    QCOMPARE(m_fixture->status(id).state, State::Stopped);

    m_fixture->forwards().start(id);
    QTRY_COMPARE(m_fixture->status(id).state, State::Listening);
    QCOMPARE(portOf(id), port);
    m_fixture->forwards().remove(id);
    QTRY_VERIFY(!BlockingSocket::connectedTo(port).isValid());
}

void LocalForwardTest::lossEndsTheClients()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);
    const quint16 port = portOf(id);
    const BlockingSocket client = BlockingSocket::connectedTo(port);
    client.send("x");
    QCOMPARE(inThread([&] { return client.receive(1); }), QByteArray("x"));

    m_fixture->server().killSessions();

    QCOMPARE(inThread([&] { return client.receiveAll(); }), QByteArray());
    QTRY_COMPARE(m_fixture->status(id).state, State::Waiting);
    QVERIFY(!BlockingSocket::connectedTo(port).isValid());
}

void LocalForwardTest::forwardsComeBackWithTheNextConnection()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    const Id stopped = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0 && stopped != 0);
    m_fixture->forwards().stop(stopped);
    const quint16 port = portOf(id);
    m_fixture->server().killSessions();
    QTRY_COMPARE(m_fixture->status(id).state, State::Waiting);

    QVERIFY(m_fixture->connect());

    QTRY_COMPARE(m_fixture->status(id).state, State::Listening);
    QCOMPARE(portOf(id), port); // the same, though any would do
    QCOMPARE(exchange(port, "hello"), QByteArray("hello"));
    QCOMPARE(m_fixture->status(stopped).state, State::Stopped);
}

void LocalForwardTest::savedForwardsAreReplaced()
{
    const auto forward = [this](bool startsWithSession) {
        Forward result
            = *Forward::parse(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
        result.startsWithSession = startsWithSession;
        return result;
    };
    auto &forwards = m_fixture->forwards();
    forwards.setSaved({forward(true), forward(false)});
    const QList<Id> ids = forwards.ids();
    QCOMPARE(ids.size(), 2);
    QTRY_COMPARE(m_fixture->status(ids[0]).state, State::Listening);
    QCOMPARE(m_fixture->status(ids[1]).state, State::Stopped);
    const Id onTheFly = add(u"0:localhost:%1"_s.arg(m_echo.port()));

    forwards.setSaved({forward(true)});

    QCOMPARE(forwards.ids(), (QList<Id>{ids[0], onTheFly}));
    QCOMPARE(m_fixture->status(ids[0]).state, State::Listening);
}

QTEST_GUILESS_MAIN(LocalForwardTest)

#include "LocalForwardTest.moc"
