#include "terminal/OutputLog.h"

#include "terminal/PlainLog.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMutex>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using terminal::OutputLog;
using terminal::PlainLog;
using Form = terminal::OutputLog::Form;

class OutputLogTest : public QObject
{
    Q_OBJECT

private slots:
    void linesAreAsTheyStoodLast_data();
    void linesAreAsTheyStoodLast();
    void lineWithoutEndIsCut();
    void fileIsItsOwnersAlone();
    void bothFormsAreWritten();
    void readerHasTheLinesOfEachForm_data();
    void readerHasTheLinesOfEachForm();
    void existingFileIsLeftAlone();
    void linkIsNotFollowed();
    void fullDiskIsTold();

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    static QByteArray content(const QString &path);

    QTemporaryDir m_directory;
};

QByteArray OutputLogTest::content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void OutputLogTest::linesAreAsTheyStoodLast_data()
{
    QTest::addColumn<QByteArray>("shown");
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char *name, const QByteArray &shown, const QByteArray &lines) {
        QTest::newRow(name) << shown << lines;
    };

    row("plain", "one\r\ntwo\r\n", "one\ntwo\n");
    row("colors", "\x1b[1;31mred\x1b[m text\r\n", "red text\n");
    row("character sets", "\x1b(0lqk\x1b(B\r\n", "lqk\n");
    row("keypad", "\x1b=a\x1b>b\r\n", "ab\n");
    row("bell and the like", "a\ab\x0e\x0f\r\n", "ab\n");
    row("tabs", "a\tb\r\n", "a\tb\n");
    row("progress", " 10%\r 20%\r100%\r\n", "100%\n");
    row("shorter one", "100%\r99\r\n", "990%\n");
    row("erased", "100%\r\x1b[K99\r\n", "99\n");
    row("whole line erased", "100%\x1b[2K\r99\r\n", "99\n");
    row("corrected", "ls -k\b\x1b[Kl\r\n", "ls -l\n");
    row("corrected umlaut", "\xc3\xbc\xc3\xbc\b\x1b[Ko\r\n", "\xc3\xbco\n");
    row("written over umlaut", "\xc3\xbc\xc3\xa4\rab\r\n", "ab\n");
    row("umlaut over letters", "ab\r\xc3\xbc\r\n",
        "\xc3\xbc"
        "b\n");
    row("moved", "abc\x1b[2DX\x1b[CY\r\n", "aXcY\n");
    row("letters taken out", "abcd\r\x1b[2P\r\n", "cd\n");
    row("before the start", "\b\b\x1b[9Da\r\n", "a\n");
    row("screen of a program", "$ vi\r\n\x1b[?1049hdraft\r\n~\x1b[?1049l$ ls\r\n", "$ vi\n$ ls\n");
    row("several modes at once", "a\x1b[?25;1047hb\r\n\x1b[?1047;25lc\r\n", "ac\n");
    row("other modes", "a\x1b[?25lb\x1b[4hc\r\n", "abc\n");
    row("reset on that screen",
        "a\x1b[?47hb\x1b"
        "cd\r\n",
        "ad\n");
    row("without an end", "prompt$ ", "prompt$ \n");
    row("nothing", "", "");
}

void OutputLogTest::linesAreAsTheyStoodLast()
{
    QFETCH(QByteArray, shown);
    PlainLog whole;
    PlainLog pieces;
    QByteArray byPieces;
    for (const char byte : std::as_const(shown)) {
        byPieces += pieces.take(QByteArrayView(&byte, 1));
    }
    byPieces += pieces.takeRest();
    QByteArray atOnce = whole.take(shown);
    atOnce += whole.takeRest();

    QTEST(atOnce, "lines");
    QTEST(byPieces, "lines");
}

