#include "transfer/PartLedger.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using transfer::PartLedger;
using transfer::PartRecord;

class PartLedgerTest : public QObject
{
    Q_OBJECT

private slots:
    void whatWasNotedComesBack();
    void oneCopyHasItAtATime();
    void copiesAreKeptApart();
    void nothingStaysOfWhatHasEnded();
    void brokenRecordIsNone_data();
    void brokenRecordIsNone();

private:
    QByteArray directory() const { return m_directory.filePath(u"a/parts"_s).toUtf8(); }
    QStringList files() const
    {
        return QDir(m_directory.filePath(u"a/parts"_s)).entryList(QDir::Files);
    }

    QTemporaryDir m_directory;
    PartLedger m_ledger{directory(), "user@host:22"};
};

namespace {

const PartRecord record{"caf\xe9\n", ~quint64{0}, quint64{1} << 62U, -7, 12345};

} // namespace

void PartLedgerTest::whatWasNotedComesBack()
{
    {
        const auto lease = m_ledger.take("from", "to");
        QVERIFY(lease);
        QVERIFY(!lease->previous());
        lease->note(record);
        lease->noteContiguous(99);
    }
    PartRecord expected = record;
    expected.contiguous = 99;

    const auto lease = m_ledger.take("from", "to");

    QVERIFY(lease);
    QCOMPARE(lease->previous(), expected);
    QCOMPARE(QFile(m_directory.filePath(u"a/parts"_s)).permissions() & QFile::ReadOther,
             QFile::Permissions());
    lease->forget();
}

void PartLedgerTest::oneCopyHasItAtATime()
{
    auto lease = m_ledger.take("from", "to");
    QVERIFY(!m_ledger.take("from", "to"));
    QVERIFY(m_ledger.take("from", "elsewhere"));

    lease.reset();

    QVERIFY(m_ledger.take("from", "to"));
}

void PartLedgerTest::copiesAreKeptApart()
{
    m_ledger.take("from", "to")->note(record);
    const PartLedger other(directory(), "user@elsewhere:22");

    QVERIFY(!other.take("from", "to")->previous());
    QVERIFY(!m_ledger.take("to", "from")->previous());

    m_ledger.take("from", "to")->forget();
}

void PartLedgerTest::nothingStaysOfWhatHasEnded()
{
    m_ledger.take("never", "noted");
    const auto lease = m_ledger.take("from", "to");
    lease->note(record);

    lease->forget();

    lease->noteContiguous(5); // too late: it does nothing
    QCOMPARE(files(), QStringList());
    QVERIFY(!m_ledger.take("from", "to")->previous());
}

void PartLedgerTest::brokenRecordIsNone_data()
{
    QTest::addColumn<QByteArray>("find");
    QTest::addColumn<QByteArray>("replacement");

    QTest::newRow("not JSON") << QByteArray("{") << QByteArray("!");
    QTest::newRow("no number") << QByteArray("12345") << QByteArray("12x45");
    QTest::newRow("a path for a name") << QByteArray("636166") << QByteArray("2e2e2f");
    QTest::newRow("of an earlier start") << QByteArray("\"boot\":\"") << QByteArray("\"boot\":\"x");
}

void PartLedgerTest::brokenRecordIsNone()
{
    QFETCH(QByteArray, find);
    QFETCH(QByteArray, replacement);
    m_ledger.take("from", "to")->note(record);
    QFile file(m_directory.filePath(u"a/parts/"_s) + files().value(0));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray text = file.readAll();
    QVERIFY(text.contains(find));
    text.replace(find, replacement);
    QVERIFY(file.seek(0) && file.write(text) == text.size());
    file.close();

    const auto lease = m_ledger.take("from", "to");

    QVERIFY(!lease->previous());
    lease->note(record);
    lease->forget();
}

QTEST_GUILESS_MAIN(PartLedgerTest)

#include "PartLedgerTest.moc"
