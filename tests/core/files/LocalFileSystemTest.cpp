#include "files/LocalFileSystem.h"

#include "files/LocalOperations.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

using base::ErrorKind;
using files::FileEntry;
using files::FilePath;
using files::FileType;

class LocalFileSystemTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void hostileNamesSurvive_data();
    void hostileNamesSurvive();
    void listTellsWhatLstatTells();
    void listTellsWhereLinksLead();
    void listReportsWhatItCanNotRead();
    void canonicalResolvesLinks();
    void canonicalStartsAtHome();
    void renameNeverOverwrites();
    void makeFileNeverOverwrites();
    void setModeKeepsToTwelveBits();
    void changeTreeIsThatOfChmod();
    void removeTreeTakesEverythingInside();
    void removeTreeCanBeStopped();
    void removeTreeDoesNotFollowLinks();
    void removeTreeTakesTheLinkItself();
    void removeDirectoryTakesNothingInside();
    void zeroBytesAreRefused();

private:
    FilePath path(const QByteArray &name) const { return m_root.child(name); }
    void write(const FilePath &path, const QByteArray &text = {}) const;
    static bool exists(const FilePath &path);

    std::unique_ptr<QTemporaryDir> m_scratch;
    FilePath m_root;
    files::LocalFileSystem m_files;
};

namespace {

template<typename T>
T answerOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

struct stat statusOf(const FilePath &path)
{
    struct stat status = {};
    ::lstat(path.bytes().constData(), &status);
    return status;
}

} // namespace

void LocalFileSystemTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    m_root = FilePath(QFile::encodeName(m_scratch->path()));
}

void LocalFileSystemTest::write(const FilePath &path, const QByteArray &text) const
{
    FILE *file = ::fopen(path.bytes().constData(), "w");
    QVERIFY(file != nullptr);
    ::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), file);
    ::fclose(file);
}

bool LocalFileSystemTest::exists(const FilePath &path)
{
    struct stat status = {};
    return ::lstat(path.bytes().constData(), &status) == 0;
}

void LocalFileSystemTest::hostileNamesSurvive_data()
{
    QTest::addColumn<QByteArray>("name");

    QTest::newRow("not UTF-8") << QByteArray("caf\xe9\xff");
    QTest::newRow("newline") << QByteArray("a\nb");
    QTest::newRow("escape sequence") << QByteArray("\x1b[31m");
    QTest::newRow("leading dash") << QByteArray("-rf");
    QTest::newRow("spaces around") << QByteArray(" a ");
    QTest::newRow("quotes and wildcards") << QByteArray("'\"*?[]$`\\~");
    QTest::newRow("right to left") << QByteArray("\xe2\x80\xaegnp.exe");
    QTest::newRow("decomposed accent") << QByteArray("e\xcc\x81");
    QTest::newRow("longest") << QByteArray(255, 'n');
}

// Created, listed, renamed and removed: at each step the disk has exactly these bytes.
void LocalFileSystemTest::hostileNamesSurvive()
{
    QFETCH(QByteArray, name);

    QVERIFY(answerOf(m_files.makeFile(path("plain"))));
    QVERIFY(answerOf(m_files.rename(path("plain"), path(name))));
    QVERIFY(exists(path(name)));
    const auto listed = answerOf(m_files.list(m_root));
    QVERIFY(listed);
    QCOMPARE(listed->size(), 1);
    QCOMPARE(listed->first().name, name);
    QVERIFY(answerOf(m_files.removeTree(path(name))));
    QVERIFY(!exists(path(name)));
}

void LocalFileSystemTest::listTellsWhatLstatTells()
{
    write(path("file"), "twelve bytes");
    QCOMPARE(::chmod(path("file").bytes().constData(), 04640), 0);
    const struct stat expected = statusOf(path("file"));

    const auto listed = answerOf(m_files.list(m_root));

    QVERIFY(listed);
    const FileEntry entry = listed->first();
    QCOMPARE(entry.attributes.size, quint64(12));
    QCOMPARE(entry.attributes.permissions, quint32(S_IFREG | 04640));
    QCOMPARE(entry.attributes.modificationTime, qint64(expected.st_mtim.tv_sec));
    QCOMPARE(entry.attributes.userId, quint32(::getuid()));
    QCOMPARE(answerOf(m_files.status(path("file"))).value(), entry);
}

