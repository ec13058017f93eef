#include "ui/theme/PlaceholderColor.h"

#include "ui/theme/Theme.h"

#include <QApplication>
#include <QTest>

using ui::PlaceholderColor;
using ui::Theme;

class PlaceholderColorTest : public QObject
{
    Q_OBJECT

private slots:
    void isReadableFromTheStart_data();
    void isReadableFromTheStart();
    void isNoDarkerThanADisabledText();
    void followsTheTheme();
    void leavesOtherColorsToTheDesktop();

private:
    static void setDesktop(const QColor &text, const QColor &base);
    static double contrast();
};

// A palette whose hints are those that Qt takes for light ones.
void PlaceholderColorTest::setDesktop(const QColor &text, const QColor &base)
{
    QPalette palette;
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::PlaceholderText, QColor(0, 0, 0, 128));
    QApplication::setPalette(palette);
}

double PlaceholderColorTest::contrast()
{
    const QPalette palette = QApplication::palette();
    return Theme::contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base));
}

void PlaceholderColorTest::isReadableFromTheStart_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("base");

    QTest::newRow("light") << QColor(Qt::black) << QColor(Qt::white);
    QTest::newRow("dark") << QColor(252, 252, 252) << QColor(27, 30, 32);
}

void PlaceholderColorTest::isReadableFromTheStart()
{
    QFETCH(QColor, text);
    QFETCH(QColor, base);
    setDesktop(text, base);
    const PlaceholderColor color;

    QCOMPARE_GE(contrast(), 4.5);
    QCOMPARE(QApplication::palette().color(QPalette::PlaceholderText).alpha(), 255);
}

void PlaceholderColorTest::isNoDarkerThanADisabledText()
{
    setDesktop(Qt::black, Qt::white);
    const PlaceholderColor color;

    const QPalette palette = QApplication::palette();
    QCOMPARE(palette.color(QPalette::Disabled, QPalette::PlaceholderText),
             palette.color(QPalette::Disabled, QPalette::Text));
}

void PlaceholderColorTest::followsTheTheme()
{
    setDesktop(Qt::black, Qt::white);
    const PlaceholderColor color;

    setDesktop(Qt::white, Qt::black);
    QTRY_COMPARE_GE(contrast(), 4.5);
    setDesktop(Qt::black, Qt::white);
    QTRY_COMPARE_GE(contrast(), 4.5);
}

void PlaceholderColorTest::leavesOtherColorsToTheDesktop()
{
    QApplication::setPalette(QPalette());
    QPalette before = QApplication::palette();
    const PlaceholderColor color;

    QPalette after = QApplication::palette();
    QVERIFY(before != after);
    for (QPalette *palette : {&before, &after}) {
        palette->setColor(QPalette::PlaceholderText, Qt::gray);
    }
    QCOMPARE(after, before);
}

QTEST_MAIN(PlaceholderColorTest)

#include "PlaceholderColorTest.moc"
