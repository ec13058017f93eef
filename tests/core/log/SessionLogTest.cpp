#include "log/SessionLog.h"

#include "log/LogBook.h"

#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using logging::LogLevel;
using logging::SessionLog;
using namespace Qt::StringLiterals;

class SessionLogTest : public QObject
{
    Q_OBJECT

private slots:
    void levelDecides();
    void linesAreOneLineAndSafe();
    void secretsAreNotStored();
    void oldLinesGo();
    void threadsWriteAtOnce();
    void fileIsPrivateAndGrows();
    void bookForgetsWhatNobodyUsed();
    void messagesOfQtAreCaptured();
};

namespace {

QStringList textsOf(const SessionLog &log)
{
    QStringList texts;
    for (const logging::LogLine &line : log.linesAfter(0)) {
        texts.append(line.text);
    }
    return texts;
}

} // namespace

void SessionLogTest::levelDecides()
{
    SessionLog log(u"web01"_s);
    log.append(LogLevel::Debug, {}, u"hidden"_s);
    log.append(LogLevel::Info, u"libssh"_s, u"told"_s);
    log.setLevel(LogLevel::Trace);
    log.append(LogLevel::Trace, {}, u"packet"_s);

    QCOMPARE(textsOf(log), QStringList({u"told"_s, u"packet"_s}));
    QCOMPARE(log.linesAfter(1).size(), 1);
    QVERIFY(logging::toText(log.linesAfter(0).first()).endsWith(u" info     libssh: told"_s));
}

void SessionLogTest::linesAreOneLineAndSafe()
{
    SessionLog log(u"web01"_s);
    log.append(LogLevel::Info, u"a\nb"_s, u"one\ntwo\x1b[2J\n"_s);

    QCOMPARE(textsOf(log), QStringList({u"one"_s, u"two\\x1B[2J"_s}));
    QVERIFY(!log.linesAfter(0).first().source.contains(u'\n'));
}

void SessionLogTest::secretsAreNotStored()
{
    QTemporaryDir directory;
    SessionLog log(u"web01"_s);
    QVERIFY(log.writeTo(directory.filePath(u"log"_s)));
    log.addSecret(base::SecretString::fromText(u"correct horse"_s));
    log.append(LogLevel::Info, {}, u"the server echoes correct horse"_s);

    QCOMPARE(textsOf(log), QStringList{u"the server echoes [redacted]"_s});
    QFile file(directory.filePath(u"log"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("horse"));
}

void SessionLogTest::oldLinesGo()
{
    SessionLog log(u"web01"_s);
    for (qsizetype line = 0; line < SessionLog::mostLines + 10; ++line) {
        log.append(LogLevel::Info, {}, QString::number(line));
    }
    const auto lines = log.linesAfter(0);
    QCOMPARE(lines.size(), SessionLog::mostLines);
    QCOMPARE(lines.first().text, u"10"_s);
    QCOMPARE(lines.last().number, log.lastNumber());
}

void SessionLogTest::threadsWriteAtOnce()
{
    SessionLog log(u"web01"_s);
    const auto write = [&log] {
        for (int line = 0; line < 1'000; ++line) {
            log.append(LogLevel::Info, {}, u"line"_s);
        }
    };
    {
        const std::jthread first(write);
        const std::jthread second(write);
    }
    QCOMPARE(log.linesAfter(0).size(), 2'000);
}

void SessionLogTest::fileIsPrivateAndGrows()
{
    QTemporaryDir directory;
    const QString path = directory.filePath(u"log"_s);
    for (int run = 0; run < 2; ++run) {
        SessionLog log(u"web01"_s);
        QVERIFY(log.writeTo(path));
        log.append(LogLevel::Info, {}, u"hello"_s);
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("hello"), 2);
    constexpr auto others
        = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(file.permissions() & others));

    SessionLog log(u"web01"_s);
    const auto opened = log.writeTo(directory.filePath(u"none/log"_s));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, base::ErrorKind::NotFound);
}

void SessionLogTest::bookForgetsWhatNobodyUsed()
{
    logging::LogBook book;
    for (int count = 0; count < 300; ++count) {
        (void)book.open(u"settings alone"_s);
    }
    const auto kept = book.open(u"web01"_s);
    QCOMPARE(book.logs().size(), 1); // the program's
    kept->append(LogLevel::Info, {}, u"hello"_s);
    QCOMPARE(book.logs().size(), 2);

    for (int count = 0; count < 300; ++count) {
        book.open(u"ended"_s)->append(LogLevel::Info, {}, u"hello"_s);
    }
    QVERIFY(book.logs().size() <= logging::LogBook::mostEnded + 4);
    QVERIFY(book.logs().contains(kept)); // somebody uses it
}

void SessionLogTest::messagesOfQtAreCaptured()
{
    const auto log = std::make_shared<SessionLog>(u"Ponto"_s);
    {
        const logging::MessageCapture capture(log);
        QTest::ignoreMessage(QtWarningMsg, "something odd");
        qWarning("something odd");
    }
    QTest::ignoreMessage(QtWarningMsg, "later");
    qWarning("later");
    QCOMPARE(textsOf(*log), QStringList{u"something odd"_s});
}

QTEST_GUILESS_MAIN(SessionLogTest)
#include "SessionLogTest.moc"
