#include "edit/EditStore.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using edit::EditRecord;
using edit::EditStore;
using files::FilePath;
using Kind = edit::EditVersion::Kind;
using Part = EditStore::Part;

class EditStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void nobodyElseMayLook();
    void hostileNamesStayInside_data();
    void hostileNamesStayInside();
    void recordIsReadBack();
    void versionsAreBounded();
    void whatWasFetchedOutlivesTheRest();
    void sameVersionIsKeptOnce();
    void whatIsUnsentIsLeftOver();
    void whatIsHeldIsNoLeftover();
    void settledFilesKeepTheirVersionsUntilTheyAreOld();
    void damagedRecordIsNoLeftover();

private:
    static EditRecord recordOf(const QByteArray &path);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<EditStore> m_store;
    const QDateTime m_now = QDateTime(QDate(2026, 11, 27), QTime(12, 0), QTimeZone::utc());
};

void EditStoreTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<EditStore>(m_directory->filePath(u"state/edits"_s));
}

void EditStoreTest::cleanup()
{
    m_store.reset();
    m_directory.reset();
}

EditRecord EditStoreTest::recordOf(const QByteArray &path)
{
    EditRecord record;
    record.origin = {u"me@web01:22"_s, u"web01"_s, FilePath(path)};
    record.size = 12;
    record.modificationTime = 1'800'000'000;
    record.sha256 = QByteArray(32, '\xab');
    record.fetched = QDateTime(QDate(2026, 11, 27), QTime(11, 0), QTimeZone::utc());
    record.program = u"gedit"_s;
    return record;
}

void EditStoreTest::nobodyElseMayLook()
{
    const EditRecord record = recordOf("/etc/shadow");
    const QByteArray id = record.origin.id();
    QVERIFY(m_store->writeRecord(record));
    QVERIFY(m_store->write(id, Part::Pending, "secret"));
    QVERIFY(m_store->addVersion(id, Kind::Saved, "secret", m_now));
    const auto copy = m_store->writeCopy(record, "secret", true);
    QVERIFY(copy);
    const auto mode = [](const QString &path) { return int(QFileInfo(path).permissions()) & 0x77; };
    const QString home = m_directory->filePath(u"state/edits/"_s + QString::fromLatin1(id));
    for (const QString &path :
         {m_directory->filePath(u"state/edits"_s), home, home + u"/versions"_s, home + u"/copy"_s,
          home + u"/pending"_s, home + u"/record.json"_s, *copy}) {
        QVERIFY2(QFileInfo::exists(path), qPrintable(path));
        QVERIFY2(mode(path) == 0, qPrintable(path));
    }
}

void EditStoreTest::hostileNamesStayInside_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QByteArray("report.txt") << u"report.txt"_s;
    QTest::newRow("umlaut") << QByteArray("gr\xc3\xbc\xc3\x9f.txt") << u"grüß.txt"_s;
    QTest::newRow("no UTF-8") << QByteArray("gr\xfc.txt") << u"_gr%FC.txt"_s;
    QTest::newRow("option") << QByteArray("-rf") << u"_%2Drf"_s;
    QTest::newRow("two dots") << QByteArray("..") << u"_.."_s;
    QTest::newRow("line break") << QByteArray("a\nb") << u"_a%0Ab"_s;
    QTest::newRow("turned around") << QByteArray("a\xe2\x80\xae"
                                                 "b")
                                   << u"_a%E2%80%AEb"_s;
}

void EditStoreTest::hostileNamesStayInside()
{
    QFETCH(QByteArray, name);
    const FilePath path = FilePath("/srv").child(name);
    QTEST(edit::copyName(path), "expected");
    const auto copy = m_store->writeCopy(recordOf(path.bytes()), "x", false);
    QVERIFY(copy);
    QVERIFY(QFileInfo(*copy).canonicalFilePath().startsWith(
        QFileInfo(m_directory->path()).canonicalFilePath()));
    QVERIFY(!(QFileInfo(*copy).permissions() & QFileDevice::WriteOwner));
}

void EditStoreTest::recordIsReadBack()
{
    const EditRecord record = recordOf("/srv/gr\xfc\n.txt");
    QVERIFY(m_store->writeRecord(record));
    QCOMPARE(m_store->record(record.origin.id()), record);
    QVERIFY(record.origin.id() != recordOf("/srv/other").origin.id());
}

