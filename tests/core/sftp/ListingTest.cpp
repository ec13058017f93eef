#include "sftp/Listing.h"

#include "tests/core/sftp/SftpPeers.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FileEntry;
using files::FilePath;
using files::FileType;
using sftp::DirectoryContents;
using sftp::ListOptions;
using tests::answerTo;
using tests::ProcessPeer;
using tests::ScriptedPeer;

class ListingTest : public QObject
{
    Q_OBJECT

private slots:
    void realServerIsReadWhole();
    void linksAreLookedAt();
    void ownerComesFromLongName_data();
    void ownerComesFromLongName();
    void namesThatAreNoneAreRejected();
    void emptyAnswersAreNoError();
    void endlessDirectoryIsGivenUp_data();
    void endlessDirectoryIsGivenUp();
    void longNamesDoNotFillTheMemory_data();
    void longNamesDoNotFillTheMemory();
    void linkTargetsDoNotFillTheMemory();
    void attributesMayBeMissing();
    void givesUpWhenNobodyWaits();
    void failureIsTold();
    void handleIsClosed();
};

namespace {

const FilePath home("/home/tester");

sftp::IsAbandoned never()
{
    return [] { return false; };
}

Result<DirectoryContents> list(sftp::Engine &engine, const FilePath &directory,
                               const ListOptions &options = {})
{
    return answerTo<DirectoryContents>([&](auto answered) {
        engine.whenReady([&engine, directory, options, callback = std::move(answered)]() mutable {
            listDirectory(engine, directory, options, never(), std::move(callback));
        });
    });
}

QList<QByteArray> namesOf(const DirectoryContents &contents)
{
    QList<QByteArray> names;
    for (const FileEntry &entry : contents.entries) {
        names.append(entry.name);
    }
    std::ranges::sort(names);
    return names;
}

} // namespace

void ListingTest::realServerIsReadWhole()
{
    QTemporaryDir directory;
    QList<QByteArray> expected;
    for (int i = 0; i < 1000; ++i) { // ten answers of OpenSSH
        expected.append("file " + QByteArray::number(i));
        QVERIFY(QFile(directory.filePath(QString::fromLatin1(expected.last())))
                    .open(QIODevice::WriteOnly));
    }
    std::ranges::sort(expected);
    ProcessPeer peer;

    const auto contents = list(peer.engine, FilePath(directory.path().toUtf8()));

    QVERIFY(contents);
    QCOMPARE(namesOf(*contents), expected);
    QCOMPARE(contents->rejectedNames.size(), 0);
}

void ListingTest::linksAreLookedAt()
{
    QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkdir(u"folder"_s));
    QVERIFY(QFile::link(u"folder"_s, directory.filePath(u"good"_s)));
    QVERIFY(QFile::link(u"nowhere"_s, directory.filePath(u"broken"_s)));
    ProcessPeer peer;

    const auto contents = list(peer.engine, FilePath(directory.path().toUtf8()));

    QVERIFY(contents);
    for (const FileEntry &entry : contents->entries) {
        const FileType expected = entry.name == "good" ? FileType::Directory : FileType::Unknown;
        QCOMPARE(entry.targetType, expected);
        const QByteArray target = entry.name == "good" ? "folder"
            : entry.name == "broken"                   ? "nowhere"
                                                       : "";
        QCOMPARE(entry.linkTarget, target);
    }
    QCOMPARE(namesOf(*contents), (QList<QByteArray>{"broken", "folder", "good"}));
}

void ListingTest::ownerComesFromLongName_data()
{
    QTest::addColumn<QByteArray>("longName");
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("group");

    QTest::newRow("OpenSSH") << QByteArray(
        "-rw-r--r--    1 alice    staff         5 Jan  1 00:00 x")
                             << u"alice"_s << u"staff"_s;
    QTest::newRow("with access list")
        << QByteArray("drwxr-xr-x+ 2 alice staff 5 x") << u"alice"_s << u"staff"_s;
    QTest::newRow("empty") << QByteArray() << u"1000"_s << u"100"_s;
    QTest::newRow("cut") << QByteArray("-rw-r--r-- 1 alice") << u"1000"_s << u"100"_s;
    QTest::newRow("other words") << QByteArray("a file of alice here") << u"1000"_s << u"100"_s;
    QTest::newRow("endless word") << "-rw-r--r-- 1 " + QByteArray(65, 'a') + " staff 5" << u"1000"_s
                                  << u"100"_s;
}

void ListingTest::ownerComesFromLongName()
{
    QFETCH(QByteArray, longName);
    QFETCH(QString, owner);
    QFETCH(QString, group);
    sftp::ListedName listed{"x", longName, {}};
    listed.attributes.userId = 1000;
    listed.attributes.groupId = 100;

    const FileEntry entry = sftp::entryFrom(listed);

    QCOMPARE(entry.owner, owner);
    QCOMPARE(entry.group, group);
}

