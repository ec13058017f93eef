#include "terminal/TerminalFilter.h"

#include "tests/support/ProcessMemory.h"

#include <QRandomGenerator>
#include <QTest>

using support::usedMemory;
using terminal::TerminalEvent;
using terminal::TerminalFilter;
using Kind = TerminalEvent::Kind;

class TerminalFilterTest : public QObject
{
    Q_OBJECT

private slots:
    void filters_data();
    void filters();
    void reports_data();
    void reports();
    void commandsAreToldInTheirOrder();
    void commandEventsHaveALimit();
    void onlyTheLatestEventOfAKindIsKept();
    void promptMarksAskForTheCursor();
    void splicedBytesMakeNoControl();
    void endlessSequencesUseNoMemory_data();
    void endlessSequencesUseNoMemory();
    void randomBytesComeOutClean();
};

namespace {

QByteArray byteByByte(const QByteArray &in)
{
    TerminalFilter filter;
    QByteArray out;
    for (const char byte : in) {
        out += filter.filter(QByteArrayView(&byte, 1));
    }
    return out;
}

} // namespace

// Transitions: https://vt100.net/emu/dec_ansi_parser.
void TerminalFilterTest::filters_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArray>("out");
    const auto row = [](const char *name, const QByteArray &in, const QByteArray &out) {
        QTest::newRow(name) << in << out;
    };

    row("text", "hello\r\n", "hello\r\n");
    row("controls that act", "\a\b\t\n\v\f\r\x0e\x0f", "\a\b\t\n\v\f\r\x0e\x0f");
    row("controls that do not", QByteArray("a\0\x01\x05\x11\x13\x1c\x1f", 8) + "b", "ab");
    row("UTF-8", "gr\xc3\xbcn \xe6\xbc\xa2 \xf0\x9f\x99\x82",
        "gr\xc3\xbcn \xe6\xbc\xa2 \xf0\x9f\x99\x82");
    row("no-break space",
        "a\xc2\xa0"
        "b",
        "a\xc2\xa0"
        "b");
    row("C1 CSI",
        "a\xc2\x9b"
        "8;9;9t",
        "a8;9;9t");
    row("C1 OSC",
        "\xc2\x9d"
        "0;x",
        "0;x");
    row("raw 0x9B is no control in UTF-8",
        "\x9b"
        "31m",
        "\x9b"
        "31m");
    row("lead byte without its partner",
        "\xc2"
        "a",
        "\xef\xbf\xbd"
        "a");
    row("lead byte before a sequence", "\xc2\x1b[1m", "\xef\xbf\xbd\x1b[1m");
    row("two lead bytes", "\xc2\xc2\x9b", "\xef\xbf\xbd");
    row("control inside a sequence acts at once", "\x1b[3\n1m", "\n\x1b[31m");
    row("harmless control inside a sequence",
        "\x1b[3\x05"
        "1m",
        "\x1b[31m");
    row("DEL inside a sequence",
        "\x1b[3\x7f"
        "1m",
        "\x1b[31m");
    row("CAN ends a sequence", "\x1b[31\x18m", "m");
    row("SUB ends a sequence", "\x1b[31\x1am", "m");
    row("ESC begins anew", "\x1b[31\x1b[1m", "\x1b[1m");
    row("ESC ESC", "\x1b\x1b[1m", "\x1b[1m");
    row("letter beyond ASCII ends a sequence",
        "\x1b[3\xc3\xbc"
        "1m",
        "\xc3\xbc"
        "1m");
    row("C1 ends a sequence",
        "\x1b[3\xc2\x9b"
        "1m",
        "1m");
    row("cut off", "a\x1b[31", "a");
    row("title",
        "a\x1b]0;x\a"
        "b",
        "ab");
    row("title with ST", "a\x1b]2;x\x1b\\b", "ab");
    row("hyperlink keeps its text", "\x1b]8;;http://x/\x1b\\text\x1b]8;;\x1b\\", "text");
    row("background color",
        "a\x1b]11;#123456\a"
        "b",
        "ab");
    row("profile",
        "a\x1b]50;x\a"
        "b",
        "ab");
    row("clipboard",
        "a\x1b]52;c;cm0=\a"
        "b",
        "ab");
    row("OSC cut by a sequence", "\x1b]0;x\x1b[1mb", "\x1b[1mb");
    row("OSC cut by CAN",
        "\x1b]0;x\x18"
        "b",
        "b");
    row("OSC without number",
        "a\x1b];x\a\x1b]x\a"
        "b",
        "ab");
    row("OSC of 5000 bytes", "a\x1b]0;" + QByteArray(5000, 'x') + "\x1b\\b", "ab");
    row("DCS", "a\x1bP+q544e\x1b\\b", "ab");
    row("DCS is not ended by BEL", "a\x1bPx\a\r\nb\x1b\\c", "ac");
    row("sixel", "\x1bPq#0;2;0;0;0#0~~@@vv\x1b\\b", "b");
    row("APC", "a\x1b_Gi=1;AAAA\x1b\\b", "ab");
    row("PM", "a\x1b^x\x1b\\b", "ab");
    row("SOS", "a\x1bXx\x1b\\b", "ab");
}