void EditStoreTest::versionsAreBounded()
{
    for (int version = 0; version < EditStore::mostVersions + 5; ++version) {
        QVERIFY(m_store->addVersion("id", Kind::Saved, QByteArray::number(version),
                                    m_now.addSecs(version)));
    }
    const auto versions = m_store->versions("id");
    QCOMPARE(versions.size(), EditStore::mostVersions);
    QCOMPARE(m_store->version("id", versions.first().name),
             QByteArray::number(EditStore::mostVersions + 4));
    QCOMPARE(m_store->version("id", versions.last().name), QByteArray("5"));
    QVERIFY(
        m_store->addVersion("id", Kind::Saved, "after the clock was set back", m_now.addDays(-1)));
    QCOMPARE(m_store->version("id", m_store->versions("id").first().name),
             QByteArray("after the clock was set back"));
}

void EditStoreTest::whatWasFetchedOutlivesTheRest()
{
    QVERIFY(m_store->addVersion("id", Kind::Fetched, "first fetched", m_now.addDays(-2)));
    QVERIFY(m_store->addVersion("id", Kind::Fetched, "fetched", m_now.addDays(-1)));
    for (int version = 0; version < EditStore::mostVersions + 5; ++version) {
        QVERIFY(m_store->addVersion("id", Kind::Saved, QByteArray::number(version),
                                    m_now.addSecs(version)));
    }
    const auto oldest = m_store->versions("id").last();
    QCOMPARE(oldest.kind, Kind::Fetched);
    QCOMPARE(oldest.saved, m_now.addDays(-1));
    QCOMPARE(m_store->version("id", oldest.name), QByteArray("fetched"));
}

void EditStoreTest::sameVersionIsKeptOnce()
{
    QVERIFY(m_store->addVersion("id", Kind::Saved, "same", m_now));
    QVERIFY(m_store->addVersion("id", Kind::Saved, "same", m_now.addSecs(5)));
    QCOMPARE(m_store->versions("id").size(), 1);
}

void EditStoreTest::whatIsUnsentIsLeftOver()
{
    for (const QByteArray name : {"/draft", "/pending", "/settled"}) {
        const EditRecord record = recordOf(name);
        QVERIFY(m_store->writeRecord(record));
        QVERIFY(m_store->write(record.origin.id(), Part::Base, "base"));
    }
    QVERIFY(m_store->write(recordOf("/draft").origin.id(), Part::Draft, "typed"));
    QVERIFY(m_store->write(recordOf("/pending").origin.id(), Part::Pending, "saved"));
    QByteArrayList paths;
    for (const EditRecord &record : m_store->leftovers()) {
        paths.append(record.origin.path.bytes());
    }
    std::ranges::sort(paths);
    QCOMPARE(paths, (QByteArrayList{"/draft", "/pending"}));
}

void EditStoreTest::whatIsHeldIsNoLeftover()
{
    const EditRecord record = recordOf("/open");
    QVERIFY(m_store->writeRecord(record));
    QVERIFY(m_store->write(record.origin.id(), Part::Draft, "typed"));
    auto lock = m_store->claim(record.origin.id());
    QVERIFY(lock != nullptr);
    QVERIFY(m_store->claim(record.origin.id()) == nullptr);
    QVERIFY(m_store->leftovers().isEmpty());
    lock.reset();
    QCOMPARE(m_store->leftovers().size(), 1);
}

void EditStoreTest::settledFilesKeepTheirVersionsUntilTheyAreOld()
{
    const EditRecord record = recordOf("/srv/report.txt");
    const QByteArray id = record.origin.id();
    QVERIFY(m_store->writeRecord(record));
    QVERIFY(m_store->write(id, Part::Base, "base"));
    QVERIFY(m_store->addVersion(id, Kind::Saved, "one", m_now));
    m_store->settle(id);
    QVERIFY(!m_store->read(id, Part::Base));
    QCOMPARE(m_store->versions(id).size(), 1);
    m_store->prune(m_now.addDays(29));
    QCOMPARE(m_store->versions(id).size(), 1);
    m_store->prune(m_now.addDays(31));
    QVERIFY(m_store->versions(id).isEmpty());
    QVERIFY(QDir(m_directory->filePath(u"state/edits"_s))
                .entryList(QDir::Dirs | QDir::NoDotAndDotDot)
                .isEmpty());
}

void EditStoreTest::damagedRecordIsNoLeftover()
{
    const QByteArray id = recordOf("/x").origin.id();
    QVERIFY(m_store->writeRecord(recordOf("/x")));
    QVERIFY(m_store->write(id, Part::Draft, "typed"));
    QFile file(m_directory->filePath(u"state/edits/%1/record.json"_s.arg(QString::fromLatin1(id))));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ broken");
    file.close();
    QVERIFY(m_store->leftovers().isEmpty());
    QCOMPARE(m_store->read(id, Part::Draft), QByteArray("typed")); // it is not thrown away either
}

QTEST_GUILESS_MAIN(EditStoreTest)

#include "EditStoreTest.moc"
