#include "ui/terminal/TerminalBridge.h"

#include "FakeByteStream.h"
#include "tests/support/ProcessMemory.h"
#include "ui/terminal/TerminalView.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cerrno>

using ui::TerminalBridge;
using ui::TerminalView;

class TerminalBridgeTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void outputAppears();
    void lineFeedKeepsTheColumn();
    void floodLeavesTheWindowAlive_data();
    void floodLeavesTheWindowAlive();
    void creditIsGivenForDroppedBytesToo();
    void hostileBytesChangeNothing();
    void randomBytesNeitherGrowNorResize();
    void answersAreFixedText();
    void titleAndDirectoryAreTold();
    void typedBytesWaitForTheShell();
    void pasteBeyondTheQueueIsRefusedWhole();
    void announcementComesAfterTheOutputAndIsPlain();
    void endedShellGetsNothing();
    void reattachKeepsScrollbackAndResetsModes();
    void sizeIsTold();

private:
    QString screenText() const;
    bool screenShows(const QString &text) const { return screenText().contains(text); }

    std::unique_ptr<TerminalView> m_view;
    TerminalBridge *m_bridge = nullptr;
    std::unique_ptr<FakeByteStream> m_shell;
};

void TerminalBridgeTest::init()
{
    m_view = std::make_unique<TerminalView>();
    m_view->resize(800, 480);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QSignalSpy resized(m_view.get(), &TerminalView::resized);
    QVERIFY(resized.wait());
    m_bridge = new TerminalBridge(*m_view);
    m_shell = std::make_unique<FakeByteStream>();
    m_bridge->attach(m_shell.get());
}

void TerminalBridgeTest::cleanup()
{
    m_view.reset();
    m_shell.reset();
}

QString TerminalBridgeTest::screenText() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    m_view->saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

void TerminalBridgeTest::outputAppears()
{
    m_shell->supply("gr\xc3\xbc\xc3\x9f dich \x1b[31mrot\x1b[m\r\n");

    QTRY_VERIFY(screenShows(QString::fromUtf8("gr\xc3\xbc\xc3\x9f dich rot")));
}

// Only a raw terminal does; a cooked one would write "b" at the left edge.
void TerminalBridgeTest::lineFeedKeepsTheColumn()
{
    m_shell->supply("abc\nd\r\n");

    QTRY_VERIFY(screenShows("abc\n   d"));
}

void TerminalBridgeTest::floodLeavesTheWindowAlive_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("megabytes");

    QTest::newRow("log lines") << QByteArray(
        "Nov 21 08:12:18 web01 sshd[4242]: Accepted publickey for "
        "deploy from 192.0.2.7 port 50022\r\n")
                               << 20;
    QTest::newRow("colors") << QByteArray(
        "\x1b[32mok\x1b[m \x1b[1;38;5;208mwarning\x1b[m some text in "
        "between \x1b[7mreversed\x1b[27m\r\n")
                            << 10;
    QTest::newRow("yes") << QByteArray("y\r\n") << 4;
}