void TerminalFilterTest::filters()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArray, out);

    QCOMPARE(TerminalFilter().filter(in), out);
    QCOMPARE(byteByByte(in), out);
}

void TerminalFilterTest::reports_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QList<TerminalEvent>>("events");
    const auto title
        = [](const QByteArray &text) { return QList<TerminalEvent>{{Kind::TitleChanged, text}}; };
    const auto directory = [](const QByteArray &path) {
        return QList<TerminalEvent>{{Kind::DirectoryChanged, path}};
    };

    QTest::newRow("title") << QByteArray("\x1b]0;me@host\a") << title("me@host");
    QTest::newRow("title, ended by ST") << QByteArray("\x1b]2;a;b\x1b\\") << title("a;b");
    QTest::newRow("empty title") << QByteArray("\x1b]2;\a") << title("");
    QTest::newRow("icon name") << QByteArray("\x1b]1;x\a") << QList<TerminalEvent>();
    QTest::newRow("title with controls") << QByteArray("\x1b]0;a\n\x7f\xc2\x9b"
                                                       "b\a")
                                         << title("ab");
    QTest::newRow("title that turns the reading direction") // U+202E, U+2066, U+200F
        << QByteArray("\x1b]0;gnp\xe2\x80\xae.exe\xe2\x81\xa6\xe2\x80\x8f\a") << title("gnp.exe");
    QTest::newRow("title of 200 letters") << "\x1b]0;" + QByteArray("\xc3\xbc").repeated(200) + "\a"
                                          << title(QByteArray("\xc3\xbc").repeated(80));
    QTest::newRow("title cancelled") << QByteArray("\x1b]0;x\x18") << QList<TerminalEvent>();
    QTest::newRow("title too long for its string")
        << "\x1b]0;" + QByteArray(5000, 'x') + "\a" << QList<TerminalEvent>();
    QTest::newRow("directory") << QByteArray("\x1b]7;file://web01/srv/a%20b%ff\x1b\\")
                               << directory("/srv/a b\xff");
    QTest::newRow("directory without host")
        << QByteArray("\x1b]7;file:///srv\a") << directory("/srv");
    QTest::newRow("directory with NUL")
        << QByteArray("\x1b]7;file:///srv%00x\a") << QList<TerminalEvent>();
    QTest::newRow("directory of another scheme")
        << QByteArray("\x1b]7;http://web01/srv\a") << QList<TerminalEvent>();
    QTest::newRow("directory without path")
        << QByteArray("\x1b]7;file://web01\a") << QList<TerminalEvent>();

    const auto finished = [](const QByteArray &status) {
        return QList<TerminalEvent>{{Kind::CommandFinished, status}};
    };
    QTest::newRow("command finished") << QByteArray("\x1b]133;D;127\x1b\\") << finished("127");
    QTest::newRow("finished without status") << QByteArray("\x1b]133;D\a") << finished("");
    QTest::newRow("finished with options") << QByteArray("\x1b]133;D;0;aid=7\a") << finished("0");
    QTest::newRow("finished with nonsense") << QByteArray("\x1b]133;D;rm -rf\a") << finished("");
    QTest::newRow("finished with a long number")
        << "\x1b]133;D;" + QByteArray(1000, '1') + "\a" << finished(QByteArray(10, '1'));
    QTest::newRow("other mark") << QByteArray("\x1b]133;P;k=i\a\x1b]133;\a\x1b]133;Dx\a")
                                << QList<TerminalEvent>();

    const auto clipboard = [](const QByteArray &text) {
        return QList<TerminalEvent>{{Kind::ClipboardOffered, text}};
    };
    const auto offer = [](const QByteArray &text) { return "\x1b]52;c;" + text.toBase64() + '\a'; };
    QTest::newRow("clipboard") << offer("two\nlines\t") << clipboard("two\nlines\t");
    QTest::newRow("clipboard, no selection named")
        << QByteArray("\x1b]52;;dGV4dA==\a") << clipboard("text");
    QTest::newRow("clipboard with controls") << offer("a\x1b[201~\rb\x7f\xc2\x9b"
                                                      "c")
                                             << clipboard("a[201~bc");
    QTest::newRow("clipboard of 90,000 letters")
        << offer(QByteArray(90'000, 'x')) << clipboard(QByteArray(90'000, 'x'));
    QTest::newRow("clipboard too long")
        << offer(QByteArray(200'000, 'x')) << QList<TerminalEvent>();
    QTest::newRow("clipboard is asked for")
        << QByteArray("\x1b]52;c;?\a") << QList<TerminalEvent>();
    QTest::newRow("clipboard, not base64")
        << QByteArray("\x1b]52;c;a*b\a") << QList<TerminalEvent>();
    QTest::newRow("clipboard, not UTF-8") << offer("\xff\xfe") << QList<TerminalEvent>();
}

void TerminalFilterTest::reports()
{
    QFETCH(QByteArray, in);
    TerminalFilter filter;

    QCOMPARE(filter.filter(in), QByteArray());

    QTEST(filter.takeEvents(), "events");
    QCOMPARE(filter.takeEvents(), QList<TerminalEvent>());
}

// What is asked, and by whom, in one order.
void TerminalFilterTest::promptMarksAskForTheCursor()
{
    using terminal::CursorQuery;
    TerminalFilter filter;

    const QByteArray out
        = filter.filter("\x1b[6n\x1b]133;A;cl=m\a$ \x1b]133;B\x1b\\\x1b[06nx\x1b[5n"
                        "\x1b[?6n\x1b]133;Ax\a");

    QCOMPARE(out, QByteArray("\x1b[6n\x1b[6n$ \x1b[6n\x1b[6nx\x1b[5n"));
    const QList<CursorQuery> expected{CursorQuery::Program, CursorQuery::PromptStart,
                                      CursorQuery::PromptEnd, CursorQuery::Program};
    QCOMPARE(filter.takeCursorQueries(), expected);
    QVERIFY(filter.takeCursorQueries().isEmpty());

    filter.filter("\x1b[?1049h"); // a full-screen program has no prompt
    QCOMPARE(filter.filter("\x1b]133;A\a\x1b]133;B\a"), QByteArray());
    QVERIFY(filter.takeCursorQueries().isEmpty());
}

void TerminalFilterTest::commandsAreToldInTheirOrder()
{
    using terminal::CursorQuery;
    TerminalFilter filter;
    const QByteArray query("\x1b[6n");

    QCOMPARE(filter.filter("\x1b]133;A\a"), query);
    // As fish 4 writes it.
    QCOMPARE(filter.filter("\x1b]133;C;cmdline_url=echo%20a%3B%1b%0Ab\a"), query);
    QCOMPARE(filter.filter("\x1b]133;D;0\a\x1b]133;C\a\x1b]133;D;1\a"), query);

    const QList<TerminalEvent> expected{{Kind::PromptStarted, {}},
                                        {Kind::CommandStarted, "echo a; b"},
                                        {Kind::CommandFinished, "0"},
                                        {Kind::CommandStarted, {}},
                                        {Kind::CommandFinished, "1"}};
    QCOMPARE(filter.takeEvents(), expected);
    const QList<CursorQuery> queries{CursorQuery::PromptStart, CursorQuery::CommandStart,
                                     CursorQuery::CommandStart};
    QCOMPARE(filter.takeCursorQueries(), queries);

    filter.filter("\x1b[?1049h"); // no shell runs anything in a full-screen program
    QCOMPARE(filter.filter("\x1b]133;C\a"), QByteArray());
    QCOMPARE(filter.takeEvents(), QList<TerminalEvent>());
}

void TerminalFilterTest::commandEventsHaveALimit()
{
    TerminalFilter filter;
    for (int i = 0; i < 1000; ++i) {
        filter.filter("\x1b]133;C\a\x1b]133;D\a");
    }

    const qsizetype starts = filter.takeCursorQueries().size();
    QCOMPARE(starts, 128); // one for each start that is told
    QCOMPARE(filter.takeEvents().size(), 256);
    filter.filter("\x1b]133;C\a");
    QCOMPARE(filter.takeEvents().size(), 1);
}

void TerminalFilterTest::onlyTheLatestEventOfAKindIsKept()
{
    TerminalFilter filter;
    for (int i = 0; i < 1000; ++i) {
        filter.filter("\x1b]0;title " + QByteArray::number(i) + "\a\x1b]7;file:///"
                      + QByteArray::number(i) + "\a");
    }

    const QList<TerminalEvent> expected{{Kind::TitleChanged, "title 999"},
                                        {Kind::DirectoryChanged, "/999"}};
    QCOMPARE(filter.takeEvents(), expected);
}

// C2 9B is CSI to the widget. What is dropped in between must not bring the two together.
void TerminalFilterTest::splicedBytesMakeNoControl()
{
    for (const QByteArray &dropped :
         {QByteArray("\x05"), QByteArray("\x18"), QByteArray("\x1b]0;x\a"),
          QByteArray("\x1b[8;9;9t"), QByteArray("\x1bPx\x1b\\"), QByteArray("\xc2\x80")}) {
        const QByteArray in = "\xc2" + dropped + "\x9b" + "1m";

        QVERIFY(!TerminalFilter().filter(in).contains("\xc2\x9b"));
        QVERIFY(!byteByByte(in).contains("\xc2\x9b"));
    }
}

void TerminalFilterTest::endlessSequencesUseNoMemory_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("more");

    QTest::newRow("OSC") << QByteArray("\x1b]0;") << QByteArray("x");
    QTest::newRow("DCS") << QByteArray("\x1bP") << QByteArray("x");
    QTest::newRow("CSI digits") << QByteArray("\x1b[") << QByteArray("1");
    QTest::newRow("CSI parameters") << QByteArray("\x1b[") << QByteArray("1;");
    QTest::newRow("CSI intermediates") << QByteArray("\x1b[") << QByteArray(" ");
    QTest::newRow("ESC intermediates") << QByteArray("\x1b") << QByteArray(" ");
    QTest::newRow("titles") << QByteArray() << QByteArray("\x1b]0;title\a\x1b]7;file:///x\a");
}

