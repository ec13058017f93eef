#include "files/FileSearch.h"

#include "files/LocalFileSystem.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <algorithm>

using namespace Qt::StringLiterals;
using files::FilePath;
using files::FileSearch;
using files::SearchQuery;

// Both ways find the same; the command is run by the shell of the system.
class FileSearchTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bothWaysFindTheSame_data();
    void bothWaysFindTheSame();
    void withoutFindItWalks();
    void anotherCommandIsNoAnswer();
    void missingDirectoryIsTold();
    void foundPathsStayBelow();
    void givenUpSaysNothing();

private:
    void write(const QString &name, const QByteArray &content, int daysOld = 0) const;
    QByteArrayList found(const SearchQuery &query, const FileSearch::RunCommand &run,
                         FileSearch::Way way);

    std::unique_ptr<QTemporaryDir> m_scratch;
    files::LocalFileSystem m_files;
};

namespace {

QFuture<base::Result<QByteArray>> runByShell(const QByteArray &command)
{
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, QString::fromUtf8(command)});
    shell.waitForFinished();
    base::Result<QByteArray> result = shell.readAllStandardOutput();
    if (shell.exitCode() != 0) {
        base::Error error;
        error.kind = shell.exitCode() == 127 ? base::ErrorKind::Unsupported
                                             : base::ErrorKind::ServerFailure;
        result = base::Failure(error);
    }
    return QtFuture::makeReadyValueFuture(result);
}

SearchQuery named(const QString &name)
{
    SearchQuery query;
    query.name = name;
    return query;
}

} // namespace

void FileSearchTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    QVERIFY(QDir(m_scratch->path()).mkpath(u"deep/deeper"_s));
    write(u"report.txt"_s, "needle in it");
    write(u"deep/Report old.TXT"_s, QByteArray(5000, 'x'), 40);
    write(u"deep/deeper/it's a\nreport"_s, "it's a 'needle'");
    write(u"deep/other"_s, QByteArray(300'000, 'y') + "needle");
}

void FileSearchTest::write(const QString &name, const QByteArray &content, int daysOld) const
{
    QFile file(m_scratch->filePath(name));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
    QVERIFY(file.flush());
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-daysOld),
                             QFileDevice::FileModificationTime));
}

QByteArrayList FileSearchTest::found(const SearchQuery &query, const FileSearch::RunCommand &run,
                                     FileSearch::Way way)
{
    FileSearch search(m_files, FilePath(m_scratch->path().toUtf8()), query, run);
    QByteArrayList names;
    connect(&search, &FileSearch::found, this, [&names](const QList<files::FileEntry> &entries) {
        for (const files::FileEntry &entry : entries) {
            names << entry.name;
        }
    });
    QSignalSpy finished(&search, &FileSearch::finished);
    search.start();
    const bool hasEnded = QTest::qWaitFor([&] { return finished.size() == 1; }, 10'000);
    if (!hasEnded || search.way() != way) {
        return {"did not end, or went the other way"};
    }
    std::ranges::sort(names);
    return names;
}

void FileSearchTest::bothWaysFindTheSame_data()
{
    QTest::addColumn<SearchQuery>("query");
    QTest::addColumn<QByteArrayList>("expected");
    const QByteArray plain("report.txt");
    const QByteArray old("deep/Report old.TXT");
    const QByteArray hostile("deep/deeper/it's a\nreport");
    const QByteArray other("deep/other");
    QTest::newRow("a part of the name, in any case")
        << named(u"report"_s) << QByteArrayList{old, hostile, plain};
    QTest::newRow("wildcards") << named(u"*.txt"_s) << QByteArrayList{old, plain};
    QTest::newRow("a quote") << named(u"it's"_s) << QByteArrayList{hostile};
    QTest::newRow("a folder") << named(u"deeper"_s) << QByteArrayList{"deep/deeper"};
    QTest::newRow("nothing") << named(u"absent"_s) << QByteArrayList();
    QTest::newRow("a command") << named(u"$(touch x)"_s) << QByteArrayList();
    SearchQuery query;
    query.content = "needle";
    QTest::newRow("content") << query << QByteArrayList{hostile, other, plain};
    query.content = "'needle'";
    QTest::newRow("content with quotes") << query << QByteArrayList{hostile};
    query = {};
    query.leastBytes = 5000;
    query.mostBytes = 5000;
    QTest::newRow("size") << query << QByteArrayList{old};
    query = named(u"*report*"_s);
    query.withinDays = 30;
    QTest::newRow("time") << query << QByteArrayList{hostile, plain};
}

void FileSearchTest::bothWaysFindTheSame()
{
    QFETCH(SearchQuery, query);
    QFETCH(QByteArrayList, expected);
    QCOMPARE(found(query, {}, FileSearch::Way::Walk), expected);
    QCOMPARE(found(query, runByShell, FileSearch::Way::Command), expected);
}

void FileSearchTest::withoutFindItWalks()
{
    const auto refuse = [](const QByteArray &) {
        base::Error error;
        error.kind = base::ErrorKind::Unsupported;
        return QtFuture::makeReadyValueFuture(base::Result<QByteArray>(base::Failure(error)));
    };
    QCOMPARE(found(named(u"*.txt"_s), refuse, FileSearch::Way::Walk).size(), 2);
}

// As where a ForceCommand runs in the place of every command, and ends well.
void FileSearchTest::anotherCommandIsNoAnswer()
{
    const auto other = [](const QByteArray &) {
        return QtFuture::makeReadyValueFuture(base::Result<QByteArray>(QByteArray()));
    };
    QCOMPARE(found(named(u"*.txt"_s), other, FileSearch::Way::Walk).size(), 2);
}

void FileSearchTest::missingDirectoryIsTold()
{
    FileSearch search(m_files, FilePath("/no such directory"), named(u"x"_s), {});
    QSignalSpy finished(&search, &FileSearch::finished);
    search.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<base::Result<void>>().error().kind,
             base::ErrorKind::NotFound);
}

void FileSearchTest::foundPathsStayBelow()
{
    using Paths = QList<QByteArray>;
    QCOMPARE(files::foundPaths(QByteArray("./a\0./b/c\0/etc/passwd\0./../x\0.\0", 31)),
             (Paths{"a", "b/c"}));
    QCOMPARE(files::foundPaths(QByteArray("./whole\0./cut of", 16)), Paths{"whole"});
    QCOMPARE(files::foundPaths({}), Paths());
}

void FileSearchTest::givenUpSaysNothing()
{
    FileSearch search(m_files, FilePath(m_scratch->path().toUtf8()), named(u"report"_s), {});
    QSignalSpy finished(&search, &FileSearch::finished);
    QSignalSpy found(&search, &FileSearch::found);
    search.start();
    search.giveUp();
    finished.clear(); // a fast disk may have answered before
    found.clear();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(finished.isEmpty() && found.isEmpty());
}

QTEST_GUILESS_MAIN(FileSearchTest)

#include "FileSearchTest.moc"
