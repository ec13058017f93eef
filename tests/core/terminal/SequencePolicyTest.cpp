#include "terminal/TerminalFilter.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using terminal::TerminalFilter;

// What passes and what does not, looked at through the filter.
class SequencePolicyTest : public QObject
{
    Q_OBJECT

private slots:
    void permits_data();
    void permits();
    void drops_data();
    void drops();
    void rewrites_data();
    void rewrites();
    void modesAreNoted();
    void terminfoOfXtermPasses_data();
    void terminfoOfXtermPasses();
};

namespace {

struct Capability
{
    QByteArray name;
    int parameters = 0;
};

// The output capabilities of TERM=xterm-256color. Those that begin with k describe keys; acsc a
// table of characters, and u6, u8, rv and xr answers. Older terminfo has not all of them.
QList<Capability> outputCapabilities()
{
    QProcess infocmp;
    infocmp.start("infocmp", {"-1", "-x", "xterm-256color"});
    if (!infocmp.waitForFinished()) {
        return {};
    }
    static const QRegularExpression line("^\\t([A-Za-z0-9]+)=(.*),$");
    static const QRegularExpression parameter("%p([1-9])");
    const QList<QByteArray> described{"acsc", "u6", "u8", "rv", "xr", "xm", "PS", "PE"};
    QList<Capability> found;
    for (const QByteArray &text : infocmp.readAllStandardOutput().split('\n')) {
        const auto match = line.match(QString::fromLatin1(text));
        const QByteArray name = match.captured(1).toLatin1();
        if (!match.hasMatch() || name.startsWith('k') || described.contains(name)) {
            continue;
        }
        Capability capability{name, 0};
        for (const auto &used : parameter.globalMatch(match.captured(2))) {
            capability.parameters = qMax(capability.parameters, used.captured(1).toInt());
        }
        found.append(capability);
    }
    return found;
}

// What a program sends for it; 65 is a letter, a color and a row.
QByteArray expanded(const Capability &capability)
{
    QStringList arguments{"-T", "xterm-256color", QString::fromLatin1(capability.name)};
    const QStringList values{"65", "2", "3", "4", "5", "6", "7", "8", "9"};
    QProcess tput;
    tput.start("tput", arguments + values.first(capability.parameters));
    return tput.waitForFinished() ? tput.readAllStandardOutput() : QByteArray();
}

QByteArray filtered(const QByteArray &in)
{
    return TerminalFilter().filter(in);
}

} // namespace

void SequencePolicyTest::permits_data()
{
    QTest::addColumn<QByteArray>("sequence");
    const auto row = [](const char *name, const char *sequence) {
        QTest::newRow(name) << QByteArray(sequence);
    };

    row("cursor home", "\x1b[H");
    row("cursor far away, to learn the size", "\x1b[999;999H");
    row("first row left out", "\x1b[;5H");
    row("erase display", "\x1b[2J");
    row("erase scrollback", "\x1b[3J");
    row("scroll region", "\x1b[1;24r");
    row("scroll", "\x1b[3S");
    row("no attributes", "\x1b[m");
    row("attributes", "\x1b[0;1;31m");
    row("true color", "\x1b[38;2;1;2;255m");
    row("two true colors and bold", "\x1b[1;38;2;1;2;3;48;2;4;5;6m");
    row("palette color", "\x1b[48;5;255m");
    row("bright background", "\x1b[107m");
    row("alternate screen", "\x1b[?1049h");
    row("insert mode", "\x1b[4h");
    row("cursor shape", "\x1b[5 q");
    row("soft reset", "\x1b[!p");
    row("save and restore cursor",
        "\x1b[s\x1b[u\x1b"
        "7\x1b"
        "8");
    row("line drawing", "\x1b(0\x1b)B");
    row("screen full of E", "\x1b#8");
    row("primary attributes", "\x1b[c\x1b[0c");
    row("secondary attributes", "\x1b[>c\x1b[>0c");
    row("status", "\x1b[5n");
    row("cursor position", "\x1b[6n");
}