void LocalFileSystemTest::listTellsWhereLinksLead()
{
    QCOMPARE(::mkdir(path("folder").bytes().constData(), 0755), 0);
    QCOMPARE(::symlink("folder", path("good").bytes().constData()), 0);
    QCOMPARE(::symlink("nowhere", path("broken").bytes().constData()), 0);

    const auto good = answerOf(m_files.status(path("good")));
    const auto broken = answerOf(m_files.status(path("broken")));

    QVERIFY(good);
    QCOMPARE(good->attributes.type(), FileType::SymbolicLink);
    QCOMPARE(good->linkTarget, QByteArray("folder"));
    QCOMPARE(good->targetType, FileType::Directory);
    QVERIFY(broken);
    QCOMPARE(broken->linkTarget, QByteArray("nowhere"));
    QCOMPARE(broken->targetType, FileType::Unknown);
}

void LocalFileSystemTest::listReportsWhatItCanNotRead()
{
    write(path("file"));
    QCOMPARE(answerOf(m_files.list(path("file"))).error().kind, ErrorKind::NotADirectory);
    QCOMPARE(answerOf(m_files.list(path("missing"))).error().kind, ErrorKind::NotFound);
    if (::geteuid() == 0) {
        QSKIP("no directory is closed to root");
    }
    QCOMPARE(::mkdir(path("closed").bytes().constData(), 0), 0);
    QCOMPARE(answerOf(m_files.list(path("closed"))).error().kind, ErrorKind::PermissionDenied);
}

void LocalFileSystemTest::canonicalResolvesLinks()
{
    const auto root = answerOf(m_files.canonical(m_root));
    QVERIFY(root);
    QCOMPARE(::mkdir(path("folder").bytes().constData(), 0755), 0);
    QCOMPARE(::symlink("folder", path("link").bytes().constData()), 0);

    const auto resolved = answerOf(m_files.canonical(path("./link/.")));

    QCOMPARE(resolved.value(), root->child("folder"));
    QCOMPARE(answerOf(m_files.canonical(path("missing"))).error().kind, ErrorKind::NotFound);
}

void LocalFileSystemTest::canonicalStartsAtHome()
{
    const QByteArray home = qgetenv("HOME");
    const auto expected = answerOf(m_files.canonical(m_root));
    qputenv("HOME", m_root.bytes());

    const auto fromNothing = answerOf(m_files.canonical(FilePath()));
    const auto fromDot = answerOf(m_files.canonical(FilePath(".")));
    qputenv("HOME", home);

    QCOMPARE(fromNothing.value(), expected.value());
    QCOMPARE(fromDot.value(), expected.value());
}

