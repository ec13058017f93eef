// Transfers that are kept in the database, in a program that is killed at random moments.

#include "tests/integration/transfers/KillTrial.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::KillTrial;

class TransferKillTest : public QObject
{
    Q_OBJECT

private slots:
    void killedProgramLosesAndDoublesNothing_data();
    void killedProgramLosesAndDoublesNothing();
};

namespace {

constexpr int fileCount = 1200;

// Some files are there already: others of the same names, and one that is equal to what comes.
void putInTheWay(const KillTrial &trial)
{
    const QString directory = trial.target() + u"/tree/3"_s;
    QVERIFY(QDir().mkpath(directory));
    for (int number = 150; number < 180; ++number) {
        const QString name = u"/file %1.txt"_s.arg(number);
        QFile file(directory + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("was here before");
        file.flush();
        file.setFileTime(
            QDateTime::fromSecsSinceEpoch(number % 2 == 0 ? 1'500'000'000 : 1'700'000'000),
            QFileDevice::FileModificationTime);
    }
    QCOMPARE(QProcess::execute(u"cp"_s,
                               {u"-p"_s, trial.source() + u"/tree/3/file 181.txt"_s,
                                directory + u"/file 181.txt"_s}),
             0);
}

// The beginnings of some files are there, and of one large file.
void putBeginnings(const KillTrial &trial)
{
    QVERIFY(QDir().mkpath(trial.target() + u"/tree"_s));
    QCOMPARE(QProcess::execute(
                 u"cp"_s, {u"-r"_s, trial.source() + u"/tree/7"_s, trial.target() + u"/tree"_s}),
             0);
    const QFileInfoList copied
        = QDir(trial.target() + u"/tree/7"_s).entryInfoList(QDir::Files, QDir::Name);
    QVERIFY(copied.size() > 10);
    for (const QFileInfo &file : copied) {
        QVERIFY(QFile::resize(file.filePath(), file.size() / 2));
    }
}

} // namespace

void TransferKillTest::killedProgramLosesAndDoublesNothing_data()
{
    QTest::addColumn<KillTrial::Direction>("direction");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("killsServer");
    QTest::newRow("upload, overwriting") << KillTrial::Direction::Upload << u"overwrite"_s << false;
    QTest::newRow("upload, server too") << KillTrial::Direction::Upload << u"older"_s << true;
    QTest::newRow("upload, keeping both") << KillTrial::Direction::Upload << u"keep"_s << false;
    QTest::newRow("download, overwriting")
        << KillTrial::Direction::Download << u"overwrite"_s << false;
    QTest::newRow("upload, resuming") << KillTrial::Direction::Upload << u"resume"_s << true;
    QTest::newRow("download, resuming") << KillTrial::Direction::Download << u"resume"_s << false;
    QTest::newRow("download, keeping both") << KillTrial::Direction::Download << u"keep"_s << false;
}

void TransferKillTest::killedProgramLosesAndDoublesNothing()
{
    QFETCH(KillTrial::Direction, direction);
    QFETCH(QString, answer);
    QFETCH(bool, killsServer);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);

    KillTrial calm(direction, answer);
    KillTrial disturbed(direction, answer);
    for (KillTrial *trial : {&calm, &disturbed}) {
        const auto started = trial->start();
        QVERIFY2(started, tests::reason(started).constData());
        trial->makeTree(fileCount, 1);
        answer == u"resume" ? putBeginnings(*trial) : putInTheWay(*trial);
    }
    QVERIFY2(calm.run(0, seed), qPrintable(calm.why()));
    QVERIFY2(disturbed.run(4, seed, killsServer), qPrintable(disturbed.why()));

    QCOMPARE(tests::treeDifference(calm.target(), disturbed.target()), QString());
}

QTEST_GUILESS_MAIN(TransferKillTest)

#include "TransferKillTest.moc"
