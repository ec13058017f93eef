#include "transfer/StripeWorker.h"

#include "tests/core/sftp/SftpPeers.h"
#include "transfer/Lane.h"

#include <QTest>

#include <cerrno>

using base::ErrorKind;
using base::Result;
using files::FilePath;
using tests::ScriptedPeer;
using tests::SftpRequestType;
using transfer::Lane;
using transfer::LaneBoard;
using transfer::Stripe;
using transfer::StripedFile;
using transfer::StripeWorker;

// A leader and a helper, each with a server of its own, which hold the same file unless told
// otherwise. The far end of an upload is the leader's server alone.
class StripeWorkerTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void helperCarriesItsPart();
    void failingHelperIsMadeGood_data();
    void failingHelperIsMadeGood();
    void lostHelperIsMadeGood();
    void otherFileIsNotMixedIn();
    void leadersFailureIsTheCopys();
    void earlyEndIsToldOf();
    void fullDiskIsToldOf();
    void cancelledLanesLetGo();
    void stripesStayWithinTheWindow();

private:
    void startDownload();
    bool waitForEnd();

    QByteArray m_data;
    QByteArray m_arrived;
    std::unique_ptr<ScriptedPeer> m_leader;
    std::unique_ptr<ScriptedPeer> m_helper;
    std::shared_ptr<LaneBoard> m_board;
    std::shared_ptr<StripedFile> m_file;
    std::unique_ptr<StripeWorker> m_worker;
    std::optional<base::Error> m_diskError;
};

namespace {

constexpr auto path = "/home/tester/file";
constexpr qsizetype fileBytes = 9 * 1024 * 1024 + 5;

QByteArray pattern(qsizetype size)
{
    QByteArray data(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : data) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return data;
}

} // namespace

void StripeWorkerTest::init()
{
    m_data = pattern(fileBytes);
    m_arrived = QByteArray(fileBytes, '\0');
    m_diskError.reset();
    m_leader = std::make_unique<ScriptedPeer>();
    m_helper = std::make_unique<ScriptedPeer>();
    m_leader->server.tree.put(path, {.data = m_data});
    m_helper->server.tree.put(path, {.data = m_data});
    m_board = std::make_shared<LaneBoard>();
    m_leader->engine.start();
    m_helper->engine.start();
    QTRY_VERIFY(m_leader->engine.isReady() && m_helper->engine.isReady());
}

void StripeWorkerTest::cleanup()
{
    if (m_file) {
        m_file->cancel();
    }
    m_worker.reset();
    m_leader.reset();
    m_helper.reset();
    m_file.reset();
}

void StripeWorkerTest::startDownload()
{
    const auto attributes = tests::answerTo<files::FileAttributes>(
        [this](auto answered) { m_leader->engine.status(FilePath(path), std::move(answered)); });
    QVERIFY(attributes);
    StripedFile::What what;
    what.remotePath = FilePath(path);
    what.expected = *attributes;
    what.size = fileBytes;
    what.traffic = m_board->traffic();
    what.write = [this](quint64 offset, QByteArrayView data) -> Result<void> {
        if (m_diskError) {
            return base::Failure(*m_diskError);
        }
        std::ranges::copy(data, m_arrived.begin() + static_cast<qsizetype>(offset));
        return {};
    };
    const auto handle = tests::answerTo<sftp::Handle>([this](auto answered) {
        m_leader->engine.open(FilePath(path), sftp::OpenFlag::Read, {}, std::move(answered));
    });
    QVERIFY(handle);
    m_file = std::make_shared<StripedFile>(std::move(what), [this] { m_file->takeMoved(); });
    m_worker = std::make_unique<StripeWorker>(m_leader->engine, m_file);
    // The helper first, so that it gets a part for certain.
    m_board->offer(m_file);
    auto lane = std::make_unique<Lane>(m_helper->engine, m_board);
    Lane &helping = *lane;
    m_helper->engine.adopt(std::move(lane));
    helping.work();
    m_worker->lead(*handle);
}

