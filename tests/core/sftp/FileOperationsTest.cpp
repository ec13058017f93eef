#include "sftp/FileOperations.h"

#include "tests/core/sftp/SftpPeers.h"
#include "tests/support/Reason.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FileEntry;
using files::FileMode;
using files::FilePath;
using files::FileType;
using tests::answerTo;
using tests::ProcessPeer;
using tests::ScriptedPeer;

// Mostly against OpenSSH's own sftp-server: what is expected is what the disk shows.
class FileOperationsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void statusTellsOfLinks();
    void existingDirectoryIsTold();
    void failureOfOtherReasonStays();
    void makesFileOnlyOnce();
    void renameNeverReplaces();
    void renameOnServerThatReplaces();
    void renamesAnyBytes_data();
    void renamesAnyBytes();
    void modeIsChangedWhole();
    void treeChangesAsByChmod();
    void treeChangeTellsWhatItDoes();
    void directoryOpensFirstAndClosesLast_data();
    void directoryOpensFirstAndClosesLast();
    void treeIsRemoved();
    void linkIsRemovedNotItsTarget();
    void removalGoesOnAfterFailure();
    void removalStopsWhenNobodyWaits();
    void shortAnswersBringAllOfAFile_data();
    void shortAnswersBringAllOfAFile();

private:
    FilePath path(const QByteArray &name) const { return m_root.child(name); }
    QString local(const QString &name) const { return m_directory->filePath(name); }
    void put(const QString &name, const QByteArray &data) const;
    QByteArray get(const QString &name) const;
    QByteArray modesIn(const QString &name) const; // of all that is there, a line for each
    Result<void> removeTree(const QByteArray &name);

    std::unique_ptr<QTemporaryDir> m_directory;
    FilePath m_root;
    std::unique_ptr<ProcessPeer> m_peer;
};

namespace {

const FilePath home("/home/tester");

sftp::IsAbandoned never()
{
    return [] { return false; };
}

Result<void> rename(sftp::Engine &engine, const FilePath &from, const FilePath &to)
{
    return answerTo<void>(
        [&](auto answered) { renameWithoutReplacing(engine, from, to, std::move(answered)); });
}

Result<void> makeDirectory(sftp::Engine &engine, const FilePath &path)
{
    return answerTo<void>(
        [&](auto answered) { sftp::makeDirectory(engine, path, {}, std::move(answered)); });
}

void waitUntilReady(sftp::Engine &engine)
{
    engine.whenReady([] { });
    QTRY_VERIFY(engine.isReady());
}

} // namespace

void FileOperationsTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_root = FilePath(m_directory->path().toUtf8());
    m_peer = std::make_unique<ProcessPeer>();
    waitUntilReady(m_peer->engine);
}