void SequencePolicyTest::permits()
{
    QFETCH(QByteArray, sequence);

    QCOMPARE(filtered(sequence), sequence);
}

void SequencePolicyTest::drops_data()
{
    QTest::addColumn<QByteArray>("sequence");
    const auto row = [](const char *name, const char *sequence) {
        QTest::newRow(name) << QByteArray(sequence);
    };

    row("window to 26 GB", "\x1b[8;40959;40959t");
    row("window moved", "\x1b[3;0;0t");
    row("report of size", "\x1b[18t");
    row("report of title", "\x1b[21t");
    row("tab color", "\x1b[28;255t");
    row("132 columns permitted", "\x1b[?40h");
    row("132 columns", "\x1b[?3h");
    row("VT52", "\x1b[?2l");
    row("margins left and right", "\x1b[?69h\x1b[1;70s");
    row("saved modes", "\x1b[?2004s\x1b[?2004r");
    row("printer", "\x1b[5i");
    row("terminal parameters", "\x1b[x");
    row("identification", "\x1bZ");
    row("tertiary attributes", "\x1b[=c");
    row("attributes with text", "\x1b[1c");
    row("private status", "\x1b[?6n");
    row("state of a mode", "\x1b[?2026$p");
    row("version", "\x1b[>q");
    row("keyboard protocol", "\x1b[?u\x1b[>1u\x1b[<u\x1b[=1;1u");
    row("modify other keys", "\x1b[>4;2m");
    row("highlight tracking", "\x1b[1;2;3;4;5T");
    row("rectangle", "\x1b[1;1;9;9$z");
    row("cursor shape that does not exist", "\x1b[7 q");
    row("color that does not exist", "\x1b[38;5;256m\x1b[48;2;1;2;999m");
    row("color cut off", "\x1b[38m\x1b[38;2;1m\x1b[38;5m");
    row("underline color", "\x1b[58;5;1m\x1b[58;2;1;2;3m");
    row("attribute that does not exist", "\x1b[5000m");
    row("8-bit controls requested", "\x1b G");
    row("character set unknown", "\x1b-A");
    row("memory lock", "\x1bl");
    row("parameter after intermediate", "\x1b[1 2q");
    row("two intermediates", "\x1b[1 !q");
    row("prefix in the middle", "\x1b[1?25h");
    row("two prefixes", "\x1b[??25h");
    row("33 parameters", "\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1m");
}

void SequencePolicyTest::drops()
{
    QFETCH(QByteArray, sequence);

    QCOMPARE(filtered("a" + sequence + "b"), QByteArray("ab"));
}

// SGR with colons: ITU-T T.416 and https://sw.kovidgoyal.net/kitty/underlines.
void SequencePolicyTest::rewrites_data()
{
    QTest::addColumn<QByteArray>("sequence");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *sequence, const char *expected) {
        QTest::newRow(name) << QByteArray(sequence) << QByteArray(expected);
    };

    row("huge row", "\x1b[99999999999999999999H", "\x1b[9999H");
    row("huge repetition", "\x1b[40000b", "\x1b[500b");
    row("leading zeros", "\x1b[0000000000000000005A", "\x1b[5A");
    row("surplus parameters", "\x1b[1;2;3H\x1b[4;5A", "\x1b[1;2H\x1b[4A");
    row("several modes", "\x1b[?1006;3;1000h", "\x1b[?1006h\x1b[?1000h");
    row("columns changed where that is on", "\x1b[?40h\x1b[?3h", "\x1b[r\x1b[2J\x1b[H");
    row("columns changed where that is off", "\x1b[?40h\x1b[?40l\x1b[?3l", "");
    row("cursor shape left out", "\x1b[ q", "\x1b[0 q");
    row("true color with colons", "\x1b[38:2:1:2:3m", "\x1b[38;2;1;2;3m");
    row("true color with color space", "\x1b[38:2::1:2:3m", "\x1b[38;2;1;2;3m");
    row("palette color with colons", "\x1b[1;48:5:7;4m", "\x1b[1;48;5;7;4m");
    row("curly underline", "\x1b[4:3;1m", "\x1b[4;1m");
    row("underline off", "\x1b[4:0m", "\x1b[24m");
    row("underline color among others", "\x1b[1;58:2::1:2:3;3;58;5;5;9m", "\x1b[1;3;9m");
    row("attribute left out is 0", "\x1b[;1m", "\x1b[0;1m");
    row("more attributes than the widget takes", "\x1b[1;2;3;4;5;6;7;8;9;1;2;3;4;5;38;5;1;7m",
        "\x1b[1;2;3;4;5;6;7;8;9;1;2;3;4;5m\x1b[38;5;1;7m");
}

