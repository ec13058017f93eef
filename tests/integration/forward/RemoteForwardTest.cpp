// Remote forwards over a real sshd: programs there reach programs here.

#include "ssh/ExecProcess.h"
#include "tests/integration/forward/ForwardFixture.h"
#include "tests/support/Reason.h"

#include <QLocalServer>
#include <QLocalSocket>

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

class RemoteForwardTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void bytesComeBack();
    void chosenPortIsToldUnderLoad();
    void severalAtOnce();
    void endsArePassedOn();
    void unixSocketIsReached();
    void closedTargetIsTold();
    void cancellingFreesThePort();
    void removingTheSetFreesThePort();
    void startingAgainBeforeTheAnswer();
    void removingBeforeTheAnswerFreesThePort();
    void busyPortIsRefused();
    void prohibitedForwardIsRefused();
    void comesBackWithTheNextConnection();
    void keepAlivesDoNotGetInTheWay();

private:
    // A port that the server was listening on a moment ago.
    quint16 freePort();

    Id add(const QString &words) { return m_fixture->add(Forward::Kind::Remote, words); }
    quint16 portOf(Id id) const { return m_fixture->status(id).port; }

    std::unique_ptr<tests::ForwardFixture> m_fixture;
    tests::EchoServer m_echo;
};

void RemoteForwardTest::init()
{
    m_fixture = std::make_unique<tests::ForwardFixture>();
    const auto started = m_fixture->start();
    QVERIFY2(started, reason(started).constData());
    QVERIFY2(m_fixture->connect(), qPrintable(m_fixture->probe().error().detail));
}

void RemoteForwardTest::cleanup()
{
    m_fixture.reset();
}

void RemoteForwardTest::bytesComeBack()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);
    QVERIFY(portOf(id) > 0);

    QCOMPARE(exchange(portOf(id), "hello"), QByteArray("hello"));

    QTRY_COMPARE(m_fixture->status(id).clientsSoFar, 1);
    QTRY_COMPARE(m_fixture->status(id).clients, 0);
    QCOMPARE(m_fixture->status(id).bytesSent, 5);
    QCOMPARE(m_fixture->status(id).bytesReceived, 5);
}

// libssh reads the port from the packet that came last, which is seldom the answer while data come.
void RemoteForwardTest::chosenPortIsToldUnderLoad()
{
    const auto flood
        = m_fixture->probe().connection().start({.command = "while :; do echo flood; done"});
    connect(flood.get(), &ssh::ExecProcess::received, this,
            [&flood](const QByteArray &data) { flood->consumed(data.size()); });
    for (int count = 0; count < 20; ++count) {
        const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
        QVERIFY(id != 0);
        QCOMPARE(exchange(portOf(id), "hello"), QByteArray("hello"));
    }
}

void RemoteForwardTest::severalAtOnce()
{
    QList<Id> ids;
    for (int count = 0; count < 10; ++count) {
        ids.append(m_fixture->forwards().add(
            *Forward::parse(Forward::Kind::Remote, u"0:127.0.0.1:%1"_s.arg(m_echo.port()))));
    }
    QTRY_COMPARE(m_fixture->forwards().listeningCount(), 10);
    for (const Id id : std::as_const(ids)) {
        QCOMPARE(exchange(portOf(id), "hello"), QByteArray("hello"));
        QTRY_COMPARE(m_fixture->status(id).clientsSoFar, 1);
    }
}

void RemoteForwardTest::endsArePassedOn()
{
    const BlockingServer target([](const BlockingSocket &client) {
        client.send(QByteArray::number(client.receiveAll().size()));
    });
    const Id id = add(u"0:localhost:%1"_s.arg(target.port()));
    QVERIFY(id != 0);

    QCOMPARE(exchange(portOf(id), QByteArray(3'000'000, 'x')), QByteArray("3000000"));
}

void RemoteForwardTest::unixSocketIsReached()
{
    const QString path = m_fixture->path(u"target"_s);
    QLocalServer target;
    QVERIFY(target.listen(path));
    connect(&target, &QLocalServer::newConnection, this, [&target] {
        QLocalSocket *client = target.nextPendingConnection();
        connect(client, &QLocalSocket::readyRead, client,
                [client] { client->write(client->readAll().toUpper()); });
    });
    const Id id = add(u"0:%1"_s.arg(path));
    QVERIFY(id != 0);

    const QByteArray answer = inThread([port = portOf(id)] {
        const BlockingSocket socket = BlockingSocket::connectedTo(port);
        socket.send("hello");
        return socket.receiveExactly(5);
    });

    QCOMPARE(answer, QByteArray("HELLO"));
}

void RemoteForwardTest::closedTargetIsTold()
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
    QCOMPARE(m_fixture->status(id).lastRefusal->kind, ErrorKind::Unreachable);
    QTRY_COMPARE(m_fixture->status(id).clients, 0);
}

void RemoteForwardTest::cancellingFreesThePort()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);
    const quint16 port = portOf(id);

    m_fixture->forwards().stop(id);

    QTRY_VERIFY(!BlockingSocket::connectedTo(port).isValid());
    const Id again = add(u"%1:127.0.0.1:%2"_s.arg(port).arg(m_echo.port()));
    QVERIFY(again != 0);
    QCOMPARE(exchange(port, "hello"), QByteArray("hello"));
}