void FileOperationsTest::put(const QString &name, const QByteArray &data) const
{
    QFile file(local(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

QByteArray FileOperationsTest::get(const QString &name) const
{
    QFile file(local(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "can not be read";
}

QByteArray FileOperationsTest::modesIn(const QString &name) const
{
    QProcess find;
    find.start(u"find"_s, {local(name), u"-printf"_s, u"%m %P\\n"_s});
    if (!find.waitForFinished()) {
        return "find did not run";
    }
    QByteArrayList lines = find.readAll().split('\n');
    std::ranges::sort(lines);
    return lines.join('\n').trimmed() + '\n';
}

Result<void> FileOperationsTest::removeTree(const QByteArray &name)
{
    return answerTo<void>([&](auto answered) {
        sftp::removeTree(m_peer->engine, path(name), never(), std::move(answered));
    });
}

void FileOperationsTest::statusTellsOfLinks()
{
    put(u"file"_s, "123");
    QVERIFY(QFile::link(u"file"_s, local(u"link"_s)));
    const auto status = [this](const QByteArray &name) {
        return answerTo<FileEntry>(
            [&](auto answered) { statusOf(m_peer->engine, path(name), std::move(answered)); });
    };

    QCOMPARE(status("file")->attributes.size, 3U);
    QCOMPARE(status("file")->name, "file");
    QCOMPARE(status("link")->attributes.type(), FileType::SymbolicLink);
    QCOMPARE(status("link")->linkTarget, "file");
    QCOMPARE(status("link")->targetType, FileType::Regular);
    QCOMPARE(status("missing").error().kind, ErrorKind::NotFound);
}

void FileOperationsTest::existingDirectoryIsTold()
{
    QVERIFY(makeDirectory(m_peer->engine, path("new")));

    QVERIFY(QFileInfo(local(u"new"_s)).isDir());
    QCOMPARE(makeDirectory(m_peer->engine, path("new")).error().kind, ErrorKind::AlreadyExists);
}

void FileOperationsTest::failureOfOtherReasonStays()
{
    ScriptedPeer peer;
    peer.server.faults.statuses[tests::SftpRequestType::Mkdir] = 4;
    peer.engine.start();
    waitUntilReady(peer.engine);

    const auto made = makeDirectory(peer.engine, home.child("new"));

    QCOMPARE(made.error().kind, ErrorKind::ServerFailure);
    QCOMPARE(made.error().detail, u"as told by the test"_s);
}

void FileOperationsTest::makesFileOnlyOnce()
{
    const auto make = [this](const QByteArray &name) {
        return answerTo<void>(
            [&](auto answered) { makeFile(m_peer->engine, path(name), std::move(answered)); });
    };
    put(u"old"_s, "kept");

    QVERIFY(make("new"));
    QCOMPARE(get(u"new"_s), QByteArray());
    QCOMPARE(make("old").error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(get(u"old"_s), "kept");
    QCOMPARE(make("no/where").error().kind, ErrorKind::NotFound);
}

void FileOperationsTest::renameNeverReplaces()
{
    put(u"a"_s, "from");
    put(u"b"_s, "to");

    QCOMPARE(rename(m_peer->engine, path("a"), path("b")).error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(get(u"b"_s), "to");
    QVERIFY(rename(m_peer->engine, path("a"), path("c")));
    QCOMPARE(get(u"c"_s), "from");
    QCOMPARE(rename(m_peer->engine, path("a"), path("d")).error().kind, ErrorKind::NotFound);
}

void FileOperationsTest::renameOnServerThatReplaces()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/a", {});
    peer.server.tree.put("/home/tester/b", {});
    peer.server.faults.statuses[tests::SftpRequestType::Rename] = 0; // it would succeed
    peer.engine.start();
    waitUntilReady(peer.engine);

    const auto renamed = rename(peer.engine, home.child("a"), home.child("b"));

    QCOMPARE(renamed.error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(renamed.error().subject, u"/home/tester/a"_s); // what could not be renamed
    QCOMPARE(peer.server.count(tests::SftpRequestType::Rename), 0);
}

void FileOperationsTest::renamesAnyBytes_data()
{
    QTest::addColumn<QByteArray>("name");

    QTest::newRow("space") << QByteArray(" a b ");
    QTest::newRow("newline") << QByteArray("a\nb");
    QTest::newRow("quotes") << QByteArray("'\"`");
    QTest::newRow("leading dash") << QByteArray("-rf");
    QTest::newRow("not UTF-8") << QByteArray("caf\xe9\xff");
    QTest::newRow("glob and backslash") << QByteArray("*?[\\");
}

void FileOperationsTest::renamesAnyBytes()
{
    QFETCH(QByteArray, name);
    put(u"plain"_s, "x");

    QVERIFY(rename(m_peer->engine, path("plain"), path(name)));

    // Removing shows that it is there, and QTemporaryDir could not remove every name.
    QCOMPARE(::unlink(path(name).bytes().constData()), 0);
}

void FileOperationsTest::modeIsChangedWhole()
{
    put(u"file"_s, {});

    const auto changed = answerTo<void>([&](auto answered) {
        setMode(m_peer->engine, path("file"), FileMode(04751), std::move(answered));
    });

    QVERIFY2(changed, tests::reason(changed).constData());
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(local(u"file"_s)), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 04751U);
}

// chmod(1) is the other one that changes trees.
void FileOperationsTest::treeChangesAsByChmod()
{
    QVERIFY(QDir(m_directory->path()).mkpath(u"tree/folder/deep"_s));
    put(u"tree/text"_s, {});
    put(u"tree/folder/program"_s, {});
    put(u"tree/folder/deep/secret"_s, {});
    put(u"outside"_s, {});
    QVERIFY(QFile::link(u"../outside"_s, local(u"tree/link"_s)));
    QVERIFY(QFile::link(u".."_s, local(u"tree/loop"_s)));
    const auto chmod = [this](const QString &mode, const QString &name) {
        return QProcess::execute(u"chmod"_s, {u"-R"_s, mode, local(name)});
    };
    QCOMPARE(chmod(u"0700"_s, u"tree/folder"_s) + chmod(u"0604"_s, u"tree/text"_s)
                 + chmod(u"0600"_s, u"tree/folder/deep/secret"_s) + chmod(u"0604"_s, u"outside"_s),
             0);
    QCOMPARE(QProcess::execute(u"cp"_s, {u"-a"_s, local(u"tree"_s), local(u"expected"_s)}), 0);
    QCOMPARE(chmod(u"u=rwX,g=rX,o="_s, u"expected"_s), 0);

    const files::ModeMask mask{.set = 0750, .clear = 0027};
    const auto changed = answerTo<void>([&](auto answered) {
        sftp::changeTree(
            m_peer->engine, path("tree"),
            {.directories = mask, .others = mask, .isExecuteConditional = true}, never(),
            [](int) { }, std::move(answered));
    });

    QVERIFY2(changed, tests::reason(changed).constData());
    QCOMPARE(modesIn(u"tree"_s), modesIn(u"expected"_s));
    QCOMPARE(modesIn(u"outside"_s), "604\n");
}

void FileOperationsTest::treeChangeTellsWhatItDoes()
{
    QVERIFY(QDir(m_directory->path()).mkpath(u"tree"_s));
    for (int i = 0; i < 100; ++i) {
        put(u"tree/%1"_s.arg(i), {});
    }
    const files::AttributeChange change{.others = {.set = 0111, .clear = 0}};
    QList<int> told;

    const auto stopped = answerTo<void>([&](auto answered) {
        sftp::changeTree(
            m_peer->engine, path("tree"), change, [] { return true; },
            [&](int done) { told.append(done); }, std::move(answered));
    });
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QCOMPARE(told, QList<int>());

    const auto changed = answerTo<void>([&](auto answered) {
        sftp::changeTree(
            m_peer->engine, path("tree"), change, never(), [&](int done) { told.append(done); },
            std::move(answered));
    });
    QVERIFY2(changed, tests::reason(changed).constData());
    QCOMPARE(told.size(), 100);
    QCOMPARE(told.last(), 100);
}

void FileOperationsTest::directoryOpensFirstAndClosesLast_data()
{
    using Type = tests::SftpRequestType;
    QTest::addColumn<quint32>("mode");
    QTest::addColumn<files::ModeMask>("mask");
    QTest::addColumn<QList<Type>>("order");
    QTest::newRow("opens") << 0040000U << files::ModeMask{.set = 0700, .clear = 0}
                           << QList{Type::Setstat, Type::Opendir};
    QTest::newRow("closes") << 0040700U << files::ModeMask{.set = 0, .clear = 0700}
                            << QList{Type::Opendir, Type::Setstat};
}

void FileOperationsTest::directoryOpensFirstAndClosesLast()
{
    using Type = tests::SftpRequestType;
    QFETCH(quint32, mode);
    QFETCH(files::ModeMask, mask);
    QFETCH(QList<Type>, order);
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/tree", {.mode = mode});
    peer.engine.start();
    waitUntilReady(peer.engine);

    const auto changed = answerTo<void>([&](auto answered) {
        sftp::changeTree(
            peer.engine, home.child("tree"), {.directories = mask}, never(), [](int) { },
            std::move(answered));
    });

    QVERIFY2(changed, tests::reason(changed).constData());
    QList<Type> seen;
    for (const auto &request : peer.server.requests()) {
        if (request.type == Type::Setstat || request.type == Type::Opendir) {
            seen.append(request.type);
        }
    }
    QCOMPARE(seen, order);
    QCOMPARE(peer.server.tree.find("/home/tester/tree")->mode & 07777, (mode & 07777) ^ 0700);
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void FileOperationsTest::treeIsRemoved()
{
    for (int i = 0; i < 20; ++i) {
        const QString folder = u"tree/%1/deep/er"_s.arg(i);
        QVERIFY(QDir(m_directory->path()).mkpath(folder));
        put(folder + u"/file"_s, "x");
        put(u"tree/%1/file"_s.arg(i), "x");
    }
    put(u"beside"_s, {});

    int count = 0;
    const auto removed = answerTo<void>([&](auto answered) {
        sftp::removeTree(
            m_peer->engine, path("tree"), never(), [&count](int done) { count = done; },
            std::move(answered));
    });

    QVERIFY2(removed, tests::reason(removed).constData());
    QCOMPARE(count, 1 + 20 * 5); // the tree, and three folders and two files in each of its 20
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{u"beside"_s});
    QCOMPARE(removeTree("tree").error().kind, ErrorKind::NotFound);
}

void FileOperationsTest::linkIsRemovedNotItsTarget()
{
    QVERIFY(QDir(m_directory->path()).mkpath(u"tree"_s));
    QVERIFY(QDir(m_directory->path()).mkpath(u"kept"_s));
    put(u"kept/file"_s, "x");
    QVERIFY(QFile::link(local(u"kept"_s), local(u"tree/link"_s)));
    QVERIFY(QFile::link(local(u"tree"_s), local(u"tree/loop"_s)));

    QVERIFY(removeTree("tree"));

    QVERIFY(!QFile::exists(local(u"tree"_s)));
    QCOMPARE(get(u"kept/file"_s), "x");
}

void FileOperationsTest::removalGoesOnAfterFailure()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/tree", {.mode = 040755});
    peer.server.tree.put("/home/tester/tree/bad", {.mode = 040755});
    peer.server.tree.put("/home/tester/tree/good", {});
    peer.server.faults.statuses[tests::SftpRequestType::Rmdir] = 3;
    peer.engine.start();
    waitUntilReady(peer.engine);

    const auto removed = answerTo<void>([&](auto answered) {
        sftp::removeTree(peer.engine, home.child("tree"), never(), std::move(answered));
    });

    QCOMPARE(removed.error().kind, ErrorKind::PermissionDenied);
    QCOMPARE(removed.error().subject, u"/home/tester/tree/bad"_s);
    QVERIFY(!peer.server.tree.find("/home/tester/tree/good"));
}

void FileOperationsTest::removalStopsWhenNobodyWaits()
{
    QVERIFY(QDir(m_directory->path()).mkpath(u"tree"_s));
    put(u"tree/file"_s, "x");

    const auto removed = answerTo<void>([&](auto answered) {
        sftp::removeTree(m_peer->engine, path("tree"), [] { return true; }, std::move(answered));
    });

    QCOMPARE(removed.error().kind, ErrorKind::Cancelled);
    QCOMPARE(get(u"tree/file"_s), "x");
}

void FileOperationsTest::shortAnswersBringAllOfAFile_data()
{
    QTest::addColumn<qsizetype>("answerBytes");

    QTest::newRow("half of what was asked for") << qsizetype{16} * 1024;
    QTest::newRow("a quarter") << qsizetype{8} * 1024;
    QTest::newRow("an odd part") << qsizetype{5} * 1000;
}

// The end of the file is told while rests of earlier blocks are still to be asked for.
void FileOperationsTest::shortAnswersBringAllOfAFile()
{
    QFETCH(qsizetype, answerBytes);
    QByteArray content;
    for (int line = 0; content.size() < 100'000; ++line) {
        content += QByteArray::number(line) + '\n';
    }
    ScriptedPeer peer;
    peer.server.faults.maxReadBytes = answerBytes;
    QVERIFY(peer.server.tree.put("/home/tester/file", {.data = content}));
    peer.engine.start();
    waitUntilReady(peer.engine);
    const FilePath file = home.child("file");
    const auto never = [] { return false; };

    const auto part = answerTo<QByteArray>([&](auto answered) {
        sftp::readPart(peer.engine, file, {1, 1'000'000}, never, std::move(answered));
    });
    const auto digest = answerTo<files::Digest>([&](auto answered) {
        sftp::digest(peer.engine, file, [](int) { }, never, std::move(answered));
    });

    QVERIFY(part);
    QVERIFY(*part == content.sliced(1));
    QVERIFY(digest);
    QCOMPARE(digest->sha256, QCryptographicHash::hash(content, QCryptographicHash::Sha256));
}

QTEST_GUILESS_MAIN(FileOperationsTest)

#include "FileOperationsTest.moc"
