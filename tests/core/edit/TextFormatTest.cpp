#include "edit/TextFormat.h"

#include <QTest>

using namespace Qt::StringLiterals;
using edit::decoded;
using edit::encoded;
using edit::Encoding;
using edit::LineEnd;

class TextFormatTest : public QObject
{
    Q_OBJECT

private slots:
    void unchangedTextIsTheSameBytes_data();
    void unchangedTextIsTheSameBytes();
    void changedTextKeepsItsFormat_data();
    void changedTextKeepsItsFormat();
    void linesKeepTheirEndsWhereTheyAreMixed();
    void whatEditorsLoseIsRefused_data();
    void whatEditorsLoseIsRefused();
    void charactersThatTheEncodingLacksAreRefused();
    void formatIsReadBack();
};

void TextFormatTest::unchangedTextIsTheSameBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<bool>("hasMark");
    QTest::addColumn<LineEnd>("lineEnd");
    const auto row
        = [](const char *name, const QByteArray &bytes, Encoding encoding, bool hasMark,
             LineEnd lineEnd) { QTest::newRow(name) << bytes << encoding << hasMark << lineEnd; };
    row("empty", "", Encoding::Utf8, false, LineEnd::Unix);
    row("no last line end", "one\ntwo", Encoding::Utf8, false, LineEnd::Unix);
    row("UTF-8", "gr\xc3\xbc\xc3\x9f\n", Encoding::Utf8, false, LineEnd::Unix);
    row("UTF-8 with a mark", "\xef\xbb\xbfone\r\n", Encoding::Utf8, true, LineEnd::Windows);
    row("two marks", "\xef\xbb\xbf\xef\xbb\xbfone\n", Encoding::Utf8, true, LineEnd::Unix);
    row("UTF-16 LE",
        QByteArray("\xff\xfe"
                   "a\0\r\0\n\0",
                   8),
        Encoding::Utf16LittleEndian, true, LineEnd::Windows);
    row("UTF-16 BE", QByteArray("\xfe\xff\0a\0\n", 6), Encoding::Utf16BigEndian, true,
        LineEnd::Unix);
    row("ISO 8859-1", "gr\xfc\xdf\n", Encoding::Latin1, false, LineEnd::Unix);
    row("Windows 1252 quotes", "\x93quoted\x94\r\n", Encoding::Latin1, false, LineEnd::Windows);
    row("old Mac", "one\rtwo\r", Encoding::Utf8, false, LineEnd::Mac);
    row("mixed", "one\r\ntwo\nthree\r\n", Encoding::Utf8, false, LineEnd::Windows);
    row("lone surrogate",
        QByteArray("\xff\xfe\x00\xd8"
                   "a\0",
                   6),
        Encoding::Utf16LittleEndian, true, LineEnd::Unix);
    row("no-break space",
        "a\xc2\xa0"
        "b\n",
        Encoding::Utf8, false, LineEnd::Unix);
}

void TextFormatTest::unchangedTextIsTheSameBytes()
{
    QFETCH(QByteArray, bytes);
    const auto text = decoded(bytes);
    QVERIFY(text);
    QTEST(text->format.encoding, "encoding");
    QTEST(text->format.hasMark, "hasMark");
    QTEST(text->format.lineEnd, "lineEnd");
    QVERIFY(!text->text.contains(u'\r'));
    const auto again = encoded(text->text, *text);
    QVERIFY(again);
    QCOMPARE(*again, bytes);
}

void TextFormatTest::changedTextKeepsItsFormat_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("Windows") << QByteArray("one\r\n") << QByteArray("new\r\none\r\n");
    QTest::newRow("mark") << QByteArray("\xef\xbb\xbfone\n")
                          << QByteArray("\xef\xbb\xbfnew\none\n");
    QTest::newRow("ISO 8859-1") << QByteArray("\xfc\n") << QByteArray("new\n\xfc\n");
    QTest::newRow("UTF-16 BE") << QByteArray("\xfe\xff\0a\0\n", 6)
                               << QByteArray("\xfe\xff\0n\0e\0w\0\n\0a\0\n", 14);
}

void TextFormatTest::changedTextKeepsItsFormat()
{
    QFETCH(QByteArray, before);
    const auto text = decoded(before);
    QVERIFY(text);
    const auto bytes = encoded(u"new\n"_s + text->text, *text);
    QVERIFY(bytes);
    QTEST(*bytes, "after");
}

void TextFormatTest::linesKeepTheirEndsWhereTheyAreMixed()
{
    const auto text = decoded("one\r\ntwo\nthree\r\nfour\r\n");
    QVERIFY(text);
    QVERIFY(text->format.isMixed);
    const auto bytes = encoded(u"one\nnew\ntwo\nfour\nlast"_s, *text);
    QVERIFY(bytes);
    QCOMPARE(*bytes, QByteArray("one\r\nnew\r\ntwo\nfour\r\nlast"));
}

void TextFormatTest::whatEditorsLoseIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    QTest::newRow("zero byte in ISO 8859-1") << QByteArray("\xff\0b", 3);
    QTest::newRow("paragraph separator") << QByteArray("a\xe2\x80\xa9"
                                                       "b");
    QTest::newRow("half of a UTF-16 unit") << QByteArray("\xff\xfe"
                                                         "a\0b",
                                                         5);
}

void TextFormatTest::whatEditorsLoseIsRefused()
{
    QFETCH(QByteArray, bytes);
    const auto text = decoded(bytes);
    QVERIFY(!text);
    QCOMPARE(text.error(), edit::TextRefusal::Binary);
}

void TextFormatTest::charactersThatTheEncodingLacksAreRefused()
{
    const auto text = decoded("gr\xfc\xdf\n");
    QVERIFY(text);
    QVERIFY(!encoded(u"10 €\n"_s, *text));
    auto inUtf8 = *text;
    inUtf8.format.encoding = Encoding::Utf8;
    QCOMPARE(*encoded(u"10 €\n"_s, inUtf8), u"10 €\n"_s.toUtf8());
}

void TextFormatTest::formatIsReadBack()
{
    for (const QByteArray &bytes : {QByteArray("a\n"),
                                    QByteArray("\xef\xbb\xbf"
                                               "a\r\n"),
                                    QByteArray("\xfc\r"), QByteArray("\xfe\xff\0a\0\n", 6)}) {
        const edit::TextFormat format = decoded(bytes)->format;
        QCOMPARE(edit::TextFormat::fromText(format.toText()), format);
    }
}

QTEST_APPLESS_MAIN(TextFormatTest)

#include "TextFormatTest.moc"
