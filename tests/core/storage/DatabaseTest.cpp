#include "storage/Database.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using base::ErrorKind;
using base::Result;
using storage::Database;
using storage::Schema;
using storage::Transaction;
using namespace Qt::StringLiterals;

namespace {

const Schema notes{
    u"note"_s,
    {{u"CREATE TABLE note_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, name BLOB)"_s}}};

template<typename T>
T resultOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

Result<qint64> add(Database &database, const QString &text, const QByteArray &name = {},
                   const Schema &schema = notes)
{
    return resultOf(database.write(schema, [text, name](Transaction &transaction) {
        return transaction.insert(u"INSERT INTO note_text (text, name) VALUES (?, ?)"_s,
                                  {text, name});
    }));
}

QStringList texts(Database &database)
{
    const auto rows = resultOf(database.read(notes, [](Transaction &transaction) {
        return transaction.rows(u"SELECT text FROM note_text ORDER BY id"_s);
    }));
    QStringList all;
    for (const QVariantList &row : rows.value_or(QList<QVariantList>{{u"(failed)"_s}})) {
        all.append(row.first().toString());
    }
    return all;
}

mode_t modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

// Another program with the same file: adds rows in pairs until it has added `count`, or forever.
int runWriter(const QString &path, const QString &prefix, int count)
{
    Database database(path);
    for (int number = 0; count == 0 || number < count; ++number) {
        const auto done = resultOf(database.write(notes, [&](Transaction &transaction) {
            const QString text = u"%1-%2"_s.arg(prefix).arg(number);
            return transaction
                .insert(u"INSERT INTO note_text (text) VALUES (?)"_s, {u"a-"_s + text})
                .and_then([&](qint64) {
                    return transaction.insert(u"INSERT INTO note_text (text) VALUES (?)"_s,
                                              {u"b-"_s + text});
                });
        }));
        if (!done) {
            qWarning("%s", qPrintable(done.error().detail));
            return 1;
        }
        if (number == 20) {
            QTextStream(stdout) << "busy" << Qt::endl;
        }
    }
    return 0;
}

} // namespace

class DatabaseTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void keepsWhatWasWritten();
    void worksInOrderOnItsThread();
    void failureTakesAllBack();
    void bytesAndEmptyTextsSurvive();
    void constraintIsTold();
    void schemaGrowsStepByStep();
    void newerSchemaIsRefused();
    void newerLayoutIsRefused();
    void brokenFileIsSetAside_data();
    void brokenFileIsSetAside();
    void filesArePrivate();
    void unusablePlaceIsTriedAgain();
    void writerWaitsForAnother();
    void programsShareTheFile();
    void killedProgramLeavesWholeTransactions();
    void searchesFullText();
    void endWaitsForWork();