void ListingTest::namesThatAreNoneAreRejected()
{
    ScriptedPeer peer;
    const QByteArrayList hostile{
        "", "/", "../escape", "/abs", "a/b", QByteArray("nul\0x", 5), QByteArray(4097, 'n')};
    peer.server.faults.extraNames = hostile + QByteArrayList{".", "..", "fine\xff"};
    peer.engine.start();

    const auto contents = list(peer.engine, home);

    QVERIFY(contents);
    QCOMPARE(namesOf(*contents), QList<QByteArray>{"fine\xff"});
    QCOMPARE(contents->rejectedNames, hostile);
}

void ListingTest::emptyAnswersAreNoError()
{
    ScriptedPeer peer;
    peer.engine.start();

    const auto contents = list(peer.engine, home);

    QVERIFY(contents);
    QCOMPARE(contents->entries.size(), 0);
}

void ListingTest::endlessDirectoryIsGivenUp_data()
{
    QTest::addColumn<bool>("isEmpty");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("answers without names") << true << ErrorKind::ProtocolViolation;
    QTest::newRow("names for ever") << false << ErrorKind::Unsupported;
}

void ListingTest::endlessDirectoryIsGivenUp()
{
    QFETCH(bool, isEmpty);
    QFETCH(ErrorKind, kind);
    ScriptedPeer peer;
    peer.server.faults.emptyNames = isEmpty;
    peer.server.faults.endlessListing = !isEmpty;
    peer.engine.start();

    QCOMPARE(list(peer.engine, home, {.mostEntries = 5000}).error().kind, kind);
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void ListingTest::longNamesDoNotFillTheMemory_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("names") << QByteArray(4000, 'n') << ErrorKind::Unsupported;
    QTest::newRow("too long ones") << QByteArray(100'000, 'n') << ErrorKind::ProtocolViolation;
    QTest::newRow("many that are none") << QByteArray("a/b") << ErrorKind::ProtocolViolation;
}

void ListingTest::longNamesDoNotFillTheMemory()
{
    QFETCH(QByteArray, name);
    QFETCH(ErrorKind, kind);
    ScriptedPeer peer;
    peer.server.faults.endlessListing = true;
    peer.server.faults.endlessName = name;
    peer.engine.start();

    const auto contents = list(peer.engine, home, {.mostEntries = 2500, .mostBytes = 1'000'000});

    QCOMPARE(contents.error().kind, kind);
    QCOMPARE(contents.error().subject, u"/home/tester"_s);
    QVERIFY(peer.server.count(tests::SftpRequestType::Readdir) < 2000);
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void ListingTest::linkTargetsDoNotFillTheMemory()
{
    ScriptedPeer peer;
    for (int number = 0; number < 100; ++number) {
        peer.server.tree.put("/home/tester/" + QByteArray::number(number),
                             {.mode = 0120777, .data = QByteArray(4000, 't')});
    }
    peer.engine.start();

    QVERIFY(list(peer.engine, home, {.mostBytes = 500'000}));
    QCOMPARE(list(peer.engine, home, {.mostBytes = 300'000}).error().kind, ErrorKind::Unsupported);
}

void ListingTest::attributesMayBeMissing()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/file", {});
    peer.server.faults.withoutAttributes = true;
    peer.engine.start();

    const auto contents = list(peer.engine, home);

    QVERIFY(contents);
    QCOMPARE(namesOf(*contents), QList<QByteArray>{"file"});
    QCOMPARE(contents->entries.first().attributes.type(), FileType::Unknown);
}

void ListingTest::givesUpWhenNobodyWaits()
{
    ScriptedPeer peer;
    peer.server.faults.endlessListing = true;
    peer.server.faults.extraNames = {"again"};
    peer.engine.start();
    int questions = 0;

    const auto contents = answerTo<DirectoryContents>([&](auto answered) {
        peer.engine.whenReady([&, callback = std::move(answered)]() mutable {
            listDirectory(
                peer.engine, home, {}, [&questions] { return ++questions > 5; },
                std::move(callback));
        });
    });

    QCOMPARE(contents.error().kind, ErrorKind::Cancelled);
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void ListingTest::failureIsTold()
{
    ScriptedPeer peer;
    peer.engine.start();
    const auto missing = list(peer.engine, home.child("missing"));
    peer.server.faults.statuses[tests::SftpRequestType::Readdir] = 3;
    const auto forbidden = list(peer.engine, home);

    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    QCOMPARE(forbidden.error().kind, ErrorKind::PermissionDenied);
    QCOMPARE(forbidden.error().subject, u"/home/tester"_s);
}

void ListingTest::handleIsClosed()
{
    ScriptedPeer peer;
    peer.engine.start();

    QVERIFY(list(peer.engine, home));

    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

QTEST_GUILESS_MAIN(ListingTest)

#include "ListingTest.moc"
