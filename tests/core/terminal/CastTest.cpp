#include "terminal/CastReader.h"
#include "terminal/OutputLog.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using terminal::CastEvent;
using terminal::CastReader;
using terminal::CastWriter;
using terminal::OutputLog;

class CastTest : public QObject
{
    Q_OBJECT

private slots:
    void exampleOfTheFormatIsRead();
    void linesOfTheFormatAreWritten();
    void cutCharactersWaitForTheirRest();
    void logIsARecording();
    void timedLinesHaveTheirTime();
    void whatIsNoRecordingIsRefused_data();
    void whatIsNoRecordingIsRefused();
    void brokenEventsAreLeftOut();
    void timeNeverGoesBack();
    void longLineIsLeftOut();

private:
    QString write(const QByteArray &content);

    QTemporaryDir m_directory;
    int m_files = 0;
};

QString CastTest::write(const QByteArray &content)
{
    const QString path = m_directory.filePath(QString::number(++m_files));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        return {};
    }
    return path;
}

// The example of docs.asciinema.org/manual/asciicast/v2.
void CastTest::exampleOfTheFormatIsRead()
{
    const auto reader = CastReader::open(write(
        R"({"version": 2, "width": 80, "height": 24, "timestamp": 1504467315, "title": "Demo", "env": {"TERM": "xterm-256color", "SHELL": "/bin/zsh"}}
[0.248848, "o", "\u001b[1;31mHello \u001b[32mWorld!\u001b[0m\n"]
[1.001376, "o", "That was ok\rThis is better."]
[1.500000, "m", ""]
[2.143733, "o",  "Now... "]
[6.541828, "r", "100x30"]
)"));
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->header().columns, 80);
    QCOMPARE((*reader)->header().title, "Demo");
    QCOMPARE((*reader)->header().start.toSecsSinceEpoch(), 1504467315);
    QCOMPARE((*reader)->length(), 6541828us);

    auto event = (*reader)->next();
    QCOMPARE(event->time, 248848us);
    QCOMPARE(event->output, "\x1b[1;31mHello \x1b[32mWorld!\x1b[0m\n");
    (*reader)->next();
    QCOMPARE((*reader)->next()->kind, CastEvent::Kind::Other);
    QCOMPARE((*reader)->next()->output, "Now... ");
    event = (*reader)->next();
    QCOMPARE(event->kind, CastEvent::Kind::Resize);
    QCOMPARE(event->columns, 100);
    QCOMPARE(event->rows, 30);
    QVERIFY(!(*reader)->next().has_value());
}

void CastTest::linesOfTheFormatAreWritten()
{
    const auto header
        = QJsonDocument::fromJson(CastWriter::header({.columns = 100, .rows = 30, .title = "t"}))
              .object();
    QCOMPARE(header["version"], 2);
    QCOMPARE(header["width"], 100);
    QCOMPARE(header["height"], 30);
    CastWriter writer;
    QCOMPARE(writer.output(1500ms, "\x1b[m\"\r\n"), "[1.5,\"o\",\"\\u001b[m\\\"\\r\\n\"]\n");
    QCOMPARE(writer.resize(2s, 90, 20), "[2,\"r\",\"90x20\"]\n");
}

void CastTest::cutCharactersWaitForTheirRest()
{
    CastWriter writer;
    QCOMPARE(writer.output(1s, "a\xe2\x82"), "[1,\"o\",\"a\"]\n");
    QCOMPARE(writer.output(2s, "\xac"), "[2,\"o\",\"\xe2\x82\xac\"]\n");
    QCOMPARE(writer.output(3s, "\xff"), "[3,\"o\",\"\xef\xbf\xbd\"]\n");
}

void CastTest::logIsARecording()
{
    const QString path = m_directory.filePath("log.cast");
    {
        auto log = OutputLog::create(path, OutputLog::Form::Cast,
                                     {.cells = {90, 20}, .title = QStringLiteral("web01")});
        QVERIFY(log.has_value());
        QVERIFY((*log)->write("one\r\n", "one\r\n").has_value());
        (*log)->noteSize({100, 30});
        QVERIFY((*log)->write("two", "two").has_value());
    }
    QTRY_COMPARE(QFileInfo(path).size() > 0, true);
    const auto lines = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
    };
    QTRY_COMPARE(lines(), 4);
    const auto reader = CastReader::open(path);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->header().columns, 90);
    QCOMPARE((*reader)->header().title, "web01");
    QCOMPARE((*reader)->next()->output, "one\r\n");
    QCOMPARE((*reader)->next()->columns, 100);
    QCOMPARE((*reader)->next()->output, "two");
}

void CastTest::timedLinesHaveTheirTime()
{
    const QString path = m_directory.filePath("timed.log");
    {
        auto log = OutputLog::create(path, OutputLog::Form::Timed);
        QVERIFY(log.has_value());
        QVERIFY((*log)->write({}, "one\r\ntwo\r\nrest").has_value());
    }
    const QRegularExpression form("^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}  )one\n"
                                  "\\1two\n[0-9 :.-]{25}rest\n$");
    const auto content = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    QTRY_VERIFY2(form.match(content()).hasMatch(), qPrintable(content()));
}

void CastTest::whatIsNoRecordingIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hello\n");
    QTest::newRow("version 1") << QByteArray(R"({"version": 1, "width": 80, "height": 24})");
    QTest::newRow("huge") << QByteArray(R"({"version": 2, "width": 100000, "height": 24})");
    QTest::newRow("negative") << QByteArray(R"({"version": 2, "width": -80, "height": 24})");
    QTest::newRow("no size") << QByteArray(R"({"version": 2})");
}

void CastTest::whatIsNoRecordingIsRefused()
{
    QFETCH(QByteArray, content);
    const auto reader = CastReader::open(write(content));
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().kind, base::ErrorKind::ProtocolViolation);
    QVERIFY(!CastReader::open("/dev/zero").has_value());
    QVERIFY(!CastReader::open("/nonexistent").has_value());
}

void CastTest::brokenEventsAreLeftOut()
{
    const auto reader = CastReader::open(write(
        "{\"version\":2,\"width\":80,\"height\":24}\n[1]\nx\n[-1,\"o\",\"a\"]\n[1e99,\"o\",\"a\"]\n"
        "[1,\"o\",5]\n{}\n[1,\"r\",\"9999999x2\"]\n[2,\"o\",\"good\"]\n"));
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->next()->kind, CastEvent::Kind::Other);
    QCOMPARE((*reader)->next()->output, "good");
    QVERIFY(!(*reader)->next().has_value());
}

void CastTest::timeNeverGoesBack()
{
    const auto reader
        = CastReader::open(write("{\"version\":2,\"width\":80,\"height\":24}\n[5,\"o\",\"a\"]\n"
                                 "[1,\"o\",\"b\"]\n"));
    (*reader)->next();
    QCOMPARE((*reader)->next()->time, 5s);
}

void CastTest::longLineIsLeftOut()
{
    const auto reader = CastReader::open(
        write("{\"version\":2,\"width\":80,\"height\":24}\n[1,\"o\",\""
              + QByteArray(CastReader::mostLineBytes, 'x') + "\"]\n[2,\"o\",\"good\"]\n"));
    QCOMPARE((*reader)->next()->output, "good");
}

QTEST_MAIN(CastTest)
#include "CastTest.moc"
