#include "files/FileEntry.h"

#include "files/ListedOwners.h"

#include <QTest>

#include <sys/stat.h>

using files::FileAttributes;
using files::FileEntry;
using files::FileType;

class FileEntryTest : public QObject
{
    Q_OBJECT

private slots:
    void typeIsReadFromTheMode_data();
    void typeIsReadFromTheMode();
    void withoutPermissionsNothingIsKnown();
    void linkToFolderIsEnterable();
    void namesOfOwnersAreRemembered();
};

void FileEntryTest::typeIsReadFromTheMode_data()
{
    QTest::addColumn<quint32>("bits");
    QTest::addColumn<FileType>("type");

    QTest::newRow("file") << quint32(S_IFREG | 0644) << FileType::Regular;
    QTest::newRow("directory") << quint32(S_IFDIR | 0755) << FileType::Directory;
    QTest::newRow("link") << quint32(S_IFLNK | 0777) << FileType::SymbolicLink;
    QTest::newRow("fifo") << quint32(S_IFIFO) << FileType::Fifo;
    QTest::newRow("socket") << quint32(S_IFSOCK) << FileType::Socket;
    QTest::newRow("character device") << quint32(S_IFCHR) << FileType::CharacterDevice;
    QTest::newRow("block device") << quint32(S_IFBLK) << FileType::BlockDevice;
    QTest::newRow("no type bits") << quint32(0644) << FileType::Unknown;
    QTest::newRow("type bits of no system") << quint32(0170000) << FileType::Unknown;
}

void FileEntryTest::typeIsReadFromTheMode()
{
    QFETCH(quint32, bits);
    QFETCH(FileType, type);

    FileAttributes attributes;
    attributes.permissions = bits;

    QCOMPARE(attributes.type(), type);
}

void FileEntryTest::withoutPermissionsNothingIsKnown()
{
    const FileAttributes attributes;

    QCOMPARE(attributes.type(), FileType::Unknown);
    QVERIFY(!attributes.mode());
}

void FileEntryTest::linkToFolderIsEnterable()
{
    FileEntry link;
    link.attributes.permissions = S_IFLNK | 0777;
    QVERIFY(!link.isEnterable());

    link.targetType = FileType::Directory;
    QVERIFY(link.isEnterable());
}

// What a search finds has numbers alone.
void FileEntryTest::namesOfOwnersAreRemembered()
{
    FileEntry listed;
    listed.attributes.userId = 1002;
    listed.owner = QStringLiteral("ann");
    listed.attributes.groupId = 33;
    listed.group = QStringLiteral("33"); // the server has no name for it
    files::ListedOwners names;
    names.learn({listed});

    FileEntry found;
    found.attributes.userId = 1002;
    found.owner = QStringLiteral("1002");
    found.attributes.groupId = 33;
    FileEntry other;
    other.attributes.userId = 7;
    other.owner = QStringLiteral("7");
    const QList<FileEntry> completed = names.completed({found, other});

    QCOMPARE(completed[0].owner, QStringLiteral("ann"));
    QCOMPARE(completed[0].group, QString());
    QCOMPARE(completed[1].owner, QStringLiteral("7"));
}

QTEST_GUILESS_MAIN(FileEntryTest)

#include "FileEntryTest.moc"
