#include "base/WireWriter.h"
#include "tests/core/sftp/SftpPeers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using sftp::Handle;
using tests::answerTo;
using tests::ScriptedPeer;
using tests::SftpRequestType;

// What differs from a good answer is told to the scripted server; draft-ietf-secsh-filexfer-02 says
// what is wrong with it.
class EngineTest : public QObject
{
    Q_OBJECT

private slots:
    void becomesReadyWithVersion();
    void limitsAreAsked();
    void otherVersionIsUnsupported_data();
    void otherVersionIsUnsupported();
    void foreignTextIsQuoted();
    void answersAreMatchedById();
    void statusWithoutMessageIsEnough();
    void badMessageIsAboutTheName();
    void brokenProtocolEndsEverything_data();
    void brokenProtocolEndsEverything();
    void dataBeyondTheRequestAreRefused();
    void abandonedRequestIsNotAnswered();
    void lateHandleIsClosed();
    void endFailsWhatWaitsAndWhatComes();
    void refusalComesAfterTheCall();
    void silenceIsNotWaitedForForEver();
    void flushMayTakeLong();
    void flushIsNotWaitedForForEver();
    void missingExtensionIsUnsupported();
    void destructionAnswersEverything();
};

namespace {

using Spoil = void (*)(tests::SftpFaults &);

const FilePath home("/home/tester");

void start(ScriptedPeer &peer)
{
    peer.engine.start();
    bool isReady = false;
    peer.engine.whenReady([&isReady] { isReady = true; });
    QTRY_VERIFY(isReady);
}

Result<FilePath> realPath(ScriptedPeer &peer)
{
    return answerTo<FilePath>(
        [&peer](auto answered) { peer.engine.realPath(FilePath("."), std::move(answered)); });
}

// A callback that stores the kind of what it gets.
template<typename T>
auto storingKind(std::optional<ErrorKind> &kind)
{
    return [&kind](const Result<T> &result) {
        kind = result ? std::nullopt : std::optional(result.error().kind);
    };
}

Result<Handle> create(ScriptedPeer &peer, const QByteArray &name)
{
    return answerTo<Handle>([&](auto answered) {
        peer.engine.open(home.child(name), sftp::OpenFlag::Write | sftp::OpenFlag::Create, {},
                         std::move(answered));
    });
}

} // namespace

void EngineTest::becomesReadyWithVersion()
{
    ScriptedPeer peer;
    QVERIFY(!peer.engine.isReady());

    start(peer);

    QVERIFY(peer.engine.isReady());
    QVERIFY(peer.engine.offers("posix-rename@openssh.com"));
    QVERIFY(!peer.engine.offers("hardlink@openssh.com"));
    QCOMPARE(realPath(peer)->bytes(), home.bytes());
}

