#include "terminal/PasteText.h"

#include <QTest>

using namespace Qt::StringLiterals;

using terminal::PasteText;
using Bracketing = PasteText::Bracketing;

class PasteTextTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsOnlyWhatCannotPressKeys_data();
    void keepsOnlyWhatCannotPressKeys();
    void everyControlCharacterIsRemoved();
    void bracketsAreThoseOfXterm();
    void bracketCannotBeEndedFromInside();
    void nothingIsSentForNothing();
    void countsLines_data();
    void countsLines();
};

void PasteTextTest::keepsOnlyWhatCannotPressKeys_data()
{
    QTest::addColumn<QString>("clipboard");
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("plain text") << "ls -l" << QByteArray("ls -l");
    QTest::newRow("letters beyond ASCII") << u"grün 漢 🙂"_s << u"grün 漢 🙂"_s.toUtf8();
    QTest::newRow("tab") << "a\tb" << QByteArray("a\tb");
    QTest::newRow("Unix line break") << "a\nb" << QByteArray("a\rb");
    QTest::newRow("Windows line break") << "a\r\nb" << QByteArray("a\rb");
    QTest::newRow("carriage return alone") << "a\rb" << QByteArray("a\rb");
    QTest::newRow("interrupt") << "a\x03"
                                  "b"
                               << QByteArray("ab");
    QTest::newRow("escape") << "a\x1b[31mb" << QByteArray("a[31mb");
    QTest::newRow("delete") << "a\x7f"
                               "b"
                            << QByteArray("ab");
    QTest::newRow("C1 CSI") << u"a\u009b31mb"_s << QByteArray("a31mb");
}

void PasteTextTest::keepsOnlyWhatCannotPressKeys()
{
    QFETCH(QString, clipboard);
    QFETCH(QByteArray, bytes);

    QCOMPARE(PasteText(clipboard).toBytes(Bracketing::Off), bytes);
}

// ECMA-48: C0 is 00 to 1F, C1 is 80 to 9F.
void PasteTextTest::everyControlCharacterIsRemoved()
{
    QString clipboard;
    for (char16_t character = 0; character <= 0x9f; ++character) {
        if (character < 0x20 || character >= 0x7f) {
            clipboard += QChar(character);
        }
    }
    clipboard.replace(u'\r', QString());

    QCOMPARE(PasteText(clipboard).text(), u"\t\n"_s);
}

// xterm's ctlseqs: "the pasted text is bracketed with ESC [ 2 0 0 ~ and ESC [ 2 0 1 ~".
void PasteTextTest::bracketsAreThoseOfXterm()
{
    const PasteText text(u"one\ntwo");

    QCOMPARE(text.toBytes(Bracketing::On), QByteArray("\x1b[200~one\rtwo\x1b[201~"));
}

void PasteTextTest::bracketCannotBeEndedFromInside()
{
    const PasteText text(u"echo\x1b[201~; rm -rf ~\n\u009b201~x");

    QCOMPARE(text.toBytes(Bracketing::On),
             QByteArray("\x1b[200~echo[201~; rm -rf ~\r201~x\x1b[201~"));
}

void PasteTextTest::nothingIsSentForNothing()
{
    QVERIFY(PasteText(u"\x1b\x07").isEmpty());
    QCOMPARE(PasteText(u"\x1b\x07").toBytes(Bracketing::On), QByteArray());
}

void PasteTextTest::countsLines_data()
{
    QTest::addColumn<QString>("clipboard");
    QTest::addColumn<qsizetype>("lines");
    QTest::addColumn<bool>("isMultiline");

    QTest::newRow("nothing") << "" << qsizetype(0) << false;
    QTest::newRow("a word") << "ls" << qsizetype(1) << false;
    QTest::newRow("a line that runs at once") << "ls\n" << qsizetype(1) << true;
    QTest::newRow("two lines") << "ls\r\npwd" << qsizetype(2) << true;
    QTest::newRow("three lines") << "ls\n\npwd\n" << qsizetype(3) << true;
}

void PasteTextTest::countsLines()
{
    QFETCH(QString, clipboard);

    const PasteText text(clipboard);

    QTEST(text.lineCount(), "lines");
    QTEST(text.isMultiline(), "isMultiline");
}

QTEST_APPLESS_MAIN(PasteTextTest)

#include "PasteTextTest.moc"
