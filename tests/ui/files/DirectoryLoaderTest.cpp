#include "ui/files/DirectoryLoader.h"

#include "tests/support/SlowFileSystem.h"

#include <QSignalSpy>
#include <QTest>

#include <cerrno>

using files::FileEntry;
using files::FilePath;
using ui::DirectoryLoader;

class DirectoryLoaderTest : public QObject
{
    Q_OBJECT

private slots:
    void lateAnswersFall();
    void failureKeepsTheDirectory();
    void typedPathsStartAtLogin_data();
    void typedPathsStartAtLogin();
    void sortingDoesNotStopAListing();
    void patternHoldsForOneDirectory();
    void stopGivesUp();
    void withdrawnFileSystemIsForgotten();
};

namespace {

QList<FileEntry> entries(const QByteArrayList &names)
{
    QList<FileEntry> entries;
    for (const QByteArray &name : names) {
        entries.append({.name = name});
    }
    return entries;
}

QByteArrayList shownNames(const QSignalSpy &loaded)
{
    QByteArrayList names;
    for (const FileEntry &entry : loaded.last().at(1).value<QList<FileEntry>>()) {
        names << entry.name;
    }
    return names;
}

base::Error denied()
{
    return base::Error::fromErrno(EACCES, QStringLiteral("list"), QStringLiteral("/root"));
}

} // namespace

void DirectoryLoaderTest::lateAnswersFall()
{
    SlowFileSystem server;
    DirectoryLoader loader;
    QSignalSpy loaded(&loader, &DirectoryLoader::loaded);
    loader.setFileSystem(&server);

    loader.open(FilePath("/slow"));
    loader.open(FilePath("/fast"));
    server.answer(FilePath("/fast"), entries({"new"}));
    QTRY_COMPARE(loaded.size(), 1);
    server.answer(FilePath("/slow"), entries({"old"}));
    loader.open(FilePath("/next"));
    server.answer(FilePath("/next"), entries({"next"}));
    QTRY_COMPARE(loaded.size(), 2);

    QCOMPARE(loaded.size(), 2);
    QCOMPARE(shownNames(loaded), QByteArrayList({"next"}));
    QCOMPARE(loader.directory(), FilePath("/next"));
}

void DirectoryLoaderTest::failureKeepsTheDirectory()
{
    SlowFileSystem server;
    DirectoryLoader loader;
    QSignalSpy loaded(&loader, &DirectoryLoader::loaded);
    QSignalSpy failed(&loader, &DirectoryLoader::failed);
    loader.setFileSystem(&server);
    loader.open(FilePath("/srv"));
    server.answer(FilePath("/srv"), entries({}));
    QTRY_COMPARE(loaded.size(), 1);

    loader.open(FilePath("/root"));
    server.answer(FilePath("/root"), base::Failure(denied()));

    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<FilePath>(), FilePath("/root"));
    QCOMPARE(loader.directory(), FilePath("/srv"));
}

void DirectoryLoaderTest::typedPathsStartAtLogin_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("listed");

    QTest::newRow("nothing") << QByteArray() << QByteArray("/home/me");
    QTest::newRow("tilde") << QByteArray("~") << QByteArray("/home/me");
    QTest::newRow("below tilde") << QByteArray("~/www/") << QByteArray("/home/me/www");
    QTest::newRow("relative") << QByteArray("../you") << QByteArray("/home/you");
    QTest::newRow("absolute") << QByteArray("/a//b/.") << QByteArray("/a/b");
    QTest::newRow("a name with a tilde") << QByteArray("~old") << QByteArray("/home/me/~old");
}

void DirectoryLoaderTest::typedPathsStartAtLogin()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, listed);
    SlowFileSystem server;
    DirectoryLoader loader;
    loader.setFileSystem(&server);

    loader.open(FilePath(typed));

    QTRY_VERIFY(server.wasAsked(FilePath(listed)));
}

void DirectoryLoaderTest::sortingDoesNotStopAListing()
{
    SlowFileSystem server;
    DirectoryLoader loader;
    QSignalSpy loaded(&loader, &DirectoryLoader::loaded);
    loader.setFileSystem(&server);
    loader.open(FilePath("/one"));
    server.answer(FilePath("/one"), entries({"a"}));
    QTRY_COMPARE(loaded.size(), 1);

    loader.open(FilePath("/two"));
    loader.setOrder(files::EntryOrder(files::EntryOrder::Key::Name, Qt::DescendingOrder));
    server.answer(FilePath("/two"), entries({"a", "c", "b"}));

    QTRY_COMPARE(loader.directory(), FilePath("/two"));
    QTRY_COMPARE(shownNames(loaded), QByteArrayList({"c", "b", "a"}));
}

void DirectoryLoaderTest::patternHoldsForOneDirectory()
{
    SlowFileSystem server;
    DirectoryLoader loader;
    QSignalSpy loaded(&loader, &DirectoryLoader::loaded);
    loader.setFileSystem(&server);
    loader.open(FilePath("/one"));
    server.answer(FilePath("/one"), entries({"access.log", "index.html"}));
    QTRY_COMPARE(loaded.size(), 1);

    loader.setPattern(QStringLiteral("*.log"));
    QTRY_COMPARE(shownNames(loaded), QByteArrayList({"access.log"}));
    loader.refresh();
    server.answer(FilePath("/one"), entries({"access.log", "error.log", "index.html"}));
    QTRY_COMPARE(shownNames(loaded), QByteArrayList({"access.log", "error.log"}));
    loader.open(FilePath("/two"));
    server.answer(FilePath("/two"), entries({"a", "b"}));

    QTRY_COMPARE(shownNames(loaded), QByteArrayList({"a", "b"}));
}

void DirectoryLoaderTest::stopGivesUp()
{
    SlowFileSystem server;
    DirectoryLoader loader;
    QSignalSpy loaded(&loader, &DirectoryLoader::loaded);
    QSignalSpy stopped(&loader, &DirectoryLoader::stopped);
    loader.setFileSystem(&server);

    loader.open(FilePath("/slow"));
    loader.stop();
    QCOMPARE(stopped.size(), 1);
    server.answer(FilePath("/slow"), entries({"late"}));
    loader.open(FilePath("/next"));
    server.answer(FilePath("/next"), entries({}));

    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(loader.directory(), FilePath("/next"));
}

void DirectoryLoaderTest::withdrawnFileSystemIsForgotten()
{
    DirectoryLoader loader;
    QSignalSpy loaded(&loader, &DirectoryLoader::loaded);
    {
        SlowFileSystem server;
        loader.setFileSystem(&server);
        loader.open(FilePath("/srv"));
        loader.setFileSystem(nullptr);
        server.answer(FilePath("/srv"), entries({"late"}));
    }
    loader.refresh();
    loader.open(FilePath("/srv"));

    SlowFileSystem next;
    loader.setFileSystem(&next);
    loader.open(FilePath("/next"));
    next.answer(FilePath("/next"), entries({}));
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(loaded.first().first().value<FilePath>(), FilePath("/next"));
}

QTEST_GUILESS_MAIN(DirectoryLoaderTest)

#include "DirectoryLoaderTest.moc"
