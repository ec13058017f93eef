#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

#include <functional>

using namespace Qt::StringLiterals;
using base::Result;
using tests::pattern;
using tests::ProcessPeer;
using transfer::CopyNote;
using transfer::CopyServices;
using transfer::Direction;
using transfer::LaneBoard;
using transfer::PartLedger;
using transfer::Summary;
using transfer::TransferRequest;

// Copies with OpenSSH's sftp-server that are cut off, and later copies of the same file.
class TransferResumeTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void killedServerLeavesAPart_data() { addCopies(); }
    void killedServerLeavesAPart();
    void cancelledCopyLeavesAPartIfItMay_data() { addCopies(); }
    void cancelledCopyLeavesAPartIfItMay();
    void changedSourceStartsOver_data() { addCopies(); }
    void changedSourceStartsOver();
    void changedPartStartsOver_data() { addCopies(); }
    void changedPartStartsOver();
    void lostRecordIsMadeGood_data() { addCopies(); }
    void lostRecordIsMadeGood();
    void lostRecordOfAnotherFileIsNoticed_data() { addCopies(); }
    void lostRecordOfAnotherFileIsNoticed();
    void partIsNotTakenUpUnasked_data() { addCopies(); }
    void partIsNotTakenUpUnasked();
    void foreignBeginningIsGoneOnWith_data() { addForeign(); }
    void foreignBeginningIsGoneOnWith();
    void foreignFileThatDiffersIsLeftAlone_data() { addForeign(); }
    void foreignFileThatDiffersIsLeftAlone();
    void foreignFilesAreResumedByTheirSize();
    void foreignBeginningSurvivesItsCopy_data();
    void foreignBeginningSurvivesItsCopy();
    void foreignBeginningStaysIfTheRestDoesNotFit_data() { addDirections(); }
    void foreignBeginningStaysIfTheRestDoesNotFit();
    void restAloneNeedsRoom_data() { addDirections(); }
    void restAloneNeedsRoom();

private:
    static void addForeign();
    static void addCopies();
    static void addDirections();
    TransferRequest resuming(Direction direction) const;
    void makeSource(qsizetype size);
    void makeHuge(End end, const QString &name, qint64 size) const;
    TransferRequest limited(TransferRequest request) const;
    // Begins to copy "file" and calls `end` once half of it is there.
    void begin(const TransferRequest &request, const std::function<void()> &end);
    Result<Summary> resume(Direction direction);
    QString part() const { return path(End::Target, u".file.ponto-part"_s); }
    static CopyNote::Kind noteOf(const Result<Summary> &result);
    void changePart() const;

    std::unique_ptr<QTemporaryDir> m_state;
    QByteArray m_data;
    CopyServices m_services;
    std::optional<quint64> m_limit;
};

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;

constexpr qsizetype fileBytes = 40 * mebibyte;
constexpr qint64 moreThanAnyDisk = qint64{4} << 40U;
constexpr qsizetype largeBytes = 160 * mebibyte; // more than the holes that stripes may leave

} // namespace

void TransferResumeTest::init()
{
    tests::TransferFixture::init();
    m_state = std::make_unique<QTemporaryDir>();
    const auto ledger = std::make_shared<const PartLedger>(m_state->path().toUtf8(), "server");
    m_services = CopyServices{ledger, nullptr};
    makeSource(fileBytes);
}

void TransferResumeTest::cleanup()
{
    tests::TransferFixture::cleanup();
    m_lanes.reset();
    m_services = {};
    m_state.reset(); // after whoever writes there
}

void TransferResumeTest::makeSource(qsizetype size)
{
    m_data = pattern(size);
    put(End::Source, "file", m_data);
}

void TransferResumeTest::addCopies()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<bool>("isStriped");

    QTest::newRow("download") << Direction::Download << false;
    QTest::newRow("upload") << Direction::Upload << false;
    QTest::newRow("striped download") << Direction::Download << true;
    QTest::newRow("striped upload") << Direction::Upload << true;
}

void TransferResumeTest::addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("upload") << Direction::Upload;
}

TransferRequest TransferResumeTest::resuming(Direction direction) const
{
    TransferRequest resuming = request(direction, {"file"});
    resuming.options.resume = true;
    return resuming;
}

