#include "forward/ListeningSocket.h"

#include "tests/support/Reason.h"

#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using base::ErrorKind;
using forward::Client;
using forward::ListeningSocket;
using profiles::ForwardEnd;
using tests::reason;

class ListeningSocketTest : public QObject
{
    Q_OBJECT

private slots:
    void loopbackOnlyByDefault();
    void clientsAreHandedOut();
    void pausedClientsWait();
    void busyPortIsTold();
    void freePortIsFound();
    void nameIsNoAddress();
    void unixSocketIsForThisUserAlone();
    void abandonedUnixSocketIsReplaced();
    void livingUnixSocketStays();
    void otherFilesStay();
};

namespace {

ForwardEnd anyPort()
{
    return {};
}

} // namespace

void ListeningSocketTest::loopbackOnlyByDefault()
{
    const auto socket = ListeningSocket::open(anyPort());
    QVERIFY2(socket, reason(socket).constData());

    const QString port = QString::number((*socket)->port());
    QVERIFY((*socket)->port() > 0);
    QCOMPARE((*socket)->addresses().first(), QStringLiteral("127.0.0.1:") + port);
    for (const QString &address : (*socket)->addresses()) {
        QVERIFY(address == QStringLiteral("127.0.0.1:") + port
                || address == QStringLiteral("[::1]:") + port);
    }
}

void ListeningSocketTest::clientsAreHandedOut()
{
    const auto socket = ListeningSocket::open(anyPort());
    QVERIFY2(socket, reason(socket).constData());
    std::vector<Client> clients;
    (*socket)->start([&](Client client) { clients.push_back(std::move(client)); });

    QTcpSocket first;
    first.connectToHost(QHostAddress::LocalHost, (*socket)->port());
    QTRY_COMPARE(clients.size(), std::size_t{1});

    QCOMPARE(clients[0].address, QByteArray("127.0.0.1"));
    QCOMPARE(clients[0].port, first.localPort());
}

void ListeningSocketTest::pausedClientsWait()
{
    const auto socket = ListeningSocket::open(anyPort());
    QVERIFY2(socket, reason(socket).constData());
    std::vector<Client> clients;
    (*socket)->start([&](Client client) { clients.push_back(std::move(client)); });
    (*socket)->pause();

    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, (*socket)->port());
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState); // with the system
    QVERIFY(clients.empty());

    (*socket)->resume();
    QTRY_COMPARE(clients.size(), std::size_t{1});
}

void ListeningSocketTest::busyPortIsTold()
{
    const auto socket = ListeningSocket::open(anyPort());
    QVERIFY2(socket, reason(socket).constData());

    const auto second = ListeningSocket::open({{}, (*socket)->port(), {}});

    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::AlreadyExists);
    QVERIFY(second.error().subject.contains(QString::number((*socket)->port())));
}

void ListeningSocketTest::freePortIsFound()
{
    const auto socket = ListeningSocket::open(anyPort());
    QVERIFY2(socket, reason(socket).constData());
    const ForwardEnd busy{{}, (*socket)->port(), {}};

    const quint16 port = ListeningSocket::freePort(busy);

    QVERIFY(port > busy.port || busy.port > 65335);
    QVERIFY(ListeningSocket::open({{}, port, {}}));
}

void ListeningSocketTest::nameIsNoAddress()
{
    const auto socket = ListeningSocket::open({QStringLiteral("host.example"), 0, {}});

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::InvalidName);
}

void ListeningSocketTest::unixSocketIsForThisUserAlone()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("socket"));
    {
        const auto socket = ListeningSocket::open({{}, 0, path});
        QVERIFY2(socket, reason(socket).constData());
        std::vector<Client> clients;
        (*socket)->start([&](Client client) { clients.push_back(std::move(client)); });

        QCOMPARE(
            QFile::permissions(path)
                & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
        QLocalSocket client;
        client.connectToServer(path);
        QTRY_COMPARE(clients.size(), std::size_t{1});
    }
    QVERIFY(!QFileInfo::exists(path));
}

void ListeningSocketTest::abandonedUnixSocketIsReplaced()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("socket"));
    const QString other = directory.filePath(QStringLiteral("other"));
    {
        const auto socket = ListeningSocket::open({{}, 0, other});
        QVERIFY2(socket, reason(socket).constData());
        QVERIFY(QFile::rename(other, path)); // so that it is left behind
    }
    QVERIFY(QFileInfo::exists(path));

    QVERIFY(ListeningSocket::open({{}, 0, path}));
}

void ListeningSocketTest::livingUnixSocketStays()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("socket"));
    const auto first = ListeningSocket::open({{}, 0, path});
    QVERIFY2(first, reason(first).constData());

    const auto second = ListeningSocket::open({{}, 0, path});

    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::AlreadyExists);
    QVERIFY(QFileInfo::exists(path));
}

void ListeningSocketTest::otherFilesStay()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("letter"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));

    QVERIFY(!ListeningSocket::open({{}, 0, path}));
    QVERIFY(QFileInfo::exists(path));
}

QTEST_GUILESS_MAIN(ListeningSocketTest)

#include "ListeningSocketTest.moc"
