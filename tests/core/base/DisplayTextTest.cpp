#include "base/DisplayText.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::displayText;
using base::LineBreaks;

class DisplayTextTest : public QObject
{
    Q_OBJECT

private slots:
    void escapesWhatCannotBeSeen_data();
    void escapesWhatCannotBeSeen();
    void messagesKeepTheirLines();
    void decodedTextIsTreatedAlike();
};

void DisplayTextTest::escapesWhatCannotBeSeen_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");

    QTest::newRow("plain") << QByteArray("report.txt") << u"report.txt"_s;
    QTest::newRow("space and quote") << QByteArray("a 'b'") << u"a 'b'"_s;
    QTest::newRow("UTF-8") << QByteArray("caf\xc3\xa9") << u"café"_s;
    QTest::newRow("outside the basic plane") << QByteArray("\xf0\x9f\x98\x80") << u"😀"_s;
    QTest::newRow("newline") << QByteArray("a\nb") << u"a\\x0Ab"_s;
    QTest::newRow("escape") << QByteArray("\x1b[31m") << u"\\x1B[31m"_s;
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << u"a\\x00b"_s;
    QTest::newRow("right-to-left override")
        << QByteArray("a\xe2\x80\xaegnp.exe") << u"a\\u{202E}gnp.exe"_s;
    QTest::newRow("Latin-1") << QByteArray("caf\xe9!") << u"caf\\xe9!"_s;
    QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << u"\\xc0\\xaf"_s;
    QTest::newRow("encoded surrogate") << QByteArray("\xed\xa0\x80") << u"\\xed\\xa0\\x80"_s;
    QTest::newRow("cut short") << QByteArray("a\xe2\x82") << u"a\\xe2\\x82"_s;
    QTest::newRow("C1 control") << QByteArray("\xc2\x9b") << u"\\u{9B}"_s;
    QTest::newRow("empty") << QByteArray() << QString();
}

void DisplayTextTest::escapesWhatCannotBeSeen()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);

    QCOMPARE(displayText(bytes), shown);
}

void DisplayTextTest::messagesKeepTheirLines()
{
    QCOMPARE(displayText(QByteArrayView("one\r\ntwo\n\tthree\r"), LineBreaks::Keep),
             u"one\ntwo\n\tthree\\x0D"_s);
}

void DisplayTextTest::decodedTextIsTreatedAlike()
{
    QCOMPARE(displayText(u"a\u2028b\u0007"_s), u"a\\u{2028}b\\x07"_s);
}

QTEST_APPLESS_MAIN(DisplayTextTest)

#include "DisplayTextTest.moc"