TransferRequest TransferResumeTest::limited(TransferRequest request) const
{
    request.bytesPerSecond = m_limit;
    return request;
}

void TransferResumeTest::begin(const TransferRequest &request, const std::function<void()> &end)
{
    QFETCH(bool, isStriped);
    // The limit is so high that it only says: no stripes.
    m_lanes = std::make_shared<LaneBoard>(m_services);
    m_limit = isStriped ? std::nullopt : std::optional(quint64{1} << 40U);
    start(m_peer->engine, limited(request));
    QTimer watch;
    bool hasEnded = false;
    connect(&watch, &QTimer::timeout, this, [&] {
        if (!hasEnded && QFileInfo(part()).size() >= m_data.size() / 2) {
            hasEnded = true;
            end();
        }
    });
    watch.start(0);
    QVERIFY(!finish() || m_result->value().filesCopied == 0);
    QVERIFY(hasEnded);
    QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000)); // what the disk still does
    if (m_peer->engine.hasEnded()) {
        m_peer = std::make_unique<ProcessPeer>();
    }
}

Result<Summary> TransferResumeTest::resume(Direction direction)
{
    start(m_peer->engine, limited(resuming(direction)));
    return finish();
}

CopyNote::Kind TransferResumeTest::noteOf(const Result<Summary> &result)
{
    return result && result->notes.size() == 1 ? result->notes[0].kind : CopyNote::Kind::NotFlushed;
}

// In the last megabyte of what can be trusted.
void TransferResumeTest::changePart() const
{
    QFile file(part());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    bytes.replace(0, bytes.size(), QByteArray(bytes.size(), 'x'));
    QVERIFY(file.seek(0) && file.write(bytes) == bytes.size());
}

void TransferResumeTest::killedServerLeavesAPart()
{
    QFETCH(Direction, direction);
    begin(request(direction, {"file"}), [this] { m_peer->kill(); });
    QCOMPARE(namesIn(End::Target), QStringList{u".file.ponto-part"_s});

    const auto result = resume(direction);

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(noteOf(result), CopyNote::Kind::Resumed);
    QVERIFY(result->bytesCopied < static_cast<quint64>(fileBytes));
    QCOMPARE(result->bytesCopied + result->notes[0].bytes, static_cast<quint64>(fileBytes));
    QVERIFY(get(End::Target, "file") == m_data);
    QCOMPARE(namesIn(End::Target), QStringList{u"file"_s});
    QVERIFY(QDir(m_state->path()).isEmpty());
}

void TransferResumeTest::cancelledCopyLeavesAPartIfItMay()
{
    QFETCH(Direction, direction);
    begin(request(direction, {"file"}), [this] { m_slot->run->cancel(); });
    QTRY_COMPARE(namesIn(End::Target), QStringList());

    TransferRequest keeping = resuming(direction);
    keeping.options.keepPart = true;
    begin(keeping, [this] { m_slot->run->cancel(); });
    QTRY_COMPARE(namesIn(End::Target), QStringList{u".file.ponto-part"_s});

    const auto result = resume(direction);
    QCOMPARE(noteOf(result), CopyNote::Kind::Resumed);
    QVERIFY(get(End::Target, "file") == m_data);
}

