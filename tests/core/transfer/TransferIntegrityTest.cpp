#include "tests/core/transfer/TransferFixture.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <QTimer>

#include <cerrno>

using namespace Qt::StringLiterals;
using tests::pattern;
using tests::ScriptedPeer;
using tests::SftpRequestType;
using transfer::AnswerScope;
using transfer::ConflictAnswer;
using transfer::Direction;
using transfer::TransferRequest;

// Sources that change while they are copied, and copies that are compared afterwards.
class TransferIntegrityTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void changedSourceIsRefused_data();
    void changedSourceIsRefused();
    void changedFileIsNotUploaded_data();
    void changedFileIsNotUploaded();
    void smallFileIsReadAgain();
    void damageIsFound_data();
    void damageIsFound();
    void verifiedFileArrives_data();
    void verifiedFileArrives();
};

void TransferIntegrityTest::changedSourceIsRefused_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<quint32>("time");

    for (const Direction direction : {Direction::Download, Direction::Relay}) {
        const char *suffix = direction == Direction::Relay ? ", between servers" : "";
        const auto row = [suffix](const char *name) -> QTestData & {
            return QTest::newRow(QByteArray(name).append(suffix).constData());
        };
        row("longer") << direction << qsizetype(3'000'001) << 1'700'000'000U;
        row("shorter") << direction << qsizetype(2'999'999) << 1'700'000'000U;
        row("much shorter") << direction << qsizetype(1) << 1'700'000'001U;
        row("as long") << direction << qsizetype(3'000'000) << 1'700'000'001U;
    }
}

void TransferIntegrityTest::changedSourceIsRefused()
{
    QFETCH(Direction, direction);
    QFETCH(qsizetype, size);
    QFETCH(quint32, time);
    ScriptedPeer peer;
    const QByteArray path = "/home/tester/file";
    peer.server.tree.put(path, {.data = pattern(3'000'000), .mtime = 1'700'000'000});
    peer.server.faults.maxReadBytes = 20'000; // so that much is left to ask for
    put(End::Target, "file", "old");
    peer.engine.start();
    relayFrom(peer.engine);
    start(direction == Direction::Relay ? m_peer->engine : peer.engine,
          scripted(direction, "file"));
    QTRY_COMPARE(m_conflicts.size(), 1);
    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);
    QTimer watch;
    connect(&watch, &QTimer::timeout, this, [&] {
        if (peer.server.count(SftpRequestType::Read) > 0) {
            peer.server.tree.find(path)->data.resize(size);
            peer.server.tree.find(path)->mtime = time;
        }
    });
    watch.start(0);
    const auto result = finish();

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.code, ESTALE);
    QCOMPARE(namesIn(End::Target), QStringList{u"file"_s});
    QCOMPARE(get(End::Target, "file"), "old");
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void TransferIntegrityTest::changedFileIsNotUploaded_data()
{
    QTest::addColumn<qint64>("size");

    QTest::newRow("longer") << qint64(3'000'001);
    QTest::newRow("shorter") << qint64(2'999'999);
    QTest::newRow("as long") << qint64(3'000'000);
}

void TransferIntegrityTest::changedFileIsNotUploaded()
{
    QFETCH(qint64, size);
    ScriptedPeer peer;
    put(End::Source, "file", pattern(3'000'000));
    QFile source(path(End::Source, u"file"_s));
    QVERIFY(source.open(QIODevice::ReadWrite));
    const auto change = [&] {
        // Written to once more, so that its time changes too.
        QVERIFY(source.resize(size) && source.write("x") == 1 && source.flush());
    };

    const auto result
        = copyWhile(peer, scripted(Direction::Upload, "file"), SftpRequestType::Open, change);

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.code, ESTALE);
    QTRY_COMPARE(peer.server.tree.namesIn("/home/tester"), QByteArrayList());
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

// It has changed between its listing and its first byte, perhaps long ago.
void TransferIntegrityTest::smallFileIsReadAgain()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/tree", {.mode = 040755});
    peer.server.tree.put("/home/tester/tree/file", {.data = "first"});

    const auto result
        = copyWhile(peer, scripted(Direction::Download, "tree"), SftpRequestType::Readdir, [&] {
              peer.server.tree.put("/home/tester/tree/file", {.data = "second one", .mtime = 5});
          });

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 0);
    QCOMPARE(get(End::Target, "tree/file"), "second one");
    QCOMPARE(QFileInfo(path(End::Target, u"tree/file"_s)).lastModified().toSecsSinceEpoch(), 5);
}

void TransferIntegrityTest::damageIsFound_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<bool>("checkFile");

    QTest::newRow("download") << Direction::Download << false;
    QTest::newRow("upload") << Direction::Upload << false;
    QTest::newRow("hashed download") << Direction::Download << true;
    QTest::newRow("hashed upload") << Direction::Upload << true;
}

void TransferIntegrityTest::damageIsFound()
{
    QFETCH(Direction, direction);
    const bool isUpload = direction == Direction::Upload;
    QFETCH(bool, checkFile);
    ScriptedPeer peer;
    peer.server.faults.checkFile = checkFile;
    const QByteArray data = pattern(3'000'000);
    put(End::Source, "file", data);
    peer.server.tree.put("/home/tester/file", {.data = data});
    const QByteArray damaged = isUpload ? "/home/tester/.file.ponto-part" : "/home/tester/file";
    if (isUpload) {
        peer.server.tree.remove("/home/tester/file");
    }
    TransferRequest verified = scripted(direction, "file");
    verified.options.verify = true;
    // Between the data and their comparison.
    const auto type = isUpload ? SftpRequestType::Fsetstat : SftpRequestType::Fstat;

    peer.engine.start();
    start(peer.engine, verified);
    QTimer watch;
    bool isDone = false;
    connect(&watch, &QTimer::timeout, this, [&] {
        // The first one is at the begin.
        if (!isDone && peer.server.count(type) > 1) {
            isDone = true;
            char &byte = peer.server.tree.find(damaged)->data[1'234'567];
            byte = static_cast<char>(byte ^ 1);
        }
    });
    watch.start(0);
    const auto result = finish();

    QVERIFY(isDone);
    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.code, EBADMSG);
    QCOMPARE(namesIn(End::Target), QStringList());
    if (isUpload) {
        QTRY_COMPARE(peer.server.tree.namesIn("/home/tester"), QByteArrayList());
    }
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void TransferIntegrityTest::verifiedFileArrives_data()
{
    damageIsFound_data();
}

// Zeros at the end are a hole here, and are compared too.
void TransferIntegrityTest::verifiedFileArrives()
{
    QFETCH(Direction, direction);
    QFETCH(bool, checkFile);
    ScriptedPeer peer;
    peer.server.faults.checkFile = checkFile;
    const QByteArray data = pattern(1'000'000) + QByteArray(500'000, '\0');
    put(End::Source, "file", data);
    if (direction == Direction::Download) {
        peer.server.tree.put("/home/tester/file", {.data = data});
    }
    peer.server.faults.maxReadBytes = 10'000;
    TransferRequest verified = scripted(direction, "file");
    verified.options.verify = true;
    verified.options.flush = true;
    peer.engine.start();
    start(peer.engine, verified);

    const auto result = finish();

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 0);
    QCOMPARE(result->notes.size(), 0);
    QVERIFY((direction == Direction::Download ? get(End::Target, "file")
                                              : peer.server.tree.find("/home/tester/file")->data)
            == data);
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

QTEST_GUILESS_MAIN(TransferIntegrityTest)

#include "TransferIntegrityTest.moc"