void TerminalBridgeTest::floodLeavesTheWindowAlive()
{
    QFETCH(QByteArray, line);
    QFETCH(int, megabytes);
    constexpr int interval = 10;
    qint64 worstLate = 0;
    QElapsedTimer sinceTick;
    QTimer ticker;
    ticker.setTimerType(Qt::PreciseTimer);
    connect(&ticker, &QTimer::timeout, this,
            [&] { worstLate = qMax(worstLate, sinceTick.restart() - interval); });
    sinceTick.start();
    ticker.start(interval);
    QElapsedTimer total;
    total.start();

    m_shell->supply(line.repeated(megabytes * 1'000'000 / line.size()) + "the end");

    QTRY_VERIFY_WITH_TIMEOUT(m_shell->isDone(), 50'000);
    const qint64 took = total.elapsed();
    QTRY_VERIFY(screenShows("the end"));
    qInfo("%d MB in %lld ms, worst tick %lld ms late", megabytes, took, worstLate);
    QVERIFY(worstLate < 250);
    QVERIFY(m_shell->mostOutstanding <= FakeByteStream::window);
    QVERIFY(m_view->scrollbackLines() <= 10'000);
}

void TerminalBridgeTest::creditIsGivenForDroppedBytesToo()
{
    m_shell->supply("\x1bP" + QByteArray(1'000'000, 'x') + "\x1b\\visible");

    QTRY_VERIFY(m_shell->isDone());
    QTRY_VERIFY(screenShows("visible"));
}

// The sequences with which QTermWidget 2.1.0 was seen to ask for gigabytes, to fail an assertion,
// or to change its size.
void TerminalBridgeTest::hostileBytesChangeNothing()
{
    const QSize size(m_view->columns(), m_view->rows());
    const qint64 before = support::usedMemory();
    QVERIFY(before > 0);

    m_shell->supply("\x1b[8;40959;40959t\x1b[8;4000;4000t\x1b#8\x1b]11;#123456\a\x1b]50;x\a"
                    "\x1b[?40h\x1b[?3h\x1b[99999999S\x1b[99999999L\x1b[99999999@\x1b[99999999b"
                    "\x1b]0;"
                    + QByteArray(2'000'000, 'x') + "\a\x1b[?2l\x1bY~~\x1b[2Jsurvived");

    QTRY_VERIFY(screenShows("survived"));
    QCOMPARE(QSize(m_view->columns(), m_view->rows()), size);
    QVERIFY(support::usedMemory() - before < 20 * 1024);
}

void TerminalBridgeTest::randomBytesNeitherGrowNorResize()
{
    QRandomGenerator random(7);
    QByteArray noise(1'000'000, Qt::Uninitialized);
    std::ranges::generate(noise, [&] { return static_cast<char>(random.generate()); });
    const QSize size(m_view->columns(), m_view->rows());

    m_shell->supply(noise);

    QTRY_VERIFY(m_shell->isDone());
    QCOMPARE(QSize(m_view->columns(), m_view->rows()), size);
}

// Whatever is asked, nothing that the server chose is typed.
void TerminalBridgeTest::answersAreFixedText()
{
    m_shell->supply("\x1b]0;; rm -rf ~\r\a\x1b[21t\x1b[20t\x1b[18t\x1b[14t\x1b[>q\x1b[x\x1bZ\x05"
                    "\x1bP$qm\x1b\\\x1bP+q544e\x1b\\\x1b]4;0;?\a\x1b]10;?\a\x1b]11;?\a\x1b]52;c;?\a"
                    "\x1b[?6n\x1b[?15n\x1b[?2004$p\x1b[=c\x1b[?u\x1b[?1;1;0S");
    m_shell->supply("\x1b[H\x1b[c\x1b[>c\x1b[5n\x1b[6n");

    QTRY_COMPARE(m_shell->written, QByteArray("\x1b[?1;2c\x1b[>0;115;0c\x1b[0n\x1b[1;1R"));
}

void TerminalBridgeTest::titleAndDirectoryAreTold()
{
    QSignalSpy title(m_bridge, &TerminalBridge::titleChanged);
    QSignalSpy directory(m_bridge, &TerminalBridge::directoryChanged);

    m_shell->supply("\x1b]0;me@web01\a\x1b]7;file://web01/srv\a");

    QCOMPARE(title, QList<QVariantList>{{"me@web01"}});
    QCOMPARE(directory, QList<QVariantList>{{QByteArray("/srv")}});
}

void TerminalBridgeTest::typedBytesWaitForTheShell()
{
    m_shell->room = 2;
    QTest::keyClicks(m_view->focusProxy(), "hello");
    QCOMPARE(m_shell->written, QByteArray("he"));

    m_shell->room = 100;
    emit m_shell->writable();

    QCOMPARE(m_shell->written, QByteArray("hello"));
}

void TerminalBridgeTest::pasteBeyondTheQueueIsRefusedWhole()
{
    QSignalSpy refused(m_bridge, &TerminalBridge::inputRefused);
    m_shell->room = 0;

    emit m_view->typed(QByteArray(1'000'000, 'a'));
    emit m_view->typed(QByteArray(100'000, 'b'));
    emit m_view->typed("c");

    QCOMPARE(refused, QList<QVariantList>{{qsizetype(100'000)}});
    m_shell->room = 2'000'000;
    emit m_shell->writable();
    QCOMPARE(m_shell->written, QByteArray(1'000'000, 'a') + "c");
}

void TerminalBridgeTest::announcementComesAfterTheOutputAndIsPlain()
{
    m_shell->supply(QByteArray("output\r\n").repeated(20'000));
    emit m_shell->finished(0);
    m_bridge->announce("[Shell ended\x1b[2J]");

    QTRY_VERIFY(screenShows("output\n\n[Shell ended\\x1B[2J]"));
}

void TerminalBridgeTest::endedShellGetsNothing()
{
    m_shell->supply("last words");
    emit m_shell->finished(0);
    const qsizetype outstanding = m_shell->outstanding;

    QTest::keyClicks(m_view->focusProxy(), "x");
    QTRY_VERIFY(screenShows("last words"));

    QCOMPARE(m_shell->written, QByteArray());
    QCOMPARE(m_shell->outstanding, outstanding);
}

void TerminalBridgeTest::reattachKeepsScrollbackAndResetsModes()
{
    m_shell->supply(QByteArray("line\r\n").repeated(100) + "prompt$ ");
    QTRY_VERIFY(screenShows("prompt$"));
    const int scrollback = m_view->scrollbackLines();
    QVERIFY(scrollback > 50);
    m_shell->supply("\x1b[?1049h\x1b[3;5r\x1b[?1h\x1b[?2004h\x1b[?25l\x1b[31m in vim");
    QTRY_VERIFY(screenShows("in vim"));
    emit m_shell->finished(base::Failure(base::Error::fromErrno(ECONNRESET, {}, {})));

    FakeByteStream next;
    m_bridge->attach(&next);
    next.supply("new shell");

    QTRY_VERIFY(screenShows("prompt$ new shell"));
    QVERIFY(!screenShows("in vim"));
    QCOMPARE(m_view->scrollbackLines(), scrollback);
    QTest::keyClick(m_view->focusProxy(), Qt::Key_Up);
    QCOMPARE(next.written, QByteArray("\x1b[A")); // cursor keys as after a reset
    next.supply(QByteArray("\r\nmore").repeated(200)); // scrolls the whole screen again
    QTRY_VERIFY(m_view->scrollbackLines() > scrollback + 150);
    m_bridge->attach(m_shell.get()); // before `next` goes
}

void TerminalBridgeTest::sizeIsTold()
{
    QCOMPARE(m_shell->size, QSize(m_view->columns(), m_view->rows()));
    const QSize before = m_shell->size;

    m_view->resize(600, 300);

    QTRY_VERIFY(m_shell->size.width() < before.width() && m_shell->size.height() < before.height());
    QCOMPARE(m_shell->size, QSize(m_view->columns(), m_view->rows()));
}

QTEST_MAIN(TerminalBridgeTest)

#include "TerminalBridgeTest.moc"