private:
    QString path() const { return m_directory->filePath(u"state/ponto.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void DatabaseTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void DatabaseTest::keepsWhatWasWritten()
{
    {
        Database database(path());
        QVERIFY(add(database, u"first"_s));
        QCOMPARE(add(database, u"second"_s).value_or(0), 2);
    }
    Database database(path());
    QCOMPARE(texts(database), QStringList({u"first"_s, u"second"_s}));
}

void DatabaseTest::worksInOrderOnItsThread()
{
    Database database(path());
    QList<int> order;
    QSet<Qt::HANDLE> threads;
    for (int number = 0; number < 20; ++number) {
        database.write(notes, [&, number](Transaction &) -> Result<void> {
            order.append(number);
            threads.insert(QThread::currentThreadId());
            return {};
        });
    }
    QCOMPARE(texts(database), QStringList()); // after the others
    QCOMPARE(order.size(), 20);
    QVERIFY(std::ranges::is_sorted(order));
    QCOMPARE(threads.size(), 1);
    QVERIFY(!threads.contains(QThread::currentThreadId()));
}

void DatabaseTest::failureTakesAllBack()
{
    Database database(path());
    QVERIFY(add(database, u"kept"_s));
    const auto done = resultOf(database.write(notes, [](Transaction &transaction) -> Result<void> {
        const auto inserted
            = transaction.insert(u"INSERT INTO note_text (text) VALUES (?)"_s, {u"lost"_s});
        return inserted.and_then([&](qint64) -> Result<void> {
            return base::Failure(base::Error{.kind = ErrorKind::Cancelled});
        });
    }));
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
    QCOMPARE(texts(database), QStringList(u"kept"_s));
}

void DatabaseTest::bytesAndEmptyTextsSurvive()
{
    Database database(path());
    const QByteArray bytes("\xff\0\n'\"", 5);
    QVERIFY(add(database, QString(), bytes)); // a null QString is an empty text: NOT NULL holds
    QVERIFY(add(database, u"ä\u202e\U0001f600"_s, QByteArray()));
    const auto rows = resultOf(database.read(notes, [](Transaction &transaction) {
        return transaction.rows(u"SELECT text, name FROM note_text ORDER BY id"_s);
    }));
    QVERIFY(rows);
    QCOMPARE(*rows,
             (QList<QVariantList>{{QString(), bytes}, {u"ä\u202e\U0001f600"_s, QByteArray()}}));
}

void DatabaseTest::constraintIsTold()
{
    Database database(path());
    QVERIFY(add(database, u"same"_s));
    const auto again = add(database, u"same"_s);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(again.error().source, base::ErrorSource::Storage);
    QCOMPARE(again.error().code, 19); // SQLITE_CONSTRAINT
}

void DatabaseTest::schemaGrowsStepByStep()
{
    {
        Database database(path());
        QVERIFY(add(database, u"old"_s));
    }
    Schema grown = notes;
    grown.steps.append({u"ALTER TABLE note_text ADD COLUMN stars INTEGER DEFAULT 3"_s,
                        u"CREATE INDEX note_stars ON note_text (stars)"_s});
    const Schema other{u"other"_s, {{u"CREATE TABLE other_thing (id INTEGER PRIMARY KEY)"_s}}};
    Database database(path());
    const auto stars = resultOf(database.read(grown, [](Transaction &transaction) {
        return transaction.value(u"SELECT stars FROM note_text WHERE text = 'old'"_s);
    }));
    QCOMPARE(stars.value_or(QVariant()).toInt(), 3);
    QVERIFY(resultOf(database.write(other, [](Transaction &transaction) {
        return transaction.insert(u"INSERT INTO other_thing DEFAULT VALUES"_s);
    })));
}

void DatabaseTest::newerSchemaIsRefused()
{
    Schema newer = notes;
    newer.steps.append({u"ALTER TABLE note_text ADD COLUMN stars INTEGER"_s});
    {
        Database database(path());
        QVERIFY(add(database, u"new"_s, {}, newer));
    }
    Database database(path());
    const auto refused = add(database, u"old"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
    QVERIFY(add(database, u"more"_s, {}, newer)); // nothing was lost
}

void DatabaseTest::newerLayoutIsRefused()
{
    {
        Database database(path());
        QVERIFY(add(database, u"new"_s));
        QVERIFY(resultOf(database.write(notes, [](Transaction &transaction) {
            return transaction.run(u"PRAGMA user_version = 99"_s);
        })));
    }
    Database database(path());
    QSignalSpy setAside(&database, &Database::brokenFileSetAside);
    const auto refused = add(database, u"old"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
    QCOMPARE(setAside.size(), 0);
}

void DatabaseTest::brokenFileIsSetAside_data()
{
    QTest::addColumn<bool>("isDatabase");
    QTest::newRow("something else") << false;
    QTest::newRow("damaged pages") << true;
}

void DatabaseTest::brokenFileIsSetAside()
{
    QFETCH(bool, isDatabase);
    QVERIFY(QDir().mkpath(m_directory->filePath(u"state"_s)));
    QByteArray content = QByteArray("no database at all\n").repeated(1000);
    if (isDatabase) {
        {
            Database database(path());
            for (int number = 0; number < 200; ++number) {
                QVERIFY(add(database, QString::number(number).repeated(100)));
            }
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        content = file.readAll();
        content.replace(8192, 16384, QByteArray(16384, '\x5a'));
    }
    write(path(), content);

    Database database(path());
    QSignalSpy setAside(&database, &Database::brokenFileSetAside);
    QVERIFY(add(database, u"fresh"_s));
    QTRY_COMPARE(setAside.size(), 1);
    QCOMPARE(texts(database), QStringList(u"fresh"_s));
    QFile kept(setAside[0][0].toString());
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), content);
    QVERIFY(kept.fileName().startsWith(path() + u".broken-"_s));
}

void DatabaseTest::filesArePrivate()
{
    const mode_t before = ::umask(0);
    {
        Database database(path());
        QVERIFY(add(database, u"secret"_s));
        QCOMPARE(modeOf(m_directory->filePath(u"state"_s)), mode_t(0700));
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s, u".lock"_s}) {
            QCOMPARE(modeOf(path() + suffix), mode_t(0600));
        }
    }
    QVERIFY(::chmod(QFile::encodeName(path()).constData(), 0644) == 0);
    Database database(path());
    QVERIFY(add(database, u"more"_s));
    QCOMPARE(modeOf(path()), mode_t(0600));
    ::umask(before);
}

void DatabaseTest::unusablePlaceIsTriedAgain()
{
    write(m_directory->filePath(u"state"_s), "in the way");
    Database database(path());
    const auto refused = add(database, u"first"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().source, base::ErrorSource::Local);
    QVERIFY(QFile::remove(m_directory->filePath(u"state"_s)));
    QVERIFY(add(database, u"second"_s));
}

void DatabaseTest::writerWaitsForAnother()
{
    Database first(path());
    Database second(path());
    QVERIFY(add(first, u"first"_s));
    QVERIFY(add(second, u"second"_s));
    QSemaphore isWriting;
    QSemaphore mayEnd;
    auto slow = first.write(notes, [&](Transaction &transaction) {
        const auto id
            = transaction.insert(u"INSERT INTO note_text (text) VALUES (?)"_s, {u"slow"_s});
        isWriting.release();
        mayEnd.acquire();
        return id;
    });
    isWriting.acquire();
    QCOMPARE(texts(second), QStringList({u"first"_s, u"second"_s})); // reading does not wait
    auto waiting = second.write(notes, [](Transaction &transaction) {
        return transaction.insert(u"INSERT INTO note_text (text) VALUES (?)"_s, {u"waited"_s});
    });
    QVERIFY(!waiting.isFinished());
    mayEnd.release();
    QVERIFY(resultOf(slow));
    QVERIFY(resultOf(waiting));
    QCOMPARE(texts(first), QStringList({u"first"_s, u"second"_s, u"slow"_s, u"waited"_s}));
}

void DatabaseTest::programsShareTheFile()
{
    constexpr int each = 100;
    std::vector<std::unique_ptr<QProcess>> programs;
    for (const QString &prefix : {u"x"_s, u"y"_s, u"z"_s}) { // they all make the file
        programs.push_back(std::make_unique<QProcess>());
        programs.back()->start(QCoreApplication::applicationFilePath(),
                               {u"--writer"_s, path(), prefix, QString::number(each)});
    }
    for (const auto &program : programs) {
        QVERIFY(program->waitForFinished());
        QCOMPARE(program->readAllStandardError(), QByteArray());
        QCOMPARE(program->exitCode(), 0);
    }
    Database database(path());
    QSignalSpy setAside(&database, &Database::brokenFileSetAside);
    QCOMPARE(texts(database).size(), 3 * 2 * each);
    QCOMPARE(setAside.size(), 0);
}

void DatabaseTest::killedProgramLeavesWholeTransactions()
{
    for (int round = 0; round < 5; ++round) {
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(),
                      {u"--writer"_s, path(), QString::number(round), u"0"_s});
        QVERIFY(program.waitForReadyRead()); // it is at it
        program.kill();
        QVERIFY(program.waitForFinished());

        Database database(path());
        QSignalSpy setAside(&database, &Database::brokenFileSetAside);
        const QStringList all = texts(database);
        QCOMPARE(all.filter(u"a-"_s).size(), all.filter(u"b-"_s).size());
        QVERIFY(all.filter(u"a-%1-"_s.arg(round)).size() >= 20);
        QCOMPARE(setAside.size(), 0);
    }
}

