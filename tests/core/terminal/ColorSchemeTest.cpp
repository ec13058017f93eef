#include "terminal/ColorSchemes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using terminal::ColorScheme;
using terminal::ColorSchemes;

namespace {

// As Konsole 23 writes them: with groups that we do not know, and CR LF in one place.
QByteArray konsoleFile(const QByteArray &more = {})
{
    QByteArray file = "[Background]\nColor=35,38,39\n\n[BackgroundFaint]\nColor=49,54,59\n\n"
                      "[Foreground]\r\nColor=252,252,252\r\n\n[General]\nAnchor=0.5,0.5\n"
                      "Blur=false\nDescription=Breeze \xe2\x80\xae"
                      "x\nOpacity=0.8\nWallpaper=/etc/passwd\n\n";
    for (int index = 0; index < 8; ++index) {
        file += "[Color" + QByteArray::number(index) + "]\nColor=" + QByteArray::number(index)
            + ",0,255\n\n";
    }
    return file + "[Color1Intense]\nColor=#c0392b\n\n" + more;
}

} // namespace

class ColorSchemeTest : public QObject
{
    Q_OBJECT

private slots:
    void schemeIsRead();
    void whatIsWrittenReadsTheSame();
    void badFilesAreRefused_data();
    void badFilesAreRefused();
    void schemesAreKeptAndRemoved();
    void idIsNoWayOut();
};

void ColorSchemeTest::schemeIsRead()
{
    const auto scheme = ColorScheme::fromKonsole(konsoleFile());
    QVERIFY(scheme.has_value());
    QCOMPARE(scheme->name, "Breeze \\u{202E}x");
    QCOMPARE(scheme->background, (ColorScheme::Color{35, 38, 39}));
    QCOMPARE(scheme->foreground, (ColorScheme::Color{252, 252, 252}));
    QCOMPARE(scheme->boldForeground, scheme->foreground); // not told
    QCOMPARE(scheme->colors[7], (ColorScheme::Color{7, 0, 255}));
    QCOMPARE(scheme->brightColors[1], (ColorScheme::Color{0xc0, 0x39, 0x2b}));
    QCOMPARE(scheme->brightColors[2], scheme->colors[2]);
}

void ColorSchemeTest::whatIsWrittenReadsTheSame()
{
    const auto scheme = ColorScheme::fromKonsole(konsoleFile());
    const QByteArray written = scheme->toKonsole();
    QCOMPARE(ColorScheme::fromKonsole(written), scheme);
    QVERIFY(!written.contains("passwd"));
    QVERIFY(!written.contains("0.8"));
}

void ColorSchemeTest::badFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<ColorScheme::Problem>("problem");

    QTest::newRow("empty") << QByteArray() << ColorScheme::Problem::NotAScheme;
    QTest::newRow("something else") << QByteArray("\x7f"
                                                  "ELF\0\1[=]\n=\n[\n]",
                                                  16)
                                    << ColorScheme::Problem::NotAScheme;
    QTest::newRow("a color is missing")
        << konsoleFile().replace("[Color3]", "[Other]") << ColorScheme::Problem::NotAScheme;
    for (const char *color : {"256,0,0", "1,2", "-1,0,0", "#12345", "#gg0000", "red", "1,2,3,4,5",
                              "99999999999999999999,0,0"}) {
        QTest::newRow(color) << konsoleFile("[Color0]\nColor=" + QByteArray(color) + "\n")
                             << ColorScheme::Problem::BadColor;
    }
    QTest::newRow("too large") << konsoleFile(QByteArray(70'000, 'x'))
                               << ColorScheme::Problem::TooLarge;
}

void ColorSchemeTest::badFilesAreRefused()
{
    QFETCH(QByteArray, file);
    const auto scheme = ColorScheme::fromKonsole(file);
    QVERIFY(!scheme.has_value());
    QTEST(scheme.error(), "problem");
}

void ColorSchemeTest::schemesAreKeptAndRemoved()
{
    const QTemporaryDir directory;
    const ColorSchemes schemes(directory.filePath("new"));
    const auto scheme = ColorScheme::fromKonsole(konsoleFile());
    QVERIFY(schemes.ids().isEmpty());

    QCOMPARE(schemes.add(*scheme, "Bre../eze").value(), "Bre-eze");
    QCOMPARE(schemes.add(*scheme, "Bre../eze").value(), "Bre-eze-2"); // none is written over
    QCOMPARE(schemes.ids(), QStringList({"Bre-eze", "Bre-eze-2"}));
    QCOMPARE(schemes.nameOf("Bre-eze"), scheme->name);
    QVERIFY(QFile::exists(schemes.pathOf("Bre-eze")));

    QVERIFY(schemes.remove("Bre-eze").has_value());
    QCOMPARE(schemes.ids(), QStringList("Bre-eze-2"));
    QCOMPARE(schemes.pathOf("Bre-eze"), QString());
}

void ColorSchemeTest::idIsNoWayOut()
{
    const QTemporaryDir directory;
    QFile outside(directory.filePath("x.colorscheme"));
    QVERIFY(outside.open(QIODevice::WriteOnly));
    QVERIFY(QDir(directory.path()).mkdir("own"));
    const ColorSchemes schemes(directory.filePath("own"));

    QCOMPARE(schemes.pathOf("../x"), QString());
    QVERIFY(!schemes.remove("../x").has_value());
    QVERIFY(outside.exists());
}

QTEST_MAIN(ColorSchemeTest)
#include "ColorSchemeTest.moc"
