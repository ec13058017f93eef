#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/SlowLink.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <signal.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using tests::SlowLink;
using tests::ToolResult;
using tests::VerbFixture;

// The program is killed while it copies, over a line that makes it copy in stripes over several
// connections. What a later run makes of that is compared byte by byte.
class TransferResumeVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void killedCopyGoesOn_data();
    void killedCopyGoesOn();
    void interruptLeavesWhatCanBeResumed();
    void completeFilesAreLeftOut();
    void verifiedFilesArrive();

private:
    QStringList commandLine(const QString &verb, const QStringList &options) const;
    std::unique_ptr<QProcess> startUntil(qint64 bytes, const QString &verb,
                                         const QStringList &options);
    QJsonObject resume(const QString &verb, const QStringList &options = {});
    QStringList targetNames() const;
    static QByteArray read(const QString &path);

    VerbFixture m_fixture;
    std::unique_ptr<SlowLink> m_link;
    std::unique_ptr<QTemporaryDir> m_directory;
    QByteArray m_data;
};

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;
constexpr qsizetype fileBytes = 120 * mebibyte + 3;
const QString part = u".file.ponto-part"_s;

} // namespace

void TransferResumeVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    m_link = std::make_unique<SlowLink>(m_fixture.server().address(), m_fixture.server().port());
    QVERIFY(m_link->start());
    for (const auto direction : {SlowLink::Direction::ToServer, SlowLink::Direction::ToClient}) {
        m_link->setDelay(direction, 5ms);
    }
    m_data = VerbFixture::distinctBytes(fileBytes);
}

void TransferResumeVerbTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    const QDir directory(m_directory->path());
    QVERIFY(directory.mkdir(u"source"_s) && directory.mkdir(u"target"_s));
    QFile file(m_directory->filePath(u"source/file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(m_data), m_data.size());
}

QStringList TransferResumeVerbTest::commandLine(const QString &verb,
                                                const QStringList &options) const
{
    const QString server
        = u"%1@127.0.0.1:%2:"_s.arg(m_fixture.server().userName()).arg(m_link->port());
    const bool isDownload = verb == u"get"_s;
    return m_fixture.commandLine(
        verb,
        QStringList{u"--host-key-policy"_s, u"warn"_s} + options
            + QStringList{(isDownload ? server : QString())
                              + m_directory->filePath(u"source/file"_s),
                          (isDownload ? QString() : server) + m_directory->filePath(u"target"_s)});
}

std::unique_ptr<QProcess> TransferResumeVerbTest::startUntil(qint64 bytes, const QString &verb,
                                                             const QStringList &options)
{
    auto process = m_fixture.start(commandLine(verb, options));
    const QString path = m_directory->filePath(u"target/"_s + part);
    const bool isThere = QTest::qWaitFor(
        [&] {
            QFileInfo info(path); // a new one: it remembers
            return info.size() >= bytes || process->state() == QProcess::NotRunning;
        },
        60'000);
    if (!isThere || process->state() == QProcess::NotRunning) {
        qWarning() << process->readAllStandardError();
    }
    return process;
}

QJsonObject TransferResumeVerbTest::resume(const QString &verb, const QStringList &options)
{
    const ToolResult result
        = m_fixture.run(commandLine(verb, QStringList{u"--resume"_s, u"--json"_s} + options));
    if (result.exitStatus != 0) {
        qWarning() << result.errors;
    }
    return QJsonDocument::fromJson(result.output).object();
}

QStringList TransferResumeVerbTest::targetNames() const
{
    return QDir(m_directory->filePath(u"target"_s))
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}

QByteArray TransferResumeVerbTest::read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TransferResumeVerbTest::killedCopyGoesOn_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<bool>("isRecorded");

    QTest::newRow("download") << u"get"_s << true;
    QTest::newRow("upload") << u"put"_s << true;
    QTest::newRow("download, record lost") << u"get"_s << false;
    QTest::newRow("upload, record lost") << u"put"_s << false;
}

void TransferResumeVerbTest::killedCopyGoesOn()
{
    QFETCH(QString, verb);
    QFETCH(bool, isRecorded);
    const auto process = startUntil(90 * mebibyte, verb, {});
    ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitStatus(), QProcess::CrashExit);
    QCOMPARE(targetNames(), QStringList{part});
    if (!isRecorded) {
        QVERIFY(QDir(m_fixture.path(u"nobody/.local/state/ponto/parts"_s)).removeRecursively());
    }

    const QJsonObject summary = resume(verb);

    QCOMPARE(summary[u"filesCopied"_s], 1);
    QVERIFY2(summary[u"bytesCopied"_s].toInteger() < fileBytes,
             QJsonDocument(summary).toJson().constData());
    QCOMPARE(summary[u"notes"_s].toArray().size(), 1);
    QCOMPARE(targetNames(), QStringList{u"file"_s});
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
}

void TransferResumeVerbTest::interruptLeavesWhatCanBeResumed()
{
    const auto process = startUntil(30 * mebibyte, u"get"_s, {u"--resume"_s});
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 128 + SIGINT);
    QCOMPARE(targetNames(), QStringList{part});

    const QJsonObject summary = resume(u"get"_s, {u"--verify"_s});

    QCOMPARE(summary[u"filesCopied"_s], 1);
    QVERIFY(summary[u"bytesCopied"_s].toInteger() < fileBytes);
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
}

void TransferResumeVerbTest::completeFilesAreLeftOut()
{
    QCOMPARE(resume(u"get"_s)[u"filesCopied"_s], 1);

    const QJsonObject again = resume(u"get"_s);

    QCOMPARE(again[u"filesCopied"_s], 0);
    QCOMPARE(again[u"filesSkipped"_s], 1);
    QCOMPARE(again[u"bytesCopied"_s], 0);
}

void TransferResumeVerbTest::verifiedFilesArrive()
{
    const ToolResult put = m_fixture.run(commandLine(u"put"_s, {u"--verify"_s, u"--fsync"_s}));

    QVERIFY2(put.exitStatus == 0, put.errors.constData());
    QCOMPARE(targetNames(), QStringList{u"file"_s});
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
}

QTEST_GUILESS_MAIN(TransferResumeVerbTest)
#include "TransferResumeVerbTest.moc"