void DatabaseTest::searchesFullText()
{
    const Schema words{u"word"_s, {{u"CREATE VIRTUAL TABLE word_index USING fts5(text)"_s}}};
    Database database(path());
    const auto found = resultOf(database.write(words, [](Transaction &transaction) {
        return transaction
            .runForEach(u"INSERT INTO word_index (text) VALUES (?)"_s,
                        {{u"systemctl restart nginx"_s}, {u"tail -f access.log"_s}})
            .and_then([&] {
                return transaction.value(u"SELECT text FROM word_index WHERE word_index MATCH ?"_s,
                                         {u"ngi*"_s});
            });
    }));
    QVERIFY2(found, qPrintable(found ? QString() : found.error().detail));
    QCOMPARE(found->toString(), u"systemctl restart nginx"_s);
}

void DatabaseTest::endWaitsForWork()
{
    {
        Database database(path());
        for (int number = 0; number < 50; ++number) {
            database.write(notes, [number](Transaction &transaction) {
                return transaction.insert(u"INSERT INTO note_text (text) VALUES (?)"_s,
                                          {QString::number(number)});
            });
        }
    }
    Database database(path());
    QCOMPARE(texts(database).size(), 50);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--writer") {
        return runWriter(arguments.value(2), arguments.value(3), arguments.value(4).toInt());
    }
    DatabaseTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "DatabaseTest.moc"