void LocalFileSystemTest::renameNeverOverwrites()
{
    write(path("from"), "new");
    write(path("to"), "old");

    const auto renamed = answerOf(m_files.rename(path("from"), path("to")));

    QCOMPARE(renamed.error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(statusOf(path("to")).st_size, 3);
    QVERIFY(exists(path("from")));
}

void LocalFileSystemTest::makeFileNeverOverwrites()
{
    write(path("file"), "content");

    QCOMPARE(answerOf(m_files.makeFile(path("file"))).error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(statusOf(path("file")).st_size, 7);
    QCOMPARE(answerOf(m_files.makeDirectory(path("file"))).error().kind, ErrorKind::AlreadyExists);
}

void LocalFileSystemTest::setModeKeepsToTwelveBits()
{
    write(path("file"));

    QVERIFY(answerOf(m_files.setMode(path("file"), files::FileMode(04711))));

    QCOMPARE(statusOf(path("file")).st_mode, mode_t(S_IFREG | 04711));
}

// chmod(1) is the other one that changes trees.
void LocalFileSystemTest::changeTreeIsThatOfChmod()
{
    const auto run = [this](const QString &mode, const QByteArray &name) {
        return QProcess::execute(QStringLiteral("chmod"),
                                 {QStringLiteral("-R"), mode, path(name).toDisplay()});
    };
    QVERIFY(answerOf(m_files.makeDirectory(path("tree"))));
    QVERIFY(answerOf(m_files.makeDirectory(path("tree/folder"))));
    write(path("tree/folder/program"));
    write(path("tree/text"));
    write(path("outside"));
    QCOMPARE(::symlink("../outside", path("tree/link").bytes().constData()), 0);
    QCOMPARE(run(QStringLiteral("0700"), "tree/folder") + run(QStringLiteral("0604"), "tree/text")
                 + run(QStringLiteral("0604"), "outside"),
             0);
    QCOMPARE(QProcess::execute(
                 QStringLiteral("cp"),
                 {QStringLiteral("-a"), path("tree").toDisplay(), path("expected").toDisplay()}),
             0);
    QCOMPARE(run(QStringLiteral("u=rwX,g=rX,o="), "expected"), 0);

    const files::ModeMask mask{.set = 0750, .clear = 0027};
    const auto changed = answerOf(m_files.changeTree(
        path("tree"), {.directories = mask, .others = mask, .isExecuteConditional = true}));

    QVERIFY(changed);
    for (const char *name : {"", "/folder", "/folder/program", "/text"}) {
        struct stat found = {};
        struct stat expected = {};
        QCOMPARE(::lstat((path("tree").bytes() + name).constData(), &found), 0);
        QCOMPARE(::lstat((path("expected").bytes() + name).constData(), &expected), 0);
        QCOMPARE(found.st_mode, expected.st_mode);
    }
    struct stat outside = {};
    QCOMPARE(::lstat(path("outside").bytes().constData(), &outside), 0);
    QCOMPARE(outside.st_mode & 07777, 0604U);
}

void LocalFileSystemTest::removeTreeTakesEverythingInside()
{
    FilePath deep = path("tree");
    for (int depth = 0; depth < 200; ++depth) {
        QVERIFY(answerOf(m_files.makeDirectory(deep)));
        write(deep.child("file"));
        deep = deep.child("d");
    }
    QCOMPARE(::mkfifo(path("tree/fifo").bytes().constData(), 0600), 0);

    const auto removed = std::make_shared<std::atomic<int>>(0);
    QVERIFY(answerOf(m_files.removeTree(path("tree"), removed)));

    QVERIFY(!exists(path("tree")));
    QCOMPARE(removed->load(),
             401); // 200 folders within each other, a file in each of them, and the pipe
}

// What is deleted by then is counted, and nothing else is gone.
void LocalFileSystemTest::removeTreeCanBeStopped()
{
    QVERIFY(answerOf(m_files.makeDirectory(path("tree"))));
    for (int file = 0; file < 5; ++file) {
        write(path("tree").child(QByteArray::number(file)));
    }
    int count = 0;
    const auto removed = files::removeLocal(
        path("tree"), [&count](int done) { count = done; }, [&count] { return count == 2; });
    QCOMPARE(removed.error().kind, base::ErrorKind::Cancelled);
    QCOMPARE(count, 2);
    QCOMPARE(answerOf(m_files.list(path("tree"))).value_or(QList<files::FileEntry>()).size(), 3);
}

void LocalFileSystemTest::removeTreeDoesNotFollowLinks()
{
    QVERIFY(answerOf(m_files.makeDirectory(path("kept"))));
    write(path("kept/file"));
    QVERIFY(answerOf(m_files.makeDirectory(path("tree"))));
    QCOMPARE(::symlink("../kept", path("tree/link").bytes().constData()), 0);
    QCOMPARE(::symlink(".", path("tree/loop").bytes().constData()), 0);

    QVERIFY(answerOf(m_files.removeTree(path("tree"))));

    QVERIFY(!exists(path("tree")));
    QVERIFY(exists(path("kept/file")));
}

void LocalFileSystemTest::removeDirectoryTakesNothingInside()
{
    QVERIFY(answerOf(m_files.makeDirectory(path("outer"))));
    QVERIFY(answerOf(m_files.makeFile(path("outer/file"))));

    QCOMPARE(answerOf(m_files.removeDirectory(path("outer"))).error().kind,
             base::ErrorKind::DirectoryNotEmpty);
    QVERIFY(!answerOf(m_files.removeFile(path("outer"))));
    QVERIFY(!answerOf(m_files.removeDirectory(path("outer/file"))));
    QVERIFY(answerOf(m_files.removeFile(path("outer/file"))));
    QVERIFY(answerOf(m_files.removeDirectory(path("outer"))));
}

void LocalFileSystemTest::removeTreeTakesTheLinkItself()
{
    QVERIFY(answerOf(m_files.makeDirectory(path("kept"))));
    QCOMPARE(::symlink("kept", path("link").bytes().constData()), 0);

    QVERIFY(answerOf(m_files.removeTree(path("link"))));

    QVERIFY(!exists(path("link")));
    QVERIFY(exists(path("kept")));
}

// The system would take "kept\0x" for "kept".
void LocalFileSystemTest::zeroBytesAreRefused()
{
    write(path("kept"));
    const FilePath sly = path(QByteArray("kept\0x", 6));

    QCOMPARE(answerOf(m_files.removeTree(sly)).error().kind, ErrorKind::InvalidName);
    QCOMPARE(answerOf(m_files.setMode(sly, files::FileMode(0))).error().kind,
             ErrorKind::InvalidName);
    QVERIFY(exists(path("kept")));
}

QTEST_GUILESS_MAIN(LocalFileSystemTest)

#include "LocalFileSystemTest.moc"
