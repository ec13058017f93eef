#include "ui/theme/ControlStyle.h"

#include "ui/theme/Theme.h"

#include <QImage>
#include <QPainter>
#include <QStyleOption>
#include <QTest>

using ui::ControlStyle;
using ui::Theme;

class ControlStyleTest : public QObject
{
    Q_OBJECT

private slots:
    void framesAreSeen_data();
    void framesAreSeen();
};

void ControlStyleTest::framesAreSeen_data()
{
    QTest::addColumn<QColor>("window");
    QTest::addColumn<QColor>("base");
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QStyle::PrimitiveElement>("element");

    for (const auto &[name, element] : {std::pair("box", QStyle::PE_IndicatorCheckBox),
                                        std::pair("radio", QStyle::PE_IndicatorRadioButton)}) {
        QTest::addRow("light %s", name)
            << QColor(0xef, 0xef, 0xef) << QColor(Qt::white) << QColor(Qt::black) << element;
        QTest::addRow("dark %s", name)
            << QColor(35, 38, 41) << QColor(27, 30, 32) << QColor(252, 252, 252) << element;
    }
}

void ControlStyleTest::framesAreSeen()
{
    QFETCH(QColor, window);
    QFETCH(QColor, base);
    QFETCH(QColor, text);
    QFETCH(QStyle::PrimitiveElement, element);
    const ControlStyle style(QStringLiteral("fusion"));
    QStyleOptionButton option;
    option.rect = QRect(2, 2, 16, 16);
    option.state = QStyle::State_Enabled | QStyle::State_Off;
    option.palette.setColor(QPalette::Window, window);
    option.palette.setColor(QPalette::Base, base);
    option.palette.setColor(QPalette::WindowText, text);
    QImage image(20, 20, QImage::Format_RGB32);
    image.fill(window);
    QPainter painter(&image);

    style.drawPrimitive(element, &option, &painter);
    painter.end();

    double best = 0; // at its left edge
    for (int x = 1; x < 5; ++x) {
        best = std::max(best, Theme::contrast(image.pixelColor(x, 10), window));
    }
    QCOMPARE_GE(best, 3.0);
}

QTEST_MAIN(ControlStyleTest)

#include "ControlStyleTest.moc"