void OutputLogTest::lineWithoutEndIsCut()
{
    PlainLog lines;
    QByteArray out;
    for (int i = 0; i < 100; ++i) {
        out += lines.take(QByteArray(10'000, 'x'));
    }
    out += lines.takeRest();

    QCOMPARE(out.count('x'), 1'000'000);
    QVERIFY(out.count('\n') >= 15);
}

void OutputLogTest::fileIsItsOwnersAlone()
{
    const auto log = OutputLog::create(path("private.log"), Form::Plain);

    QVERIFY(log);
    QCOMPARE(QFileInfo(path("private.log")).permissions() & QFile::Permissions(0x0777),
             QFile::ReadUser | QFile::WriteUser);
    QCOMPARE(log.value()->path(), path("private.log"));
}

void OutputLogTest::bothFormsAreWritten()
{
    {
        auto plain = OutputLog::create(path("plain.log"), Form::Plain);
        auto raw = OutputLog::create(path("raw.log"), Form::Raw);
        QVERIFY(plain && raw);
        for (int i = 0; i < 1000; ++i) {
            const QByteArray line = "\x1b[32mline " + QByteArray::number(i) + "\x1b[m\r\n";
            QVERIFY(plain.value()->write("\x1b]0;t\a" + line, line));
            QVERIFY(raw.value()->write("\x1b]0;t\a" + line, line));
        }
        QVERIFY(plain.value()->write("rest", "rest"));
    }

    QTRY_VERIFY(content(path("plain.log")).endsWith("line 999\nrest\n"));
    QVERIFY(content(path("plain.log")).startsWith("line 0\nline 1\n"));
    QTRY_VERIFY(content(path("raw.log")).endsWith("\x1b]0;t\a\x1b[32mline 999\x1b[m\r\n"));
}

void OutputLogTest::readerHasTheLinesOfEachForm_data()
{
    QTest::addColumn<Form>("form");
    QTest::newRow("plain") << Form::Plain;
    QTest::newRow("timed") << Form::Timed;
    QTest::newRow("cast") << Form::Cast;
    QTest::newRow("raw") << Form::Raw;
}

void OutputLogTest::readerHasTheLinesOfEachForm()
{
    QFETCH(Form, form);
    QMutex mutex;
    QByteArray read;
    bool hasEnded = false;
    {
        auto log = OutputLog::create(
            path(QString::fromLatin1(QTest::currentDataTag())), form,
            {.reader = {.lines =
                            [&](const QByteArray &lines, std::chrono::milliseconds) {
                                const QMutexLocker lock(&mutex);
                                read += lines;
                            },
                        .ended =
                            [&] {
                                const QMutexLocker lock(&mutex);
                                hasEnded = true;
                            }}});
        QVERIFY(log);
        QVERIFY((*log)->write("\x1b[1mone\x1b[m\r\ntw", "\x1b[1mone\x1b[m\r\ntw"));
        QVERIFY((*log)->write("o", "o"));
    }
    const auto isDone = [&] {
        const QMutexLocker lock(&mutex);
        return hasEnded;
    };
    QTRY_VERIFY(isDone());
    QCOMPARE(read, "one\ntwo\n");
}

void OutputLogTest::existingFileIsLeftAlone()
{
    QFile file(path("old.log"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();

    const auto log = OutputLog::create(path("old.log"), Form::Raw);

    QVERIFY(!log);
    QCOMPARE(log.error().kind, base::ErrorKind::AlreadyExists);
    QCOMPARE(content(path("old.log")), "precious");
}

void OutputLogTest::linkIsNotFollowed()
{
    QVERIFY(QFile::link(path("target"), path("link.log")));

    QVERIFY(!OutputLog::create(path("link.log"), Form::Raw));
    QVERIFY(!QFile::exists(path("target")));
}

// /dev/full is the disk; it is reached through a descriptor, for create() makes new files only.
void OutputLogTest::fullDiskIsTold()
{
    auto log = OutputLog::create(path("full.log"), Form::Raw);
    QVERIFY(log);
    const auto descriptors = QDir(QStringLiteral("/proc/self/fd"))
                                 .entryList(QDir::NoDotAndDotDot | QDir::System | QDir::Files);
    const int full = ::open("/dev/full", O_WRONLY);
    for (const QString &number : descriptors) {
        if (QFile::symLinkTarget(QStringLiteral("/proc/self/fd/") + number) == path("full.log")) {
            QVERIFY(::dup2(full, number.toInt()) >= 0);
        }
    }
    ::close(full);

    QTRY_VERIFY(!log.value()->write("more", "more"));
    QCOMPARE(log.value()->write("more", "more").error().kind, base::ErrorKind::NoSpace);
}

QTEST_GUILESS_MAIN(OutputLogTest)

#include "OutputLogTest.moc"