void TransferResumeTest::changedSourceStartsOver()
{
    QFETCH(Direction, direction);
    begin(request(direction, {"file"}), [this] { m_peer->kill(); });
    const QByteArray other = pattern(fileBytes + 1).last(fileBytes);
    put(End::Source, "file", other);
    QFile source(path(End::Source, u"file"_s));
    QVERIFY(source.open(QIODevice::ReadWrite));
    QVERIFY(source.setFileTime(QDateTime::fromSecsSinceEpoch(1'600'000'000),
                               QFileDevice::FileModificationTime));
    source.close();

    const auto result = resume(direction);

    QCOMPARE(noteOf(result), CopyNote::Kind::OtherSource);
    QCOMPARE(result->bytesCopied, static_cast<quint64>(fileBytes));
    QVERIFY(get(End::Target, "file") == other);
    QCOMPARE(namesIn(End::Target), QStringList{u"file"_s});
}

void TransferResumeTest::changedPartStartsOver()
{
    QFETCH(Direction, direction);
    begin(request(direction, {"file"}), [this] { m_peer->kill(); });
    changePart();

    const auto result = resume(direction);

    QCOMPARE(noteOf(result), CopyNote::Kind::OtherPart);
    QCOMPARE(result->bytesCopied, static_cast<quint64>(fileBytes));
    QVERIFY(get(End::Target, "file") == m_data);
    QCOMPARE(namesIn(End::Target), QStringList{u"file"_s});
}

void TransferResumeTest::lostRecordIsMadeGood()
{
    QFETCH(Direction, direction);
    makeSource(largeBytes);
    begin(request(direction, {"file"}), [this] { m_peer->kill(); });
    QVERIFY(QDir(m_state->path()).removeRecursively());

    const auto result = resume(direction);

    QCOMPARE(noteOf(result), CopyNote::Kind::Resumed);
    QVERIFY(result->bytesCopied < static_cast<quint64>(largeBytes));
    QVERIFY(get(End::Target, "file") == m_data);
    QCOMPARE(namesIn(End::Target), QStringList{u"file"_s});
}

// Then it may be anybody's: it stays.
void TransferResumeTest::lostRecordOfAnotherFileIsNoticed()
{
    QFETCH(Direction, direction);
    makeSource(largeBytes);
    begin(request(direction, {"file"}), [this] { m_peer->kill(); });
    QVERIFY(QDir(m_state->path()).removeRecursively());
    changePart();
    const QByteArray foreign = get(End::Target, ".file.ponto-part");

    const auto result = resume(direction);

    QCOMPARE(noteOf(result), CopyNote::Kind::OtherPart);
    QVERIFY(get(End::Target, "file") == m_data);
    QVERIFY(get(End::Target, ".file.ponto-part") == foreign);
}

void TransferResumeTest::partIsNotTakenUpUnasked()
{
    QFETCH(Direction, direction);
    begin(request(direction, {"file"}), [this] { m_peer->kill(); });

    start(m_peer->engine, limited(request(direction, {"file"})));

    const auto result = finish();
    QCOMPARE(result->notes.size(), 0);
    QCOMPARE(result->bytesCopied, static_cast<quint64>(fileBytes));
    QVERIFY(get(End::Target, "file") == m_data);
    QCOMPARE(namesIn(End::Target), QStringList{u"file"_s});
}

// As scp(1) leaves them: under the real name, and nobody has noted anything.
void TransferResumeTest::addForeign()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<qsizetype>("bytes");

    QTest::newRow("download, small") << Direction::Download << qsizetype{1000};
    QTest::newRow("download") << Direction::Download << 3 * mebibyte + 7;
    QTest::newRow("upload, small") << Direction::Upload << qsizetype{1000};
    QTest::newRow("upload") << Direction::Upload << 3 * mebibyte + 7;
}

void TransferResumeTest::foreignBeginningIsGoneOnWith()
{
    QFETCH(Direction, direction);
    QFETCH(qsizetype, bytes);
    put(End::Target, "file", m_data.first(bytes));
    TransferRequest half = request(direction, {"file"});
    half.answers.files = transfer::ConflictAnswer::Resume;

    start(m_peer->engine, half);
    const auto copied = finish();

    QVERIFY(copied);
    QCOMPARE(copied->failures.size(), 0);
    QCOMPARE(noteOf(copied), CopyNote::Kind::Resumed);
    QCOMPARE(copied->notes[0].bytes, static_cast<quint64>(bytes));
    QVERIFY(get(End::Target, "file") == m_data);
    QCOMPARE(namesIn(End::Target), {u"file"_s});
}

void TransferResumeTest::foreignFileThatDiffersIsLeftAlone()
{
    QFETCH(Direction, direction);
    QFETCH(qsizetype, bytes);
    QByteArray other = m_data.first(bytes);
    other[bytes / 2] = static_cast<char>(other[bytes / 2] ^ 1);
    put(End::Target, "file", other);
    TransferRequest half = request(direction, {"file"});
    half.answers.files = transfer::ConflictAnswer::Resume;

    start(m_peer->engine, half);
    const auto copied = finish();

    QVERIFY(copied);
    QCOMPARE(copied->failures.size(), 1);
    QCOMPARE(copied->failures[0].obstacle, transfer::CopyObstacle::OtherBeginning);
    QVERIFY(get(End::Target, "file") == other);
    QCOMPARE(namesIn(End::Target), {u"file"_s});
}