void EngineTest::limitsAreAsked()
{
    ScriptedPeer peer;
    peer.server.faults.limits = tests::SftpLimits{.read = 20'000, .write = 10'000};

    start(peer);

    QTRY_COMPARE(peer.engine.limits().readBytes, 20'000U);
    QCOMPARE(peer.engine.limits().writeBytes, 10'000U);
}

void EngineTest::otherVersionIsUnsupported_data()
{
    QTest::addColumn<quint32>("version");
    QTest::newRow("0") << 0U;
    QTest::newRow("2") << 2U;
    QTest::newRow("6") << 6U;
}

void EngineTest::otherVersionIsUnsupported()
{
    QFETCH(quint32, version);
    ScriptedPeer peer;
    peer.server.faults.version = version;
    start(peer);

    const auto path = realPath(peer);

    QCOMPARE(path.error().kind, ErrorKind::Unsupported);
    QVERIFY(path.error().detail.contains(QString::number(version)));
}

void EngineTest::foreignTextIsQuoted()
{
    ScriptedPeer peer;
    peer.engine.received("Last login: \x1b[1mtoday");
    start(peer);

    const auto path = realPath(peer);

    QCOMPARE(path.error().kind, ErrorKind::ProtocolViolation);
    QCOMPARE(path.error().detail, u"the server printed: Last login: \\x1B[1mtoday"_s);
}

void EngineTest::answersAreMatchedById()
{
    ScriptedPeer peer;
    start(peer);
    peer.server.tree.put("/home/tester/a", {.data = "1"});
    peer.server.tree.put("/home/tester/b", {.data = "22"});
    QTRY_COMPARE(peer.server.requests().size(), 1); // limits
    peer.server.faults.holdAnswers = true;
    QList<quint64> sizes(2);
    for (const auto &[index, name] : {std::pair(0, "a"), std::pair(1, "b")}) {
        peer.engine.status(home.child(name), [&sizes, index](const Result<FileAttributes> &found) {
            sizes[index] = found->size.value_or(0);
        });
    }
    QTRY_COMPARE(peer.server.heldAnswerCount(), 2);

    peer.release(tests::ScriptedSftpServer::Order::Reversed);

    QCOMPARE(sizes, QList<quint64>({1, 2}));
}

void EngineTest::statusWithoutMessageIsEnough()
{
    ScriptedPeer peer;
    start(peer);
    peer.server.faults.silentStatuses = true;

    const auto removed = answerTo<void>(
        [&peer](auto answered) { peer.engine.remove(home.child("missing"), std::move(answered)); });

    QCOMPARE(removed.error().kind, ErrorKind::NotFound);
    QCOMPARE(removed.error().subject, u"/home/tester/missing"_s);
    QCOMPARE(removed.error().detail, QString());
}

void EngineTest::badMessageIsAboutTheName()
{
    ScriptedPeer peer;
    start(peer);
    peer.server.faults.statuses[SftpRequestType::Mkdir] = 5;

    const auto made = answerTo<void>([&peer](auto answered) {
        peer.engine.makeDirectory(home.child("x"), {}, std::move(answered));
    });

    QCOMPARE(made.error().kind, ErrorKind::InvalidName);
    QCOMPARE(realPath(peer)->bytes(), home.bytes()); // the engine goes on
}

void EngineTest::brokenProtocolEndsEverything_data()
{
    QTest::addColumn<Spoil>("spoil");

    QTest::newRow("foreign id") << Spoil([](tests::SftpFaults &faults) { faults.wrongIds = true; });
    QTest::newRow("answered twice")
        << Spoil([](tests::SftpFaults &faults) { faults.duplicateAnswers = true; });
    QTest::newRow("endless packet")
        << Spoil([](tests::SftpFaults &faults) { faults.hugeLengths = true; });
    QTest::newRow("cut packet") << Spoil(
        [](tests::SftpFaults &faults) { faults.truncatedPackets = true; });
    QTest::newRow("OK where a name was asked for")
        << Spoil([](tests::SftpFaults &faults) { faults.statuses[SftpRequestType::Realpath] = 0; });
}

void EngineTest::brokenProtocolEndsEverything()
{
    QFETCH(Spoil, spoil);
    ScriptedPeer peer;
    start(peer);
    QTRY_COMPARE(peer.server.requests().size(), 1);
    std::optional<ErrorKind> end;
    peer.engine.setEndHandler([&end](const base::Error &reason) { end = reason.kind; });
    spoil(peer.server.faults);

    realPath(peer);

    QTRY_COMPARE(end, ErrorKind::ProtocolViolation);
    QVERIFY(peer.engine.hasEnded());
    QCOMPARE(realPath(peer).error().kind, ErrorKind::ProtocolViolation);
}

void EngineTest::dataBeyondTheRequestAreRefused()
{
    ScriptedPeer peer;
    start(peer);
    QTRY_COMPARE(peer.server.requests().size(), 1);
    std::optional<ErrorKind> kind;
    peer.server.faults.holdAnswers = true;
    const auto id
        = peer.engine.read(Handle{"h", {}}, 0, 2, storingKind<std::optional<QByteArray>>(kind));

    peer.engine.received(base::WireWriter()
                             .uint32(12)
                             .byte(103) // SSH_FXP_DATA
                             .uint32(id)
                             .string("abc")
                             .take());

    QCOMPARE(kind, ErrorKind::ProtocolViolation);
}

void EngineTest::abandonedRequestIsNotAnswered()
{
    ScriptedPeer peer;
    start(peer);
    bool isAnswered = false;

    peer.engine.abandon(peer.engine.realPath(
        FilePath("."), [&isAnswered](const Result<FilePath> &) { isAnswered = true; }));

    QCOMPARE(realPath(peer)->bytes(), home.bytes()); // answered in order
    QVERIFY(!isAnswered);
}

void EngineTest::lateHandleIsClosed()
{
    ScriptedPeer peer;
    start(peer);

    peer.engine.abandon(
        peer.engine.openDirectory(home, [](const Result<Handle> &) { QFAIL("was abandoned"); }));

    QTRY_COMPARE(peer.server.count(SftpRequestType::Close), 1);
    QCOMPARE(peer.server.openHandleCount(), 0);
}

void EngineTest::endFailsWhatWaitsAndWhatComes()
{
    ScriptedPeer peer;
    start(peer);
    std::optional<ErrorKind> waiting;
    peer.engine.realPath(FilePath("."), storingKind<FilePath>(waiting));

    peer.engine.end(base::Error{ErrorKind::ConnectionLost});

    QCOMPARE(waiting, ErrorKind::ConnectionLost);
    QCOMPARE(realPath(peer).error().kind, ErrorKind::ConnectionLost);
}

void EngineTest::refusalComesAfterTheCall()
{
    ScriptedPeer peer;
    start(peer);
    peer.engine.end(base::Error{ErrorKind::ConnectionLost});
    std::optional<ErrorKind> kind;

    peer.engine.realPath(FilePath("."), storingKind<FilePath>(kind));

    QCOMPARE(kind, std::nullopt);
    QTRY_COMPARE(kind, ErrorKind::ConnectionLost);
}

void EngineTest::silenceIsNotWaitedForForEver()
{
    ScriptedPeer peer(std::chrono::milliseconds(100));
    start(peer);
    QTRY_COMPARE(peer.server.requests().size(), 1);
    QTest::qWait(150); // idle time does not count

    QCOMPARE(realPath(peer)->bytes(), home.bytes());
    peer.server.faults.holdAnswers = true;
    QCOMPARE(realPath(peer).error().kind, ErrorKind::TimedOut);
}

// OpenSSH's server does nothing else while a slow disk takes what was written.
void EngineTest::flushMayTakeLong()
{
    ScriptedPeer peer(std::chrono::milliseconds(100));
    start(peer);
    const auto file = create(peer, "file");
    QVERIFY(file);
    std::optional<Result<void>> flushed;
    peer.server.faults.holdAnswers = true;

    peer.engine.flush(*file, [&flushed](const Result<void> &result) { flushed = result; });
    peer.engine.close(*file, [](const Result<void> &) { });
    QTest::qWait(400);
    QVERIFY(!flushed);
    peer.server.faults.holdAnswers = false;
    peer.release();

    QVERIFY(flushed && *flushed);
    peer.server.faults.holdAnswers = true;
    QCOMPARE(realPath(peer).error().kind, ErrorKind::TimedOut); // as before
}

void EngineTest::flushIsNotWaitedForForEver()
{
    ScriptedPeer peer(std::chrono::milliseconds(20));
    start(peer);
    const auto file = create(peer, "file");
    QVERIFY(file);
    peer.server.faults.holdAnswers = true;

    const auto flushed = answerTo<void>(
        [&peer, &file](auto answered) { peer.engine.flush(*file, std::move(answered)); });

    QCOMPARE(flushed.error().kind, ErrorKind::TimedOut);
}

void EngineTest::missingExtensionIsUnsupported()
{
    ScriptedPeer peer;
    peer.server.faults.posixRename = false;
    start(peer);

    const auto replaced = answerTo<void>([&peer](auto answered) {
        peer.engine.replace(home.child("a"), home.child("b"), std::move(answered));
    });

    QCOMPARE(replaced.error().kind, ErrorKind::Unsupported);
}

void EngineTest::destructionAnswersEverything()
{
    std::optional<ErrorKind> waiting;
    std::optional<ErrorKind> following;
    {
        ScriptedPeer peer;
        start(peer);
        peer.engine.realPath(FilePath("."), [&](const Result<FilePath> &path) {
            waiting = path.error().kind;
            peer.engine.realPath(FilePath("."), storingKind<FilePath>(following));
        });
    }

    QCOMPARE(waiting, ErrorKind::ConnectionLost);
    QCOMPARE(following, ErrorKind::ConnectionLost);
}

QTEST_GUILESS_MAIN(EngineTest)

#include "EngineTest.moc"