void TerminalFilterTest::endlessSequencesUseNoMemory()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, more);
    const QByteArray chunk = more.repeated(64 * 1024 / more.size());
    TerminalFilter filter;
    filter.filter(start + chunk);
    const qint64 before = usedMemory();
    QVERIFY(before > 0);

    for (int i = 0; i < 128; ++i) { // 8 MiB
        QCOMPARE(filter.filter(chunk).size(), 0);
    }

    QVERIFY(usedMemory() - before < 1024);
    QCOMPARE(filter.filter("\x18\x1b[1mtext"), QByteArray("\x1b[1mtext"));
}

// A filtered stream passes a second filter as it is, however it is cut: so nothing is left in it
// that the first should have seen.
void TerminalFilterTest::randomBytesComeOutClean()
{
    QRandomGenerator random(20261121);
    const QByteArrayView likely
        = "\x1b\x1b\x1b[[[]P?><;:;:0123456789mhlHJKtcqbnr \\\a\x18\xc2\xc2\x9b\x9c\xa0";
    TerminalFilter once;
    TerminalFilter twice;
    for (int round = 0; round < 64; ++round) {
        QByteArray in(64 * 1024, Qt::Uninitialized);
        for (char &byte : in) {
            const quint32 value = random.generate();
            byte = (value & 3) != 0 ? likely[(value >> 8) % likely.size()] : char(value >> 8);
        }
        const QByteArray out = once.filter(in);
        const qsizetype cut = random.bounded(out.size());

        // In two statements: the operands of a plus have no order.
        QByteArray again = twice.filter(out.first(cut));
        again += twice.filter(out.sliced(cut));
        QCOMPARE(again, out);
        QVERIFY(out.size() <= 4 * in.size());
        QVERIFY(once.takeEvents().size() <= 5);
    }
}

QTEST_APPLESS_MAIN(TerminalFilterTest)

#include "TerminalFilterTest.moc"