// An empty one is overwritten, one as large is taken for complete, and a larger one too.
void TransferResumeTest::foreignFilesAreResumedByTheirSize()
{
    put(End::Source, "empty", "new");
    put(End::Source, "same", "new");
    put(End::Source, "larger", "new");
    put(End::Target, "empty", "");
    put(End::Target, "same", "old");
    put(End::Target, "larger", "older");
    TransferRequest all = request(Direction::Download, {"empty", "same", "larger"});
    all.answers.files = transfer::ConflictAnswer::Resume;

    start(m_peer->engine, all);
    const auto copied = finish();

    QVERIFY(copied);
    QCOMPARE(copied->filesCopied, 1);
    QCOMPARE(copied->filesSkipped, 2);
    QCOMPARE(get(End::Target, "empty"), QByteArray("new"));
    QCOMPARE(get(End::Target, "same"), QByteArray("old"));
    QCOMPARE(get(End::Target, "larger"), QByteArray("older"));
}

void TransferResumeTest::foreignBeginningSurvivesItsCopy_data()
{
    addCopies();
    QTest::newRow("download that fails") << Direction::Download << false;
    QTest::newRow("upload that fails") << Direction::Upload << false;
}

// It was there before the copy, and nobody has said that it may go.
void TransferResumeTest::foreignBeginningSurvivesItsCopy()
{
    QFETCH(Direction, direction);
    const bool isCancelled = !QByteArray(QTest::currentDataTag()).endsWith("fails");
    const QByteArray beginning = m_data.first(10 * mebibyte);
    put(End::Target, "file", beginning);
    TransferRequest half = request(direction, {"file"});
    half.answers.files = transfer::ConflictAnswer::Resume;

    begin(half, [&] {
        if (isCancelled) {
            m_slot->run->cancel();
        } else {
            QVERIFY(QFile::resize(path(End::Source, u"file"_s), fileBytes - 1));
        }
    });

    QTRY_COMPARE(namesIn(End::Target), QStringList{u"file"_s});
    QVERIFY(get(End::Target, "file") == beginning);
}

// More than any disk has, and nothing of it takes room: it is a hole.
void TransferResumeTest::makeHuge(End end, const QString &name, qint64 size) const
{
    put(end, name.toUtf8(), "");
    QVERIFY(QFile::resize(path(end, name), size));
}

void TransferResumeTest::foreignBeginningStaysIfTheRestDoesNotFit()
{
    QFETCH(Direction, direction);
    makeHuge(End::Source, u"huge"_s, moreThanAnyDisk);
    makeHuge(End::Target, u"huge"_s, 1000);
    TransferRequest half = request(direction, {"huge"});
    half.answers.files = transfer::ConflictAnswer::Resume;

    start(m_peer->engine, half);
    const auto copied = finish();

    QVERIFY(copied);
    QCOMPARE(copied->failures.size(), 1);
    QCOMPARE(copied->failures[0].error.kind, base::ErrorKind::NoSpace);
    QCOMPARE(namesIn(End::Target), QStringList{u"huge"_s});
    QCOMPARE(QFileInfo(path(End::Target, u"huge"_s)).size(), 1000);
}

// What is there already takes its room already.
void TransferResumeTest::restAloneNeedsRoom()
{
    QFETCH(Direction, direction);
    makeHuge(End::Source, u"huge"_s, moreThanAnyDisk);
    makeHuge(End::Target, u".huge.ponto-part"_s, moreThanAnyDisk - 1000);
    TransferRequest rest = request(direction, {"huge"});
    rest.options.resume = true;

    start(m_peer->engine, rest);
    const auto copied = finish();

    QVERIFY(copied);
    QCOMPARE(copied->failures.size(), 0);
    QCOMPARE(noteOf(copied), CopyNote::Kind::Resumed);
    QCOMPARE(QFileInfo(path(End::Target, u"huge"_s)).size(), moreThanAnyDisk);
}

QTEST_GUILESS_MAIN(TransferResumeTest)

#include "TransferResumeTest.moc"
