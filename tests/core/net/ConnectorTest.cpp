#include "net/Connector.h"

#include "tests/support/Reason.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

using base::ErrorKind;
using base::UniqueFd;
using net::Connector;
using namespace std::chrono_literals;

class ConnectorTest : public QObject
{
    Q_OBJECT

private slots:
    void connectsToNumericAddress_data();
    void connectsToNumericAddress();
    void connectsToName();
    void socketIsReadyForUse();
    void refusedNamesTheAddress();
    void triesTheNextAddressAfterRefusal();
    void doesNotWaitForASilentAddress();
    void everyFailureIsListed();
    void unknownZoneIsAFailure();
    void unknownNameIsNotFound();
    void nameThatCanBeNoneIsNotFound();
    void nameWithoutAddressIsNotFound();
    void silentHostMeetsTheDeadline();
    void silentResolverMeetsTheDeadline();
    void cancelWhileResolving();
    void cancelWhileConnectingClosesTheSocket();
    void destroyedWhileConnectingClosesTheSocket();
    void cancelAfterSuccessChangesNothing();
    void loserIsClosed();
};

namespace {

int openDescriptors()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                                .size());
}

// Answers at once, from inside start().
Connector::Resolver resolvingTo(const QStringList &numeric)
{
    QList<net::IpAddress> addresses;
    for (const QString &address : numeric) {
        addresses.append(net::IpAddress::parse(address).value());
    }
    return [addresses](const QString &, QObject *, const auto &done) { done(addresses); };
}

void neverResolving(const QString &, QObject *,
                    const std::function<void(const Connector::Addresses &)> &)
{
}

// A port on 127.0.0.1 that neither accepts nor refuses: the queue of the listening socket is full,
// so that the kernel drops what asks to connect.
class SilentPort
{
public:
    SilentPort()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        socklen_t size = sizeof address;
        m_listener = UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::bind(m_listener.get(), generic, size) != 0) {
            qFatal("no port to listen on");
        }
        ::listen(m_listener.get(), 0);
        ::getsockname(m_listener.get(), generic, &size);
        m_port = ntohs(address.sin_port);
        for (UniqueFd &filler : m_fillers) {
            filler = UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            ::connect(filler.get(), generic, size);
        }
    }

    quint16 port() const { return m_port; }

private:
    UniqueFd m_listener;
    std::array<UniqueFd, 4> m_fillers;
    quint16 m_port = 0;
};

// A port on which nothing listens, for as long as the object lives: bound, hence not given to
// others.
class ClosedPort
{
public:
    ClosedPort()
    {
        m_server.listen(QHostAddress::LocalHost);
        m_port = m_server.serverPort();
        m_server.close();
    }

    quint16 port() const { return m_port; }

private:
    QTcpServer m_server;
    quint16 m_port = 0;
};

int option(const UniqueFd &socket, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(socket.get(), level, name, &value, &size);
    return value;
}

base::Result<net::ConnectedSocket> resultOf(Connector &connector)
{
    QSignalSpy finished(&connector, &Connector::finished);
    finished.wait(10s); // longer than any time limit here; takeResult() asserts that it came
    return connector.takeResult();
}

} // namespace

void ConnectorTest::connectsToNumericAddress_data()
{
    QTest::addColumn<QString>("address");

    QTest::newRow("IPv4") << "127.0.0.1";
    QTest::newRow("IPv6") << "::1";
    QTest::newRow("IPv6 with zone") << "::1%lo";
}

