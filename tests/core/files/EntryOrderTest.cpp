#include "files/EntryOrder.h"

#include <QTest>

#include <sys/stat.h>

using files::EntryOrder;
using files::FileEntry;
using Key = EntryOrder::Key;

class EntryOrderTest : public QObject
{
    Q_OBJECT

private slots:
    void namesComeAsPeopleReadThem();
    void foldersStayFirstInEitherDirection();
    void untoldSizesAreSmallest();
    void equalsAreOrderedByName();
    void accentsComeWithTheirLetter();
};

namespace {

FileEntry file(const char *name, std::optional<quint64> size = std::nullopt)
{
    FileEntry entry;
    entry.name = name;
    entry.attributes.permissions = S_IFREG | 0644;
    entry.attributes.size = size;
    return entry;
}

FileEntry folder(const char *name)
{
    FileEntry entry = file(name);
    entry.attributes.permissions = S_IFDIR | 0755;
    return entry;
}

QByteArrayList names(const QList<FileEntry> &entries)
{
    QByteArrayList names;
    for (const FileEntry &entry : entries) {
        names << entry.name;
    }
    return names;
}

} // namespace

void EntryOrderTest::namesComeAsPeopleReadThem()
{
    const QList<FileEntry> entries{file("photo10"), file("Photo9"),    file("photo1"),
                                   file("a"),       file("photo009b"), file("B")};

    QCOMPARE(names(EntryOrder().sorted(entries)),
             QByteArrayList({"a", "B", "photo1", "Photo9", "photo009b", "photo10"}));
}

void EntryOrderTest::foldersStayFirstInEitherDirection()
{
    FileEntry link = file("m");
    link.attributes.permissions = S_IFLNK | 0777;
    link.targetType = files::FileType::Directory;
    const QList<FileEntry> entries{file("a"), folder("z"), link, file("b"), folder("y")};

    QCOMPARE(names(EntryOrder(Key::Name, Qt::AscendingOrder).sorted(entries)),
             QByteArrayList({"m", "y", "z", "a", "b"}));
    QCOMPARE(names(EntryOrder(Key::Name, Qt::DescendingOrder).sorted(entries)),
             QByteArrayList({"z", "y", "m", "b", "a"}));
}

void EntryOrderTest::untoldSizesAreSmallest()
{
    constexpr quint64 absurd = ~quint64(0); // a server may claim it
    const QList<FileEntry> entries{file("small", 0), file("untold"), file("absurd", absurd),
                                   file("large", 1U << 30)};

    QCOMPARE(names(EntryOrder(Key::Size).sorted(entries)),
             QByteArrayList({"untold", "small", "large", "absurd"}));
}

void EntryOrderTest::equalsAreOrderedByName()
{
    const QList<FileEntry> entries{file("c", 1), file("a", 1), file("b", 2)};

    QCOMPARE(names(EntryOrder(Key::Size, Qt::DescendingOrder).sorted(entries)),
             QByteArrayList({"b", "a", "c"}));
}

void EntryOrderTest::accentsComeWithTheirLetter()
{
    const QList<FileEntry> entries{file("zoo"), file("étude"), file("fa"), file("eta")};

    QCOMPARE(names(EntryOrder().sorted(entries)), QByteArrayList({"eta", "étude", "fa", "zoo"}));
}

QTEST_GUILESS_MAIN(EntryOrderTest)

#include "EntryOrderTest.moc"
