#include "files/LocalFileSystem.h"
#include "files/OwnerLookup.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <memory>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using files::FilePath;

// What LocalFileSystem does to whole trees and with the trash; the expected values are those of the
// tools of the system.
class LocalOperationsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void trashedFileComesBack_data();
    void trashedFileComesBack();
    void trashKeepsSeveralOfOneName();
    void restoringNeverOverwrites();
    void copyIsThatOfCp();
    void copyNeverOverwritesNorEntersItself();
    void sizeIsWhatFindCounts();
    void unreadableFolderIsCounted();
    void digestIsThatOfSha256sum();
    void partsOfAFileAreRead();
    void attributesAreSet();
    void linkIsMadeAndReplacesNothing();
    void changedTreeCanBeSetBack();
    void ownersAreLookedUp();

private:
    FilePath path(const QByteArray &name) const { return m_root.child(name); }
    QString text(const QByteArray &name) const { return QString::fromUtf8(path(name).bytes()); }
    void write(const QByteArray &name, const QByteArray &content = {}) const;
    void makeTree() const;
    QByteArray output(const QString &command) const;

    std::unique_ptr<QTemporaryDir> m_scratch;
    FilePath m_root;
    files::LocalFileSystem m_files;
};

namespace {

template<typename T>
T lastOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.resultAt(future.resultCount() - 1);
}

struct stat statusOf(const FilePath &path)
{
    struct stat status = {};
    ::lstat(path.bytes().constData(), &status);
    return status;
}

bool exists(const FilePath &path)
{
    struct stat status = {};
    return ::lstat(path.bytes().constData(), &status) == 0;
}

} // namespace

void LocalOperationsTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    m_root = FilePath(m_scratch->path().toUtf8());
    qputenv("XDG_DATA_HOME", path("data").bytes());
}

void LocalOperationsTest::cleanup()
{
    output(u"chmod -R u+rwX ."_s); // what may not be written can not be removed either
    output(u"rm -rf -- *"_s); // nor does Qt remove names that are not UTF-8
}

void LocalOperationsTest::write(const QByteArray &name, const QByteArray &content) const
{
    FILE *file = std::fopen(path(name).bytes().constData(), "w");
    QVERIFY(file != nullptr);
    std::fwrite(content.constData(), 1, static_cast<size_t>(content.size()), file);
    std::fclose(file);
}

void LocalOperationsTest::makeTree() const
{
    QVERIFY(::mkdir(path("tree").bytes().constData(), 0755) == 0);
    QVERIFY(::mkdir(path("tree/closed").bytes().constData(), 0755) == 0);
    write("tree/large", QByteArray(3'000'000, 'x'));
    write("tree/closed/small", "small");
    write("tree/\xff\n", "hostile name");
    QCOMPARE(::symlink("closed/small", path("tree/link").bytes().constData()), 0);
    QCOMPARE(::chmod(path("tree/closed/small").bytes().constData(), 0640), 0);
    QCOMPARE(::chmod(path("tree/closed").bytes().constData(), 0550), 0);
    QCOMPARE(QProcess::execute(
                 u"touch"_s,
                 {u"-d"_s, u"2020-02-02 02:02:02"_s, text("tree/large"), text("tree/closed")}),
             0);
}

QByteArray LocalOperationsTest::output(const QString &command) const
{
    QProcess process;
    process.setWorkingDirectory(m_scratch->path());
    process.start(u"sh"_s, {u"-c"_s, command});
    process.waitForFinished();
    return process.readAllStandardOutput();
}

void LocalOperationsTest::trashedFileComesBack_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("text") << QByteArray("report.txt");
    QTest::newRow("no UTF-8") << QByteArray("a\xff\xfe");
    QTest::newRow("newline") << QByteArray("a\nb");
    QTest::newRow("leading dash") << QByteArray("-rf");
}

void LocalOperationsTest::trashedFileComesBack()
{
    QFETCH(QByteArray, name);
    write(name, "content");
    const auto trashed = lastOf(m_files.moveToTrash(path(name)));
    QVERIFY(trashed);
    QVERIFY(!exists(path(name)));
    QCOMPARE(trashed->file, path("data/Trash/files").child(name));
    QVERIFY(exists(trashed->file) && exists(trashed->info));

    QVERIFY(lastOf(m_files.restore(*trashed)));

    QVERIFY(exists(path(name)));
    QVERIFY(!exists(trashed->file) && !exists(trashed->info));
}

void LocalOperationsTest::trashKeepsSeveralOfOneName()
{
    write("file", "first");
    const auto first = lastOf(m_files.moveToTrash(path("file")));
    write("file", "second");
    const auto second = lastOf(m_files.moveToTrash(path("file")));
    QVERIFY(first && second);
    QVERIFY(first->file != second->file);
    QVERIFY(lastOf(m_files.restore(*first)));
    QCOMPARE(output(u"cat file"_s), QByteArray("first"));
}

