// One command on many hosts, which are one server here, and what is kept of it.

#include "commands/FleetRun.h"

#include "commands/RunHistory.h"
#include "storage/Database.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/ProcessMemory.h"
#include "tests/support/Reason.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using commands::FleetRun;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // milliseconds

// Of the first host that failed, for the message of a test.
QByteArray failureOf(const FleetRun &run)
{
    for (FleetRun::Index index = 0; index < run.size(); ++index) {
        const commands::HostOutcome &outcome = run.host(index).outcome;
        if (!outcome.isSuccess()) {
            return QByteArray::number(static_cast<int>(outcome.end)) + ' '
                + tests::reason(base::Result<void>(base::Failure(outcome.error)));
        }
    }
    return {};
}

} // namespace

class FleetRunTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void twoHundredHostsAreRunThirtyTwoAtOnce();
    void failedOnesRunAgainInTheirPlaces();
    void serverWithoutSessionsFailsItsHost();
    void historyKeepsWhatCameOfARun();

private:
    std::unique_ptr<FleetRun> makeRun(commands::BatchOrder order);

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    ssh::ConnectionSettings m_settings; // the fixture writes known_hosts each time it is asked
};

void FleetRunTest::initTestCase()
{
    QVERIFY(m_fixture.setUp());
    m_server
        = std::make_unique<tests::SshServer>(tests::SshServerOptions()
                                                 .withAuthorizedKey(m_fixture.userKey().publicLine)
                                                 .withMaxStartups(u"500"_s));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_settings = m_fixture.settingsWithKey(*m_server);
}

std::unique_ptr<FleetRun> FleetRunTest::makeRun(commands::BatchOrder order)
{
    return std::make_unique<FleetRun>(
        std::move(order), [this](qsizetype, const commands::CommandBatch::Resolved &resolved) {
            resolved(m_settings);
        });
}

void FleetRunTest::twoHundredHostsAreRunThirtyTwoAtOnce()
{
    commands::BatchOrder order;
    for (int host = 0; host < 200; ++host) {
        order.hosts.append(u"host%1"_s.arg(host));
    }
    order.command = "true";
    order.mostAtOnce = 32;
    const auto run = makeRun(order);
    QSignalSpy finished(run.get(), &FleetRun::finished);
    qsizetype mostBusy = 0;
    connect(run.get(), &FleetRun::hostChanged, run.get(),
            [&] { mostBusy = std::max(mostBusy, run->counts().busy); });

    run->start();
    QTRY_VERIFY_WITH_TIMEOUT(run->counts().succeeded + run->counts().failed >= 50, patience);
    const qint64 early = support::usedMemory();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);

    QVERIFY2(run->counts().succeeded == 200, failureOf(*run).constData());
    QCOMPARE(mostBusy, 32);
    // What is left of a host is small: the next ones take the memory of those before.
    const qint64 grown = support::usedMemory() - early;
    QVERIFY2(grown < qint64{64} * 1024, QByteArray::number(grown).constData());
}

void FleetRunTest::failedOnesRunAgainInTheirPlaces()
{
    QTemporaryDir directory;
    commands::BatchOrder order;
    order.hosts = {u"a"_s, u"b"_s, u"c"_s};
    order.mostAtOnce = 1;
    // The first one makes the directory, the others find it.
    order.command = "mkdir " + directory.filePath(u"once"_s).toUtf8() + " || exit 4";
    const auto run = makeRun(order);
    QSignalSpy finished(run.get(), &FleetRun::finished);
    run->start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY(run->host(0).outcome.isSuccess());
    QCOMPARE(run->host(2).outcome.exitStatus, 4);

    QVERIFY(QDir(directory.path()).rmdir(u"once"_s));
    run->startFailed();
    QCOMPARE(run->counts().succeeded, 1);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, patience);
    QVERIFY(run->host(1).outcome.isSuccess());
    QCOMPARE(run->host(2).outcome.exitStatus, 4);
}

void FleetRunTest::serverWithoutSessionsFailsItsHost()
{
    tests::SshServer closed(tests::SshServerOptions()
                                .withAuthorizedKey(m_fixture.userKey().publicLine)
                                .withMaxSessions(0));
    const auto started = closed.start();
    QVERIFY2(started, tests::reason(started).constData());
    commands::BatchOrder order;
    order.hosts = {u"closed"_s};
    order.command = "true";
    tests::ConnectionFixture fixture;
    QVERIFY(fixture.setUp());
    ssh::ConnectionSettings settings = fixture.settingsWithKey(closed);
    settings.identityFiles = m_settings.identityFiles;
    FleetRun run(order, [&](qsizetype, const commands::CommandBatch::Resolved &resolved) {
        resolved(settings);
    });
    QSignalSpy finished(&run, &FleetRun::finished);
    run.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);

    QCOMPARE(run.host(0).outcome.end, commands::HostOutcome::End::Failed);
    QVERIFY2(run.host(0).outcome.error.kind == base::ErrorKind::PermissionDenied,
             failureOf(run).constData());
}

void FleetRunTest::historyKeepsWhatCameOfARun()
{
    QTemporaryDir directory;
    storage::Database database(directory.filePath(u"ponto.sqlite"_s));
    commands::RunHistory history(database);
    commands::BatchOrder order;
    order.hosts = {u"a"_s, u"b"_s};
    order.command = "exit 3; export PGPASSWORD=hunter2";
    const auto run = makeRun(order);
    QSignalSpy finished(run.get(), &FleetRun::finished);
    const QDateTime begun = QDateTime::currentDateTime();
    run->start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);

    auto added = history.add(*run, begun);
    added.waitForFinished();
    QVERIFY(added.result());
    auto runs = history.runs();
    runs.waitForFinished();
    QVERIFY(runs.result());
    QCOMPARE(runs.result()->size(), 1);
    const commands::PastRun past = runs.result()->first();
    QCOMPARE(past.command, u"exit 3; export PGPASSWORD=[redacted]"_s);
    QCOMPARE(past.failed, 2);
    auto hosts = history.hosts(past.id);
    hosts.waitForFinished();
    QVERIFY(hosts.result());
    QCOMPARE(hosts.result()->size(), 2);
    QCOMPARE(hosts.result()->at(1).name, u"b"_s);
    QCOMPARE(hosts.result()->at(1).exitStatus, 3);
    auto cleared = history.clear();
    cleared.waitForFinished();
    QVERIFY(cleared.result());
}

QTEST_GUILESS_MAIN(FleetRunTest)
#include "FleetRunTest.moc"