bool StripeWorkerTest::waitForEnd()
{
    return QTest::qWaitFor([this] { return m_file->isComplete() || m_file->error(); }, 30'000);
}

void StripeWorkerTest::helperCarriesItsPart()
{
    startDownload();

    QVERIFY(waitForEnd());
    QVERIFY(!m_file->error());
    QVERIFY(m_arrived == m_data);
    QVERIFY(m_leader->server.count(SftpRequestType::Read) > 0);
    QVERIFY(m_helper->server.count(SftpRequestType::Read) > 0);
    QCOMPARE(*m_board->traffic(), static_cast<quint64>(fileBytes));
    QTRY_COMPARE(m_helper->server.openHandleCount(), 0);
}

void StripeWorkerTest::failingHelperIsMadeGood_data()
{
    QTest::addColumn<SftpRequestType>("failing");

    QTest::newRow("open") << SftpRequestType::Open;
    QTest::newRow("look") << SftpRequestType::Fstat;
    QTest::newRow("read") << SftpRequestType::Read;
}

void StripeWorkerTest::failingHelperIsMadeGood()
{
    QFETCH(SftpRequestType, failing);
    m_helper->server.faults.statuses[failing] = 4;

    startDownload();

    QVERIFY(waitForEnd());
    QVERIFY(!m_file->error());
    QVERIFY(m_arrived == m_data);
    QTRY_COMPARE(m_helper->server.openHandleCount(), 0);
}

void StripeWorkerTest::lostHelperIsMadeGood()
{
    startDownload();
    QTRY_VERIFY(m_helper->server.count(SftpRequestType::Fstat) > 0);
    m_helper->server.faults.holdAnswers = true;
    QTRY_VERIFY(m_helper->server.count(SftpRequestType::Read) > 0);

    m_helper->engine.end(base::Error{.kind = ErrorKind::ConnectionLost});

    QVERIFY(waitForEnd());
    QVERIFY(!m_file->error());
    QVERIFY(m_arrived == m_data);
}

void StripeWorkerTest::otherFileIsNotMixedIn()
{
    m_helper->server.tree.put(path, {.data = QByteArray(fileBytes - 1, 'x')});

    startDownload();

    QVERIFY(waitForEnd());
    QVERIFY(m_arrived == m_data);
    QCOMPARE(m_helper->server.count(SftpRequestType::Read), 0);
}

void StripeWorkerTest::leadersFailureIsTheCopys()
{
    m_leader->server.faults.statuses[SftpRequestType::Read] = 3;

    startDownload();

    QVERIFY(waitForEnd());
    QVERIFY(m_file->error());
    QCOMPARE(m_file->error()->kind, ErrorKind::PermissionDenied);
}

void StripeWorkerTest::earlyEndIsToldOf()
{
    m_leader->server.faults.statuses[SftpRequestType::Read] = 1;

    startDownload();

    QVERIFY(waitForEnd());
    QVERIFY(m_file->error());
    QCOMPARE(m_file->error()->code, ESTALE);
}

void StripeWorkerTest::fullDiskIsToldOf()
{
    m_diskError = base::Error{.kind = ErrorKind::NoSpace};

    startDownload();

    QVERIFY(waitForEnd());
    QVERIFY(m_file->error());
    QCOMPARE(m_file->error()->kind, ErrorKind::NoSpace);
}

void StripeWorkerTest::cancelledLanesLetGo()
{
    startDownload();

    m_file->cancel();

    QTRY_COMPARE(m_helper->server.openHandleCount(), 0);
}

// Section "resume": what lies before the first missing byte can be trusted, so the rest is bounded.
void StripeWorkerTest::stripesStayWithinTheWindow()
{
    StripedFile::What what;
    what.size = 4 * StripedFile::mostAhead;
    what.traffic = m_board->traffic();
    StripedFile file(std::move(what), [] { });
    QList<Stripe> taken;
    while (const auto stripe = file.take()) {
        taken.append(*stripe);
    }
    QCOMPARE(taken.size(),
             static_cast<qsizetype>(StripedFile::mostAhead / StripedFile::stripeBytes));

    file.done(taken[1]);
    QVERIFY(!file.take()); // the first one is still missing
    file.done(taken[0]);
    const auto next = file.take();
    QVERIFY(next);
    QCOMPARE(next->offset, StripedFile::mostAhead);
    file.giveBack(taken[2]);
    QCOMPARE(file.take()->offset, taken[2].offset);
}

QTEST_GUILESS_MAIN(StripeWorkerTest)

#include "StripeWorkerTest.moc"
