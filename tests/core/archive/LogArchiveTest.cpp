#include "archive/LogArchive.h"

#include "storage/Database.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using archive::LogArchive;
using archive::LogMatch;
using archive::LogOrder;
using archive::PastLog;
using terminal::OutputLog;
using namespace Qt::StringLiterals;
using Form = OutputLog::Form;

class LogArchiveTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void linesAreFoundWithTheirPlace();
    void linesAreFoundWhileTheLogGoesOn();
    void lastLineWithoutAnEndIsFound();
    void recordingsAreFoundByTheirTime();
    void wordsAndPhrasesAreFound_data();
    void wordsAndPhrasesAreFound();
    void otherHostsAreLeftOut();
    void screensOfProgramsAreNoText();
    void nothingToLookForIsTold();
    void deletedLogIsForgotten();
    void openLogIsNotDeleted();
    void logsOfTheSameSecondHaveFilesOfTheirOwn();
    void foldersAreTheirOwnersAlone();
    void impossibleFolderIsTold();
    void fullLogEnds();
    void oldAndSuperfluousLogsGo();
    void vanishedLogIsForgotten();
    void floodIsTakenIn();
    void lateEndIsHarmless();

private:
    LogOrder order(const QString &session, Form form = Form::Plain) const;
    void log(const QString &session, const QByteArray &text, Form form = Form::Plain);
    QList<LogMatch> found(const QString &text, const QString &host = {});
    QList<PastLog> logs();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<LogArchive> m_archive;
};

namespace {

template<typename T>
T resultOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

} // namespace

void LogArchiveTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_database = std::make_unique<storage::Database>(m_directory->filePath(u"ponto.sqlite"_s));
    m_archive = std::make_unique<LogArchive>(*m_database);
}

void LogArchiveTest::cleanup()
{
    m_archive.reset();
    m_database.reset();
}

LogOrder LogArchiveTest::order(const QString &session, Form form) const
{
    return {.form = form,
            .folder = m_directory->filePath(u"logs"_s),
            .nameTemplate = u"%s/%d-%t"_s,
            .session = session,
            .host = session + u".example.com"_s,
            .user = u"me"_s};
}

// A whole log, of which the archive knows all when this returns.
void LogArchiveTest::log(const QString &session, const QByteArray &text, Form form)
{
    const qsizetype before = logs().size();
    {
        auto opened = m_archive->begin(order(session, form));
        QVERIFY(opened);
        QVERIFY((*opened)->write(text, text));
    }
    QTRY_VERIFY(logs().size() == before + 1 && logs().first().bytes > 0);
}

QList<LogMatch> LogArchiveTest::found(const QString &text, const QString &host)
{
    return resultOf(m_archive->search({.text = text, .host = host}))
        .value_or(QList<LogMatch>{{.text = u"(failed)"_s}});
}

QList<PastLog> LogArchiveTest::logs()
{
    return resultOf(m_archive->logs()).value_or(QList<PastLog>{{.session = u"(failed)"_s}});
}

void LogArchiveTest::linesAreFoundWithTheirPlace()
{
    log(u"web01"_s, "$ make\r\n\r\ncc main.c\r\nerror: no such file\r\n$ exit\r\n");

    const QList<LogMatch> matches = found(u"no such"_s);

    QCOMPARE(matches.size(), 1);
    const LogMatch &match = matches.first();
    QCOMPARE(match.text, u"error: no such file"_s);
    QCOMPARE(match.line, 4);
    QCOMPARE(match.before, u"cc main.c"_s);
    QCOMPARE(match.after, u"$ exit"_s);
    QCOMPARE(match.found, QList<LogMatch::Range>({{7, 2}, {10, 4}}));
    QCOMPARE(match.log.session, u"web01"_s);
    QCOMPARE(match.log.host, u"web01.example.com"_s);
    QVERIFY(match.when() >= match.log.begun);
    QFile file(match.log.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().split('\n').at(match.line - 1), "error: no such file");
}

void LogArchiveTest::linesAreFoundWhileTheLogGoesOn()
{
    auto opened = m_archive->begin(order(u"web01"_s));
    QVERIFY(opened);
    QVERIFY((*opened)->write("first\r\n", "first\r\n"));
    QTRY_COMPARE(found(u"first"_s).size(), 1);

    QVERIFY((*opened)->write("second\r\n", "second\r\n"));

    QTRY_COMPARE(found(u"second"_s).size(), 1);
    QCOMPARE(found(u"second"_s).first().line, 2);
}