void ConnectorTest::connectsToNumericAddress()
{
    QFETCH(QString, address);
    QTcpServer server;
    if (!server.listen(QHostAddress(address))) {
        QSKIP("this machine lacks the address");
    }

    Connector connector;
    connector.start({address, server.serverPort()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QCOMPARE(socket->peerAddress, address);
    QCOMPARE(socket->port, server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
}

void ConnectorTest::connectsToName()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));

    Connector connector;
    connector.start({QStringLiteral("localhost"), server.serverPort()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QCOMPARE(socket->peerAddress, QStringLiteral("127.0.0.1"));
}

void ConnectorTest::socketIsReadyForUse()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));

    Connector connector;
    connector.start({QStringLiteral("127.0.0.1"), server.serverPort()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(socket);
    QVERIFY(::fcntl(socket->fd.get(), F_GETFL) & O_NONBLOCK);
    QVERIFY(::fcntl(socket->fd.get(), F_GETFD) & FD_CLOEXEC);
    QCOMPARE(option(socket->fd, IPPROTO_TCP, TCP_NODELAY), 1);
    QCOMPARE(option(socket->fd, SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(option(socket->fd, IPPROTO_TCP, TCP_USER_TIMEOUT), 120'000);
    QCOMPARE(::write(socket->fd.get(), "SSH", 3), 3);
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *accepted = server.nextPendingConnection();
    QTRY_COMPARE(accepted->bytesAvailable(), 3);
}

void ConnectorTest::refusedNamesTheAddress()
{
    const ClosedPort closed;

    Connector connector;
    connector.start({QStringLiteral("127.0.0.1"), closed.port()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::Unreachable);
    QCOMPARE(socket.error().code, ECONNREFUSED);
    QCOMPARE(socket.error().subject, QStringLiteral("127.0.0.1"));
    QCOMPARE(socket.error().detail,
             QStringLiteral("127.0.0.1 port %1: Connection refused").arg(closed.port()));
}

void ConnectorTest::triesTheNextAddressAfterRefusal()
{
    QTcpServer server; // on 127.0.0.1 alone: the other two addresses refuse
    QVERIFY(server.listen(QHostAddress::LocalHost));

    Connector connector(resolvingTo({"127.0.0.3", "127.0.0.2", "127.0.0.1"}));
    connector.start({QStringLiteral("three.example"), server.serverPort()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QCOMPARE(socket->peerAddress, QStringLiteral("127.0.0.1"));
}

// 250 ms is the delay of RFC 8305 section 5; a lone SYN is repeated after 1 s (RFC 6298 section 2).
void ConnectorTest::doesNotWaitForASilentAddress()
{
    const SilentPort silent;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(QStringLiteral("127.0.0.2")), silent.port()));

    Connector connector(resolvingTo({"127.0.0.1", "127.0.0.2"}));
    QElapsedTimer elapsed;
    elapsed.start();
    connector.start({QStringLiteral("two.example"), silent.port()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QCOMPARE(socket->peerAddress, QStringLiteral("127.0.0.2"));
    QVERIFY(elapsed.elapsed() >= 200);
    QVERIFY(elapsed.elapsed() < 4000);
}

void ConnectorTest::everyFailureIsListed()
{
    const ClosedPort closed;

    Connector connector(resolvingTo({"127.0.0.2", "127.0.0.1"}));
    connector.start({QStringLiteral("two.example"), closed.port()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::Unreachable);
    QCOMPARE(socket.error().subject, QStringLiteral("two.example"));
    QCOMPARE(socket.error().detail,
             QStringLiteral("127.0.0.2 port %1: Connection refused\n"
                            "127.0.0.1 port %1: Connection refused")
                 .arg(closed.port()));
}

void ConnectorTest::unknownZoneIsAFailure()
{
    Connector connector;
    connector.start({QStringLiteral("fe80::1%nowhere0"), 22}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::Unreachable);
    QCOMPARE(socket.error().detail, QStringLiteral("fe80::1%nowhere0 port 22: No such device"));
}

// RFC 6761 section 6.4: no name below "invalid" exists.
void ConnectorTest::unknownNameIsNotFound()
{
    Connector connector;
    connector.start({QStringLiteral("no-such-host.invalid"), 22}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::HostNotFound);
    QCOMPARE(socket.error().subject, QStringLiteral("no-such-host.invalid"));
    QVERIFY(!socket.error().detail.isEmpty());
}

// RFC 1035 section 2.3.4: no part of a name has more than 63 bytes.
void ConnectorTest::nameThatCanBeNoneIsNotFound()
{
    Connector connector;
    connector.start({QString(64, QLatin1Char('x')) + QStringLiteral(".example"), 22}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::HostNotFound);
    QVERIFY(!socket.error().detail.isEmpty());
}

void ConnectorTest::nameWithoutAddressIsNotFound()
{
    Connector connector(resolvingTo({}));
    connector.start({QStringLiteral("empty.example"), 22}, 5s);

    QCOMPARE(resultOf(connector).error().kind, ErrorKind::HostNotFound);
}

void ConnectorTest::silentHostMeetsTheDeadline()
{
    const SilentPort silent;

    Connector connector;
    connector.start({QStringLiteral("127.0.0.1"), silent.port()}, 300ms);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::TimedOut);
    QCOMPARE(socket.error().detail,
             QStringLiteral("127.0.0.1 port %1: no answer").arg(silent.port()));
}

void ConnectorTest::silentResolverMeetsTheDeadline()
{
    Connector connector(neverResolving);
    connector.start({QStringLiteral("slow.example"), 22}, 50ms);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::TimedOut);
    QCOMPARE(socket.error().operation, QStringLiteral("resolve"));
}

void ConnectorTest::cancelWhileResolving()
{
    std::function<void(const Connector::Addresses &)> answer;
    Connector connector([&answer](const QString &, QObject *, const auto &done) { answer = done; });
    QSignalSpy finished(&connector, &Connector::finished);
    connector.start({QStringLiteral("slow.example"), 22}, 5s);

    connector.cancel();
    QCOMPARE(finished.size(), 0); // not from inside cancel()
    answer(QList{net::IpAddress::parse(u"127.0.0.1").value()}); // too late

    QVERIFY(finished.wait());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(connector.takeResult().error().kind, ErrorKind::Cancelled);
}

void ConnectorTest::cancelWhileConnectingClosesTheSocket()
{
    const SilentPort silent;
    const int before = openDescriptors();
    Connector connector;
    connector.start({QStringLiteral("127.0.0.1"), silent.port()}, 5s);
    QCOMPARE(openDescriptors(), before + 1);

    connector.cancel();
    const auto socket = resultOf(connector);

    QCOMPARE(socket.error().kind, ErrorKind::Cancelled);
    QCOMPARE(openDescriptors(), before);
}

void ConnectorTest::destroyedWhileConnectingClosesTheSocket()
{
    const SilentPort silent;
    const int before = openDescriptors();
    {
        Connector connector;
        connector.start({QStringLiteral("127.0.0.1"), silent.port()}, 5s);
        QCOMPARE(openDescriptors(), before + 1);
    }
    QCOMPARE(openDescriptors(), before);
}

void ConnectorTest::cancelAfterSuccessChangesNothing()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Connector connector;
    QSignalSpy finished(&connector, &Connector::finished);
    connector.start({QStringLiteral("127.0.0.1"), server.serverPort()}, 5s);
    QVERIFY(finished.wait());

    connector.cancel();

    QVERIFY(connector.takeResult());
    QVERIFY(!finished.wait(50));
    QCOMPARE(finished.size(), 1);
}

void ConnectorTest::loserIsClosed()
{
    const SilentPort silent;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(QStringLiteral("127.0.0.2")), silent.port()));
    server.pauseAccepting(); // the accepted end would be one more descriptor
    const int before = openDescriptors();

    Connector connector(resolvingTo({"127.0.0.1", "127.0.0.2"}));
    connector.start({QStringLiteral("two.example"), silent.port()}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QCOMPARE(openDescriptors(), before + 1); // the winner
}

QTEST_GUILESS_MAIN(ConnectorTest)

#include "ConnectorTest.moc"
