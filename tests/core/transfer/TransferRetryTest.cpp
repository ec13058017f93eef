#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QTest>
#include <QTimer>

#include <functional>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using tests::pattern;
using tests::ProcessPeer;
using tests::ScriptedPeer;
using tests::SftpRequestType;
using transfer::AnswerScope;
using transfer::ConflictAnswer;
using transfer::CopyObstacle;
using transfer::Direction;
using transfer::Summary;
using transfer::TransferRequest;

// Transfers that go on after trouble: over another connection, with a server that was busy; and
// names that the target's file system takes for one.
class TransferRetryTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void interruptedCopyGoesOn_data();
    void interruptedCopyGoesOn();
    void overwrittenFileIsNotAskedAboutAgain();
    void openQuestionIsAskedAgain();
    void busyServerIsTriedAgain();
    void lookalikeIsAskedAbout_data();
    void lookalikeIsAskedAbout();
    void directoriesDoNotMerge();
    void namesApartAreNoConflict();

private:
    // Kills the server of the copy under way as soon as `isDue`, asked whenever nothing else is to
    // be done: many files, or much of one, can not pass meanwhile.
    Result<Summary> killWhen(const std::function<bool()> &isDue);
    void startScripted(ScriptedPeer &peer, const QList<QByteArray> &names);
};

Result<Summary> TransferRetryTest::killWhen(const std::function<bool()> &isDue)
{
    QTimer watch;
    connect(&watch, &QTimer::timeout, this, [this, &watch, &isDue] {
        if (isDue()) {
            watch.stop();
            m_peer->kill();
        }
    });
    watch.start(0);
    return finish();
}

// From the source directory to /home/tester.
void TransferRetryTest::startScripted(ScriptedPeer &peer, const QList<QByteArray> &names)
{
    TransferRequest upload = request(Direction::Upload, names);
    upload.targetDirectory = FilePath("/home/tester");
    peer.engine.start();
    start(peer.engine, upload);
}

void TransferRetryTest::interruptedCopyGoesOn_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("upload") << Direction::Upload;
}

void TransferRetryTest::interruptedCopyGoesOn()
{
    QFETCH(Direction, direction);
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/sub"_s));
    for (int i = 0; i < 300; ++i) {
        put(End::Source, "tree/sub/" + QByteArray::number(i), QByteArray::number(i));
    }
    put(End::Source, "tree/large", pattern(64 * 1024 * 1024));
    const TransferRequest wanted = request(direction, {"tree"});
    start(m_peer->engine, wanted);

    const auto first
        = killWhen([this] { return QDir(path(End::Target, u"tree/sub"_s)).count() > 20; });
    QVERIFY(!first);
    QCOMPARE(first.error().kind, ErrorKind::ConnectionLost);
    QVERIFY(m_left);
    const int copiedBefore = m_left->summary().filesCopied;
    ProcessPeer second;
    goOn(second.engine, wanted, *m_left);
    const auto result = finish();

    QVERIFY(result);
    QVERIFY(copiedBefore > 0);
    QCOMPARE(result->failures, QList<transfer::FileFailure>());
    QCOMPARE(result->filesCopied, 301);
    QCOMPARE(m_conflicts.size(), 0);
    QCOMPARE(QProcess::execute(u"diff"_s, {u"-r"_s, path(End::Source), path(End::Target)}), 0);
}

void TransferRetryTest::overwrittenFileIsNotAskedAboutAgain()
{
    put(End::Source, "file", pattern(64 * 1024 * 1024));
    put(End::Target, "file", "old");
    const TransferRequest wanted = request(Direction::Download, {"file"});
    start(m_peer->engine, wanted);
    QTRY_COMPARE(m_conflicts.size(), 1);
    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);

    // It is under way.
    QVERIFY(!killWhen([this] { return namesIn(End::Target).size() == 2; }) && m_left);
    QCOMPARE(get(End::Target, "file"), "old");
    ProcessPeer second;
    goOn(second.engine, wanted, *m_left);

    QCOMPARE(finish()->filesCopied, 1);
    QCOMPARE(m_conflicts.size(), 0);
    QVERIFY(get(End::Target, "file") == pattern(64 * 1024 * 1024));
}

