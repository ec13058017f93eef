#include "transfer/RemoteReplacement.h"

#include "tests/core/sftp/SftpPeers.h"

#include <QtEndian>
#include <QTest>

#include <optional>
#include <utility>

using base::ErrorKind;
using base::Result;
using files::FilePath;
using tests::answerTo;
using tests::ScriptedPeer;
using tests::ScriptedSftpServer;

namespace {

const FilePath part("/home/tester/.file.ponto-part");
const FilePath target("/home/tester/file");

// A server that works on what has come in the order that it likes, here from the last to the first.
class ReversingPeer final : public sftp::ByteSink
{
public:
    void write(const QByteArray &data) override
    {
        constexpr qsizetype lengthBytes = 4; // in front of each packet
        if (m_packets.isEmpty()) {
            QMetaObject::invokeMethod(&m_context, [this] { pass(); }, Qt::QueuedConnection);
        }
        QCOMPARE(qFromBigEndian<qint32>(data.constData()), data.size() - lengthBytes);
        m_packets.prepend(data);
    }
    qsizetype queuedBytes() const override { return 0; }

private:
    void pass()
    {
        for (const QByteArray &packet : std::exchange(m_packets, {})) {
            engine.received(server.handle(packet));
        }
    }

    QByteArrayList m_packets;
    QObject m_context; // of calls that wait in the event loop

public:
    ScriptedSftpServer server;
    sftp::Engine engine{*this};
};

template<typename Peer>
void start(Peer &peer)
{
    peer.server.faults.posixRename = false;
    peer.server.tree.put(part.bytes(), {.data = "new"});
    peer.server.tree.put(target.bytes(), {.data = "old"});
    peer.engine.start();
    QTRY_VERIFY(peer.engine.isReady());
    QTRY_COMPARE(peer.server.requests().size(), 1); // for its limits
}

template<typename Peer>
Result<void> replace(Peer &peer)
{
    return answerTo<void>([&peer](auto answered) {
        transfer::replaceRemote(peer.engine, part, target, std::move(answered));
    });
}

QByteArray contents(const ScriptedSftpServer &server)
{
    const auto *file = server.tree.find(target.bytes());
    return file != nullptr ? file->data : "nothing";
}

QByteArrayList names(const ScriptedSftpServer &server)
{
    return server.tree.namesIn(target.parent().bytes());
}

} // namespace

// Of servers that do not know posix-rename@openssh.com.
class RemoteReplacementTest : public QObject
{
    Q_OBJECT

private slots:
    void oldFileIsReplaced_data();
    void oldFileIsReplaced();
    void lostAnswersLeaveTheNewFile();
    void oldFileComesBack_data();
    void oldFileComesBack();
    void goesOnWhereItSteppedAside();
    void serverWithAnOrderOfItsOwnLosesNothing_data();
    void serverWithAnOrderOfItsOwnLosesNothing();
    void refusalIsTold();
};

void RemoteReplacementTest::oldFileIsReplaced_data()
{
    QTest::addColumn<bool>("renameReplaces");
    QTest::newRow("RENAME to free names only") << false;
    QTest::newRow("RENAME replaces") << true;
}

void RemoteReplacementTest::oldFileIsReplaced()
{
    QFETCH(bool, renameReplaces);
    ScriptedPeer peer;
    start(peer);
    peer.server.faults.renameReplaces = renameReplaces;

    QVERIFY(replace(peer));

    QCOMPARE(contents(peer.server), "new");
    QTRY_COMPARE(names(peer.server), QByteArrayList{"file"});
}

// Whoever waits for an answer in between leaves nothing under the name if it never comes.
void RemoteReplacementTest::lostAnswersLeaveTheNewFile()
{
    ScriptedPeer peer;
    start(peer);
    peer.server.faults.holdAnswers = true;
    std::optional<Result<void>> replaced;
    transfer::replaceRemote(peer.engine, part, target,
                            [&replaced](const Result<void> &result) { replaced = result; });
    QTRY_VERIFY(peer.server.count(tests::SftpRequestType::Rename) > 0);

    peer.engine.end(base::Error{ErrorKind::ConnectionLost});

    QCOMPARE(contents(peer.server), "new");
    QTRY_VERIFY(replaced);
    QCOMPARE(replaced->error().kind, ErrorKind::ConnectionLost);
}

void RemoteReplacementTest::oldFileComesBack_data()
{
    QTest::addColumn<ScriptedSftpServer::Order>("order");
    QTest::newRow("answers in order") << ScriptedSftpServer::Order::Kept;
    QTest::newRow("in another") << ScriptedSftpServer::Order::Reversed;
}

void RemoteReplacementTest::oldFileComesBack()
{
    QFETCH(ScriptedSftpServer::Order, order);
    ScriptedPeer peer;
    start(peer);
    peer.server.tree.remove(part.bytes());
    peer.server.faults.holdAnswers = true;
    std::optional<Result<void>> replaced;
    transfer::replaceRemote(peer.engine, part, target,
                            [&replaced](const Result<void> &result) { replaced = result; });
    QTRY_COMPARE(peer.server.heldAnswerCount(), 2);

    peer.server.faults.holdAnswers = false;
    peer.release(order);

    QTRY_VERIFY(replaced);
    QCOMPARE(replaced->error().kind, ErrorKind::NotFound);
    QCOMPARE(names(peer.server), QByteArrayList{"file"});
    QCOMPARE(contents(peer.server), "old");
}

void RemoteReplacementTest::goesOnWhereItSteppedAside()
{
    ScriptedPeer peer;
    start(peer);
    peer.server.tree.remove(target.bytes());

    QVERIFY(replace(peer));

    QCOMPARE(contents(peer.server), "new");
    QCOMPARE(names(peer.server), QByteArrayList{"file"});
}

void RemoteReplacementTest::serverWithAnOrderOfItsOwnLosesNothing_data()
{
    oldFileIsReplaced_data();
}

// Against the protocol (draft-ietf-secsh-filexfer-02 section 6.1).
void RemoteReplacementTest::serverWithAnOrderOfItsOwnLosesNothing()
{
    QFETCH(bool, renameReplaces);
    ReversingPeer peer;
    start(peer);
    peer.server.faults.renameReplaces = renameReplaces;

    QVERIFY(replace(peer));

    QCOMPARE(contents(peer.server), "new");
}

void RemoteReplacementTest::refusalIsTold()
{
    ScriptedPeer peer;
    start(peer);
    peer.server.faults.statuses[tests::SftpRequestType::Rename] = 3;

    QCOMPARE(replace(peer).error().kind, ErrorKind::PermissionDenied);

    QCOMPARE(contents(peer.server), "old");
}

QTEST_GUILESS_MAIN(RemoteReplacementTest)

#include "RemoteReplacementTest.moc"