// The connection lives on.
void RemoteForwardTest::removingTheSetFreesThePort()
{
    auto set = std::make_unique<forward::ForwardSet>();
    set->attach(m_fixture->probe().connection());
    const Id id
        = set->add(*Forward::parse(Forward::Kind::Remote, u"0:127.0.0.1:%1"_s.arg(m_echo.port())));
    QTRY_COMPARE(set->status(id).state, State::Listening);
    const quint16 port = set->status(id).port;
    QVERIFY(BlockingSocket::connectedTo(port).isValid());

    set.reset();

    QTRY_VERIFY(!BlockingSocket::connectedTo(port).isValid());
    QCOMPARE(m_fixture->probe().run("echo alive").standard, QByteArray("alive\n"));
}

quint16 RemoteForwardTest::freePort()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    const quint16 port = portOf(id);
    m_fixture->forwards().remove(id);
    const bool isFree
        = QTest::qWaitFor([port] { return !BlockingSocket::connectedTo(port).isValid(); });
    return isFree ? port : quint16{0};
}

// The first listener would be in the way of the second.
void RemoteForwardTest::startingAgainBeforeTheAnswer()
{
    const quint16 port = freePort();
    QVERIFY(port != 0);
    forward::ForwardSet &forwards = m_fixture->forwards();
    m_fixture->server().freezeSessions();
    const Id id = forwards.add(
        *Forward::parse(Forward::Kind::Remote, u"%1:127.0.0.1:%2"_s.arg(port).arg(m_echo.port())));
    for (int count = 0; count < 3; ++count) {
        QTRY_COMPARE(m_fixture->status(id).state, State::Starting);
        forwards.stop(id);
        forwards.start(id);
        QCOMPARE(m_fixture->status(id).state, State::Waiting);
    }
    QTRY_COMPARE(m_fixture->status(id).state, State::Starting);

    m_fixture->server().thawSessions();

    QTRY_COMPARE(m_fixture->status(id).state, State::Listening);
    QCOMPARE(portOf(id), port);
    QCOMPARE(exchange(port, "hello"), QByteArray("hello"));
    forwards.stop(id);
    QTRY_VERIFY(!BlockingSocket::connectedTo(port).isValid());
}

void RemoteForwardTest::removingBeforeTheAnswerFreesThePort()
{
    const quint16 port = freePort();
    QVERIFY(port != 0);
    auto set = std::make_unique<forward::ForwardSet>();
    set->attach(m_fixture->probe().connection());
    m_fixture->server().freezeSessions();
    const Id id = set->add(
        *Forward::parse(Forward::Kind::Remote, u"%1:127.0.0.1:%2"_s.arg(port).arg(m_echo.port())));
    QTRY_COMPARE(set->status(id).state, State::Starting);

    set.reset();
    m_fixture->server().thawSessions();

    QCOMPARE(m_fixture->probe().run("echo alive").standard, QByteArray("alive\n")); // it listens
    QTRY_VERIFY(!BlockingSocket::connectedTo(port).isValid());
}

// Without GatewayPorts, sshd listens on both loopback addresses whatever it is told, and is content
// with one: so both are taken.
void RemoteForwardTest::busyPortIsRefused()
{
    const Id first = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(first != 0);

    const Id id = m_fixture->attempt(Forward::Kind::Remote,
                                     u"%1:127.0.0.1:%2"_s.arg(portOf(first)).arg(m_echo.port()));

    QCOMPARE(m_fixture->status(id).state, State::Failed);
    QCOMPARE(m_fixture->status(id).failure->kind, ErrorKind::ForwardingRefused);
    QCOMPARE(exchange(portOf(first), "hello"), QByteArray("hello"));
}

void RemoteForwardTest::prohibitedForwardIsRefused()
{
    m_fixture = std::make_unique<tests::ForwardFixture>();
    QVERIFY(m_fixture->start(tests::SshServerOptions().withoutTcpForwarding()));
    QVERIFY(m_fixture->connect());

    const Id id = m_fixture->attempt(Forward::Kind::Remote, u"0:127.0.0.1:%1"_s.arg(m_echo.port()));

    QCOMPARE(m_fixture->status(id).state, State::Failed);
    QCOMPARE(m_fixture->status(id).failure->kind, ErrorKind::ForwardingRefused);
}

void RemoteForwardTest::comesBackWithTheNextConnection()
{
    const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(id != 0);
    m_fixture->server().killSessions();
    QTRY_COMPARE(m_fixture->status(id).state, State::Waiting);

    QVERIFY(m_fixture->connect());

    QTRY_COMPARE(m_fixture->status(id).state, State::Listening);
    QCOMPARE(exchange(portOf(id), "hello"), QByteArray("hello"));
}

// A server that is asked for a sign of life each moment answers those questions with failure.
void RemoteForwardTest::keepAlivesDoNotGetInTheWay()
{
    m_fixture->setKeepAlive(std::chrono::milliseconds(1));
    QVERIFY(m_fixture->connect());
    for (int count = 0; count < 50; ++count) {
        const Id id = add(u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
        QVERIFY(id != 0);
        m_fixture->forwards().remove(id);
    }
}

QTEST_GUILESS_MAIN(RemoteForwardTest)

#include "RemoteForwardTest.moc"