void LocalOperationsTest::restoringNeverOverwrites()
{
    write("file", "old");
    const auto trashed = lastOf(m_files.moveToTrash(path("file")));
    QVERIFY(trashed);
    write("file", "new");
    QCOMPARE(lastOf(m_files.restore(*trashed)).error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(output(u"cat file"_s), QByteArray("new"));
    QVERIFY(exists(trashed->file));
}

void LocalOperationsTest::copyIsThatOfCp()
{
    makeTree();
    QVERIFY(lastOf(m_files.copyTree(path("tree"), path("copy"))));
    QCOMPARE(QProcess::execute(u"cp"_s, {u"-a"_s, text("tree"), text("expected")}), 0);
    const QString listing = u"cd %1 && find . ! -type l -printf '%p %m %y %s %T@\\n' | sort | "
                            "sed 's/\\.[0-9]*$//'; readlink link"_s;
    QCOMPARE(output(listing.arg(u"copy"_s)), output(listing.arg(u"expected"_s)));
    QCOMPARE(output(u"diff -r copy expected && echo same"_s), QByteArray("same\n"));
}

void LocalOperationsTest::copyNeverOverwritesNorEntersItself()
{
    write("a", "a");
    write("b", "b");
    QCOMPARE(lastOf(m_files.copyTree(path("a"), path("b"))).error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(output(u"cat b"_s), QByteArray("b"));
    makeTree();
    QVERIFY(!lastOf(m_files.copyTree(path("tree"), path("tree/closed/copy"))));
    QVERIFY(!exists(path("tree/closed/copy")));
}

void LocalOperationsTest::sizeIsWhatFindCounts()
{
    makeTree();
    const auto size = lastOf(m_files.measureTree(path("tree")));
    QVERIFY(size);
    QCOMPARE(size->bytes,
             output(u"find tree -type f -printf '%s\\n' | awk '{s+=$1} END {print s}'"_s)
                 .trimmed()
                 .toULongLong());
    QCOMPARE(size->directories, 2U);
    QCOMPARE(size->files, 4U);
    QCOMPARE(size->unreadable, 0U);
    QCOMPARE(lastOf(m_files.measureTree(path("nothing"))).error().kind, ErrorKind::NotFound);
}

void LocalOperationsTest::unreadableFolderIsCounted()
{
    if (::geteuid() == 0) {
        QSKIP("root reads everything");
    }
    makeTree();
    QCOMPARE(::chmod(path("tree/closed").bytes().constData(), 0), 0);
    const auto size = lastOf(m_files.measureTree(path("tree")));
    ::chmod(path("tree/closed").bytes().constData(), 0755);
    QVERIFY(size);
    QCOMPARE(size->unreadable, 1U);
}

void LocalOperationsTest::digestIsThatOfSha256sum()
{
    write("file", QByteArray(3'000'000, 'x') + "end");
    const auto digest = lastOf(m_files.digest(path("file")));
    QVERIFY(digest);
    QCOMPARE(digest->sha256.toHex(), output(u"sha256sum < file"_s).first(64));
    QCOMPARE(lastOf(m_files.digest(m_root)).error().kind, ErrorKind::IsADirectory);
}

void LocalOperationsTest::partsOfAFileAreRead()
{
    write("file", "0123456789");
    QCOMPARE(*lastOf(m_files.readPart(path("file"), 2, 3)), QByteArray("234"));
    QCOMPARE(*lastOf(m_files.readPart(path("file"), 8, 100)), QByteArray("89"));
    QCOMPARE(*lastOf(m_files.readPart(path("file"), 20, 100)), QByteArray());
}

void LocalOperationsTest::attributesAreSet()
{
    write("file", "0123456789");
    files::FileAttributes wanted;
    wanted.size = 4;
    wanted.permissions = 0600;
    wanted.modificationTime = 1'000'000'000;
    QVERIFY(lastOf(m_files.setAttributes(path("file"), wanted)));
    const struct stat status = statusOf(path("file"));
    QCOMPARE(status.st_size, 4);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    QCOMPARE(status.st_mtime, 1'000'000'000);
}

void LocalOperationsTest::linkIsMadeAndReplacesNothing()
{
    QVERIFY(lastOf(m_files.makeLink(path("link"), "no\xff/where")));
    QCOMPARE(output(u"readlink link"_s), QByteArray("no\xff/where\n"));
    QCOMPARE(lastOf(m_files.makeLink(path("link"), "elsewhere")).error().kind,
             ErrorKind::AlreadyExists);
}

void LocalOperationsTest::changedTreeCanBeSetBack()
{
    makeTree();
    const QString listing = u"find tree -printf '%p %m\\n' | sort"_s;
    const QByteArray before = output(listing);
    auto record = std::make_shared<files::ChangeRecord>();
    const files::ModeMask mask{.set = 0700, .clear = 0077};
    QVERIFY(
        lastOf(m_files.changeTree(path("tree"), {.directories = mask, .others = mask}, record)));
    QVERIFY(output(listing) != before);

    for (const files::ChangedFile &changed : std::as_const(*record)) {
        QVERIFY(lastOf(m_files.setAttributes(changed.path, changed.before)));
    }
    QCOMPARE(output(listing), before);
}

void LocalOperationsTest::ownersAreLookedUp()
{
    const auto root = lastOf(files::lookUpOwners(m_files, u"root"_s, {}));
    QVERIFY(root);
    QCOMPARE(root->userId, 0U);
    QVERIFY(!root->groupId);
    const auto numbers = lastOf(files::lookUpOwners(m_files, u"1234"_s, u"5678"_s));
    QCOMPARE(*numbers, (files::OwnerIds{1234, 5678}));
    const auto nobody = lastOf(files::lookUpOwners(m_files, u"no such user"_s, {}));
    QCOMPARE(nobody.error().kind, ErrorKind::NotFound);
    QCOMPARE(nobody.error().subject, u"no such user"_s);
}

QTEST_GUILESS_MAIN(LocalOperationsTest)

#include "LocalOperationsTest.moc"