void SequencePolicyTest::rewrites()
{
    QFETCH(QByteArray, sequence);
    QFETCH(QByteArray, expected);

    QCOMPARE(filtered(sequence), expected);
    QCOMPARE(filtered(expected), expected);
}

void SequencePolicyTest::modesAreNoted()
{
    TerminalFilter filter;
    QCOMPARE(filter.modes().bracketedPaste, false);

    filter.filter("\x1b[?2004h\x1b[?1002;1006h");
    QCOMPARE(filter.modes().bracketedPaste, true);
    QCOMPARE(filter.modes().mouseTracking, true);

    filter.filter("\x1b[?2004l\x1b[?1002l");
    QCOMPARE(filter.modes(), terminal::TerminalModes());

    filter.filter("\x1b[?1049h");
    QCOMPARE(filter.modes().alternateScreen, true);

    filter.filter("\x1b[?1049l\x1b[?2004h\x1b[?1000h");
    QCOMPARE(filter.modes().alternateScreen, false);
    filter.filter("\x1b"
                  "c");
    QCOMPARE(filter.modes(), terminal::TerminalModes());
}

// Every capability passes as it is, but for the ones named here.
void SequencePolicyTest::terminfoOfXtermPasses_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("expected");

    const QHash<QByteArray, QByteArray> changed{
        // one mode at a time
        {"cvvis", "\x1b[?12h\x1b[?25h"},
        {"XM", "\x1b[?1006l\x1b[?1000l"},
        // not asked of the widget: width, colors of the palette, clipboard, titles on a stack
        {"is2", "\x1b[!p\x1b[?4l\x1b[4l\x1b>"},
        {"rs2", "\x1b[!p\x1b[?4l\x1b[4l\x1b>"},
        {"rs1",
         "\x1b"
         "c"},
        {"smcup", "\x1b[?1049h"},
        {"rmcup", "\x1b[?1049l"},
        {"initc", ""},
        {"oc", ""},
        {"Cr", ""},
        {"Cs", ""},
        {"Ms", ""},
        // unknown to the widget: printer, memory lock, margins left and right
        {"mc0", ""},
        {"mc4", ""},
        {"mc5", ""},
        {"meml", ""},
        {"memu", ""},
        {"mgc", ""},
        {"smglp", ""},
        {"smgrp", ""},
        {"smglr", ""},
        // the terminal's version: none of a server's business, and the widget would not tell
        {"XR", ""},
        // a cursor shape beyond the six
        {"Ss", ""},
    };
    const QList<Capability> capabilities = outputCapabilities();
    QVERIFY(capabilities.size() > 80);
    for (const Capability &capability : capabilities) {
        const QByteArray sent = expanded(capability);
        QVERIFY2(!sent.isEmpty(), capability.name.constData());
        QTest::newRow(capability.name.constData()) << sent << changed.value(capability.name, sent);
    }
}

void SequencePolicyTest::terminfoOfXtermPasses()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, expected);

    QCOMPARE(filtered(sent), expected);
}

QTEST_GUILESS_MAIN(SequencePolicyTest)

#include "SequencePolicyTest.moc"