void LogArchiveTest::lastLineWithoutAnEndIsFound()
{
    log(u"web01"_s, "logout");

    QTRY_COMPARE(found(u"logout"_s).size(), 1);
}

void LogArchiveTest::recordingsAreFoundByTheirTime()
{
    log(u"web01"_s, "\x1b[1mhello\x1b[m world\r\n", Form::Cast);

    QTRY_COMPARE(found(u"hello"_s).size(), 1);
    const LogMatch match = found(u"hello"_s).first();
    QCOMPARE(match.text, u"hello world"_s);
    QCOMPARE(match.log.form, Form::Cast);
    QVERIFY(match.log.path.endsWith(u".cast"_s));
    QVERIFY(match.sinceBeginning.count() >= 0 && match.sinceBeginning < std::chrono::minutes(1));
}

void LogArchiveTest::wordsAndPhrasesAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::newRow("word") << u"disk"_s << 2;
    QTest::newRow("beginning of a word") << u"dis"_s << 2;
    QTest::newRow("in whatever case") << u"DISK"_s << 2;
    QTest::newRow("both words") << u"full disk"_s << 1;
    QTest::newRow("phrase") << u"\"disk full\""_s << 1;
    QTest::newRow("phrase in another order") << u"\"full disk\""_s << 0;
    QTest::newRow("path") << u"/etc/nginx/nginx.conf"_s << 1;
    QTest::newRow("accent") << u"uber"_s << 1;
    QTest::newRow("hostile") << u"\") OR 1 --"_s << 0;
}

void LogArchiveTest::wordsAndPhrasesAreFound()
{
    QFETCH(QString, text);
    log(u"web01"_s,
        "disk full\r\ndisk ok\r\nvi /etc/nginx/nginx.conf\r\n\xc3\xbc"
        "ber\r\n");

    QTRY_COMPARE(found(u"disk"_s).size(), 2);
    QTEST(static_cast<int>(found(text).size()), "count");
}

void LogArchiveTest::otherHostsAreLeftOut()
{
    log(u"web01"_s, "hello\r\n");
    log(u"db02"_s, "hello\r\n");

    QTRY_COMPARE(found(u"hello"_s).size(), 2);
    QCOMPARE(found(u"hello"_s).first().log.session, u"db02"_s); // the newest first
    QCOMPARE(found(u"hello"_s, u"web01.example.com"_s).size(), 1);
}

void LogArchiveTest::screensOfProgramsAreNoText()
{
    log(u"web01"_s, "$ vi\r\n\x1b[?1049h\x1b[Hsecret draft\r\n~\r\n\x1b[?1049l$ ls\r\n");

    QTRY_COMPARE(found(u"ls"_s).size(), 1);
    QVERIFY(found(u"draft"_s).isEmpty());
}

void LogArchiveTest::nothingToLookForIsTold()
{
    const auto result = resultOf(m_archive->search({.text = u" -- "_s, .host = {}}));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::InvalidName);
}

void LogArchiveTest::deletedLogIsForgotten()
{
    log(u"web01"_s, "hello one\r\n");
    log(u"db02"_s, "hello two\r\n");
    QTRY_COMPARE(found(u"hello"_s).size(), 2);
    const PastLog last = logs().first();

    QVERIFY(resultOf(m_archive->remove(last)));

    QVERIFY(!QFileInfo::exists(last.path));
    QCOMPARE(logs().size(), 1);
    QVERIFY(found(u"two"_s).isEmpty());
    QCOMPARE(found(u"hello"_s).size(), 1);
}

void LogArchiveTest::openLogIsNotDeleted()
{
    auto opened = m_archive->begin(order(u"web01"_s));
    QVERIFY(opened);
    QTRY_COMPARE(logs().size(), 1);
    const PastLog past = logs().first();

    const auto removed = resultOf(m_archive->remove(past));
    const auto pruned = resultOf(m_archive->prune({.days = 0, .bytes = 1}));

    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, base::ErrorKind::PermissionDenied);
    QCOMPARE(pruned.value_or(-1), 0);
    QVERIFY(QFileInfo::exists(past.path));
    QCOMPARE(logs().size(), 1);
}

