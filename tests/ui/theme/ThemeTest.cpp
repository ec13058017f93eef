#include "ui/theme/Theme.h"

#include <QTest>

using ui::Theme;

namespace {

// Window grounds and text as in Qt's Fusion style, light and dark (qfusionstyle_p_p.h).
QPalette lightPalette()
{
    return QPalette(QColor(0xef, 0xef, 0xef));
}

QPalette darkPalette()
{
    QPalette palette(QColor(50, 50, 50));
    palette.setColor(QPalette::WindowText, Qt::white);
    palette.setColor(QPalette::Base, QColor(36, 36, 36));
    return palette;
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private slots:
    void contrastIsTheOneOfWcag();
    void tellsDarkFromLight();
    void meaningsAreReadable_data();
    void meaningsAreReadable();
    void chosenButtonStandsOut_data();
    void chosenButtonStandsOut();
};

// The extremes, and the pair of grays that WCAG's documents give as just enough: #767676 on white.
void ThemeTest::contrastIsTheOneOfWcag()
{
    QCOMPARE(Theme::contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(Theme::contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(Theme::contrast(Qt::red, Qt::red), 1.0);
    QCOMPARE_GE(Theme::contrast(QColor(0x76, 0x76, 0x76), Qt::white), 4.5);
    QCOMPARE_LT(Theme::contrast(QColor(0x77, 0x77, 0x77), Qt::white), 4.5);
}

void ThemeTest::tellsDarkFromLight()
{
    QVERIFY(Theme::isDark(darkPalette()));
    QVERIFY(!Theme::isDark(lightPalette()));
}

void ThemeTest::chosenButtonStandsOut_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << lightPalette();
    QTest::newRow("dark") << darkPalette();
}

void ThemeTest::chosenButtonStandsOut()
{
    QFETCH(QPalette, palette);
    palette.setColor(QPalette::Highlight, QColor(0x30, 0x8c, 0xc6)); // Fusion's
    const QColor ground = Theme::chosenGround(palette);

    QCOMPARE_GE(Theme::contrast(ground, palette.color(QPalette::ButtonText)), 4.5);
    QCOMPARE_GE(Theme::contrast(ground, palette.color(QPalette::Button)), 1.3);
}

void ThemeTest::meaningsAreReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<int>("meaning");
    const std::initializer_list<std::pair<const char *, Theme::Meaning>> meanings{
        {"danger", Theme::Meaning::Danger},
        {"warning", Theme::Meaning::Warning},
        {"ok", Theme::Meaning::Ok},
        {"subtle", Theme::Meaning::Subtle}};
    for (const auto &[name, meaning] : meanings) {
        QTest::addRow("%s, light", name) << lightPalette() << static_cast<int>(meaning);
        QTest::addRow("%s, dark", name) << darkPalette() << static_cast<int>(meaning);
    }
}

void ThemeTest::meaningsAreReadable()
{
    QFETCH(QPalette, palette);
    QFETCH(int, meaning);
    const auto value = static_cast<Theme::Meaning>(meaning);
    const QColor color = Theme::color(value, palette);
    const QColor ground = Theme::ground(value, palette);
    QCOMPARE_GE(Theme::contrast(color, palette.color(QPalette::Window)), 4.5);
    QCOMPARE_GE(Theme::contrast(color, palette.color(QPalette::Base)), 4.5);
    QCOMPARE_GE(Theme::contrast(color, ground), 4.5);
    QCOMPARE_GE(Theme::contrast(palette.color(QPalette::WindowText), ground), 4.5);
}

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