void TransferRetryTest::openQuestionIsAskedAgain()
{
    put(End::Source, "file", "new");
    put(End::Target, "file", "old");
    const TransferRequest wanted = request(Direction::Download, {"file"});
    start(m_peer->engine, wanted);
    QTRY_COMPARE(m_conflicts.size(), 1);

    m_peer->kill();
    QVERIFY(!finish() && m_left);
    ProcessPeer second;
    goOn(second.engine, wanted, *m_left);
    QTRY_COMPARE(m_conflicts.size(), 1);
    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);

    QCOMPARE(finish()->filesCopied, 1);
    QCOMPARE(get(End::Target, "file"), "new");
}

// SSH_FX_FAILURE is what OpenSSH says when it has run out of handles.
void TransferRetryTest::busyServerIsTriedAgain()
{
    ScriptedPeer peer;
    put(End::Source, "a", "a");
    put(End::Source, "b", "b");
    peer.server.faults.statuses[SftpRequestType::Open] = 4;
    startScripted(peer, {"a", "b"});
    QTRY_COMPARE(peer.server.count(SftpRequestType::Open), 2);

    peer.server.faults.statuses.clear();

    const auto result = finish();
    QVERIFY(result);
    QCOMPARE(result->filesCopied, 2);
    QCOMPARE(result->failures.size(), 0);
}

void TransferRetryTest::lookalikeIsAskedAbout_data()
{
    QTest::addColumn<ConflictAnswer>("answer");
    QTest::addColumn<QByteArrayList>("names");
    QTest::addColumn<int>("failures");

    QTest::newRow("keep both") << ConflictAnswer::KeepBoth << QByteArrayList{"A (2)", "a"} << 0;
    QTest::newRow("skip") << ConflictAnswer::Skip << QByteArrayList{"a"} << 0;
    QTest::newRow("refuse") << ConflictAnswer::Refuse << QByteArrayList{"a"} << 1;
}

void TransferRetryTest::lookalikeIsAskedAbout()
{
    QFETCH(ConflictAnswer, answer);
    ScriptedPeer peer;
    peer.server.tree.setFolding(true);
    put(End::Source, "a", "small");
    put(End::Source, "A", "large");
    startScripted(peer, {"a", "A"});
    QTRY_COMPARE(m_conflicts.size(), 1);
    QVERIFY(m_conflicts[0].isLookalike);
    QCOMPARE(m_conflicts[0].target, FilePath("/home/tester/A"));

    m_slot->run->answer(m_conflicts[0].id, answer, AnswerScope::ThisFile);

    const auto result = finish();
    QFETCH(int, failures);
    QVERIFY(result);
    QCOMPARE(result->failures.size(), failures);
    if (failures > 0) {
        QCOMPARE(result->failures[0].obstacle, CopyObstacle::NamesAlike);
    }
    QTEST(peer.server.tree.namesIn("/home/tester"), "names");
    QCOMPARE(peer.server.tree.find("/home/tester/a")->data, "small");
}

void TransferRetryTest::directoriesDoNotMerge()
{
    ScriptedPeer peer;
    peer.server.tree.setFolding(true);
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/d"_s));
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/D"_s));
    put(End::Source, "tree/d/file", "small");
    put(End::Source, "tree/D/file", "large");

    startScripted(peer, {"tree"});
    const auto result = finish();

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].obstacle, CopyObstacle::NamesAlike);
    QCOMPARE(m_conflicts.size(), 0);
}

void TransferRetryTest::namesApartAreNoConflict()
{
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/d"_s));
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/D"_s));
    put(End::Source, "tree/d/a", "1");
    put(End::Source, "tree/D/a", "2");
    put(End::Source, "tree/D/A", "3");

    for (const Direction direction : {Direction::Download, Direction::Upload}) {
        start(m_peer->engine, request(direction, {"tree"}));
        const auto result = finish();
        QVERIFY(result);
        QCOMPARE(result->filesCopied, 3);
        QCOMPARE(result->failures.size(), 0);
        QCOMPARE(QProcess::execute(u"diff"_s, {u"-r"_s, path(End::Source), path(End::Target)}), 0);
        QVERIFY(QDir(path(End::Target, u"tree"_s)).removeRecursively());
    }
}

QTEST_GUILESS_MAIN(TransferRetryTest)

#include "TransferRetryTest.moc"