void LogArchiveTest::logsOfTheSameSecondHaveFilesOfTheirOwn()
{
    LogOrder same = order(u"web01"_s);
    same.nameTemplate = u"%s"_s;

    auto first = m_archive->begin(same);
    auto second = m_archive->begin(same);

    QVERIFY(first && second);
    QVERIFY((*first)->path().endsWith(u"/web01.log"_s));
    QVERIFY((*second)->path().endsWith(u"/web01-2.log"_s));
}

void LogArchiveTest::foldersAreTheirOwnersAlone()
{
    auto opened = m_archive->begin(order(u"web01"_s));
    QVERIFY(opened);

    const QFile::Permissions folder
        = QFileInfo(m_directory->filePath(u"logs/web01"_s)).permissions();
    QCOMPARE(folder & QFile::Permissions(0x0077), QFile::Permissions());
}

void LogArchiveTest::impossibleFolderIsTold()
{
    QFile file(m_directory->filePath(u"logs"_s)); // no folder
    QVERIFY(file.open(QIODevice::WriteOnly));

    const auto opened = m_archive->begin(order(u"web01"_s));

    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, base::ErrorKind::NotADirectory);
}

void LogArchiveTest::fullLogEnds()
{
    LogOrder small = order(u"web01"_s);
    small.mostBytes = 1000;
    auto opened = m_archive->begin(small);
    QVERIFY(opened);

    QTRY_VERIFY(!(*opened)->write(QByteArray(100, 'x') + "\n", QByteArray(100, 'x') + "\n"));

    QVERIFY(QFileInfo((*opened)->path()).size() <= 1000);
}

void LogArchiveTest::oldAndSuperfluousLogsGo()
{
    for (const char *session : {"a", "b", "c"}) {
        log(QString::fromLatin1(session), QByteArray(1000, 'x') + " word\r\n");
    }
    QTRY_COMPARE(found(u"word"_s).size(), 3);
    QCOMPARE(resultOf(m_archive->prune({.days = 30, .bytes = 10'000})).value_or(-1), 0);

    const int removed = resultOf(m_archive->prune({.days = 30, .bytes = 2500})).value_or(-1);

    QCOMPARE(removed, 1);
    QCOMPARE(logs().size(), 2);
    QCOMPARE(logs().last().session, u"b"_s); // the oldest went
    QCOMPARE(found(u"word"_s).size(), 2);
}

void LogArchiveTest::vanishedLogIsForgotten()
{
    log(u"web01"_s, "word\r\n");
    QVERIFY(QFile::remove(logs().first().path));

    QCOMPARE(resultOf(m_archive->prune({})).value_or(-1), 1);

    QVERIFY(logs().isEmpty());
    QVERIFY(found(u"word"_s).isEmpty());
}

void LogArchiveTest::floodIsTakenIn()
{
    constexpr int pieces = 200;
    QByteArray piece;
    for (int line = 0; line < 100; ++line) {
        piece += "y " + QByteArray(60, 'x') + "\r\n";
    }
    {
        auto opened = m_archive->begin(order(u"web01"_s));
        QVERIFY(opened);
        for (int number = 0; number < pieces; ++number) {
            QVERIFY((*opened)->write(piece, piece));
        }
        QVERIFY((*opened)->write("needle\r\n", "needle\r\n"));
    }

    QTRY_COMPARE_WITH_TIMEOUT(found(u"needle"_s).size(), 1, 30'000);
    QCOMPARE(found(u"needle"_s).first().line, pieces * 100 + 1);
    QCOMPARE(logs().first().linesLeftOut, 0);
}

// A log may outlast the archive by mistake of its owner: then it is a file, and no more.
void LogArchiveTest::lateEndIsHarmless()
{
    auto opened = m_archive->begin(order(u"web01"_s));
    QVERIFY(opened);
    const QString path = (*opened)->path();
    m_archive.reset();
    m_database.reset();

    QVERIFY((*opened)->write("late\r\n", "late\r\n"));
    opened->reset();

    QTRY_COMPARE(QFileInfo(path).size(), 5);
}

QTEST_GUILESS_MAIN(LogArchiveTest)

#include "LogArchiveTest.moc"
