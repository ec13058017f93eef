#include "tests/support/Reason.h"
#include "transfer/PartialFile.h"
#include "transfer/SourceFile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using files::FileAttributes;
using files::FilePath;
using transfer::DirectoryState;
using transfer::Existing;
using transfer::LocalTree;
using transfer::PartialFile;
using transfer::SourceFile;

// LocalTree and the files in it, against a directory of this computer.
class LocalFileTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void nameComesWithCommit();
    void unfinishedFileVanishes();
    void wrongSizeIsNotCommitted();
    void nothingIsReplacedUnasked();
    void zerosBecomeHoles();
    void directoriesAreNotFollowedThroughLinks();
    void existingDirectoryIsAccepted();
    void linkReplacesOnlyWhenAsked();
    void movedAwayTreeIsStillTheSame();
    void onlyRegularFilesAreRead();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    QStringList names() const;
    LocalTree tree() const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void LocalFileTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

QStringList LocalFileTest::names() const
{
    return QDir(m_directory->path())
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

LocalTree LocalFileTest::tree() const
{
    return std::move(*LocalTree::open(FilePath(m_directory->path().toUtf8())));
}

void LocalFileTest::nameComesWithCommit()
{
    auto file = PartialFile::create(tree(), {"file"});
    QVERIFY(file->write(3, "def"));
    QVERIFY(file->write(0, "abc"));
    QVERIFY(!names().contains(u"file"_s));
    FileAttributes attributes;
    attributes.permissions = 0106751; // a regular file with set-user-ID and set-group-ID

    const auto committed = file->commit(6, attributes, Existing::Keep);

    QVERIFY2(committed, tests::reason(committed).constData());
    QCOMPARE(names(), QStringList{u"file"_s});
    QFile written(path(u"file"_s));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), "abcdef");
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(path(u"file"_s)), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0751U);
}

void LocalFileTest::unfinishedFileVanishes()
{
    {
        auto file = PartialFile::create(tree(), {"file"});
        QVERIFY(file->write(0, "abc"));
        QCOMPARE(names().size(), 1);
    }

    QCOMPARE(names(), QStringList());
}

void LocalFileTest::wrongSizeIsNotCommitted()
{
    auto file = PartialFile::create(tree(), {"file"});
    QVERIFY(file->write(0, "abc"));

    QVERIFY(!file->commit(4, {}, Existing::Keep));
    QVERIFY(!names().contains(u"file"_s));
}

void LocalFileTest::nothingIsReplacedUnasked()
{
    QVERIFY(QFile(path(u"file"_s)).open(QIODevice::WriteOnly));
    auto kept = PartialFile::create(tree(), {"file"});
    auto replacing = PartialFile::create(tree(), {"file"});
    QVERIFY(replacing->write(0, "new"));

    QCOMPARE(kept->commit(0, {}, Existing::Keep).error().kind, ErrorKind::AlreadyExists);
    QVERIFY(replacing->commit(3, {}, Existing::Replace));
    QCOMPARE(QFileInfo(path(u"file"_s)).size(), 3);
}

void LocalFileTest::zerosBecomeHoles()
{
    constexpr qsizetype size = 1024 * 1024;
    auto file = PartialFile::create(tree(), {"file"});
    QVERIFY(file->write(0, QByteArray(size, '\0')));

    QVERIFY(file->commit(size, {}, Existing::Keep));

    struct stat status = {};
    QCOMPARE(::stat(qPrintable(path(u"file"_s)), &status), 0);
    QCOMPARE(status.st_size, size);
    QCOMPARE(status.st_blocks, 0);
}

void LocalFileTest::directoriesAreNotFollowedThroughLinks()
{
    QVERIFY(QDir(m_directory->path()).mkdir(u"real"_s));
    QVERIFY(QFile::link(path(u"real"_s), path(u"link"_s)));

    QCOMPARE(tree().makeDirectory({"link"}, files::FileMode(0755)).error().kind,
             ErrorKind::NotADirectory);
    QVERIFY(!PartialFile::create(tree(), {"link", "file"}));
    QVERIFY(QDir(path(u"real"_s)).isEmpty());
}

void LocalFileTest::existingDirectoryIsAccepted()
{
    QCOMPARE(tree().makeDirectory({"a"}, files::FileMode(0)).value(), DirectoryState::Created);
    QCOMPARE(tree().makeDirectory({"a"}, files::FileMode(0)).value(),
             DirectoryState::ExistedBefore);
    QCOMPARE(tree().makeDirectory({"a", "b"}, files::FileMode(0)).value(), DirectoryState::Created);
}

void LocalFileTest::linkReplacesOnlyWhenAsked()
{
    QVERIFY(tree().makeLink({"link"}, "one", Existing::Keep));

    QCOMPARE(tree().makeLink({"link"}, "two", Existing::Keep).error().kind,
             ErrorKind::AlreadyExists);
    QCOMPARE(QFileInfo(path(u"link"_s)).readSymLink(), u"one"_s);
    QVERIFY(tree().makeLink({"link"}, "two", Existing::Replace));
    QCOMPARE(QFileInfo(path(u"link"_s)).readSymLink(), u"two"_s);
    QCOMPARE(names(), QStringList{u"link"_s});
}

void LocalFileTest::movedAwayTreeIsStillTheSame()
{
    QVERIFY(QDir(m_directory->path()).mkdir(u"root"_s));
    const auto root = LocalTree::open(FilePath(path(u"root"_s).toUtf8()));
    QVERIFY(QDir(m_directory->path()).rename(u"root"_s, u"moved"_s));
    QVERIFY(QDir(m_directory->path()).mkdir(u"root"_s));

    QVERIFY(root->makeDirectory({"a"}, files::FileMode(0755)));

    QVERIFY(QFileInfo::exists(path(u"moved/a"_s)));
    QVERIFY(!QFileInfo::exists(path(u"root/a"_s)));
}

void LocalFileTest::onlyRegularFilesAreRead()
{
    QFile file(path(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("0123456789") == 10);
    file.close();
    QVERIFY(QFile::link(u"file"_s, path(u"link"_s)));
    QCOMPARE(::mkfifo(qPrintable(path(u"fifo"_s)), 0600), 0);
    const auto open
        = [this](const QString &name) { return SourceFile::open(FilePath(path(name).toUtf8())); };

    const auto source = open(u"file"_s);

    QCOMPARE(source->attributes().size, 10U);
    QCOMPARE(source->read(8, 100).value(), "89");
    QCOMPARE(source->read(10, 100).value(), QByteArray());
    QVERIFY(!open(u"link"_s));
    QCOMPARE(open(u"fifo"_s).error().kind, ErrorKind::Unsupported);
    QCOMPARE(open(u"missing"_s).error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(LocalFileTest)

#include "LocalFileTest.moc"
