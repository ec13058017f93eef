// Icons follow the palette. That the files are drawn at all is tested with the resources.

#include "ui/theme/Icons.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

// The color of the most opaque pixel: antialiasing makes the others lighter.
QColor inkOf(const QIcon &icon, QIcon::Mode mode = QIcon::Normal)
{
    const QImage image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage();
    QColor ink(Qt::transparent);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            ink = pixel.alpha() > ink.alpha() ? pixel : ink;
        }
    }
    return ink;
}

} // namespace

class TintedIconTest : public QObject
{
    Q_OBJECT

private slots:
    void inkIsTheTextColorOfTheMoment();
    void givenColorStays();
    void disabledIconHasTheDisabledColor();
    void unknownNameIsEmpty();
    void pixmapFitsTheScreen();
    void iconOfTheDesktopComesFirst();
};

void TintedIconTest::inkIsTheTextColorOfTheMoment()
{
    const QPalette before = QApplication::palette();
    const QIcon icon = ui::Icons::icon(QStringLiteral("tunnel"));
    for (const QColor &color : {QColor(0x11, 0x22, 0x33), QColor(0xee, 0xdd, 0xcc)}) {
        QPalette palette = before;
        palette.setColor(QPalette::WindowText, color);
        QApplication::setPalette(palette);
        QCOMPARE(inkOf(icon), color);
    }
    QApplication::setPalette(before);
}

void TintedIconTest::givenColorStays()
{
    QCOMPARE(inkOf(ui::Icons::icon(QStringLiteral("tunnel"), Qt::red)), QColor(Qt::red));
}

void TintedIconTest::disabledIconHasTheDisabledColor()
{
    QCOMPARE(inkOf(ui::Icons::icon(QStringLiteral("tunnel")), QIcon::Disabled),
             QApplication::palette().color(QPalette::Disabled, QPalette::WindowText));
}

void TintedIconTest::unknownNameIsEmpty()
{
    QCOMPARE(inkOf(ui::Icons::icon(QStringLiteral("no such icon"))).alpha(), 0);
}

void TintedIconTest::pixmapFitsTheScreen()
{
    const QPixmap pixmap = ui::Icons::icon(QStringLiteral("tunnel")).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(16, 16));
}

// The theme is one of ours, with a red square for "list-add-symbolic" (icon theme specification).
void TintedIconTest::iconOfTheDesktopComesFirst()
{
    const QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkpath(QStringLiteral("red/16")));
    QFile index(directory.filePath(QStringLiteral("red/index.theme")));
    QVERIFY(index.open(QIODevice::WriteOnly));
    index.write("[Icon Theme]\nName=Red\nComment=Red\nDirectories=16\n[16]\nSize=16\n"
                "Type=Scalable\n");
    index.close();
    QImage square(16, 16, QImage::Format_RGB32);
    square.fill(Qt::red);
    QVERIFY(square.save(directory.filePath(QStringLiteral("red/16/list-add-symbolic.png"))));
    const QStringList paths = QIcon::themeSearchPaths();
    const QString theme = QIcon::themeName();
    QIcon::setThemeSearchPaths({directory.path()});
    QIcon::setThemeName(QStringLiteral("red"));

    const QIcon themed = ui::Icons::icon(QStringLiteral("add"));
    const QIcon colored = ui::Icons::icon(QStringLiteral("add"), Qt::blue);
    const QIcon missing = ui::Icons::icon(QStringLiteral("back"));
    QCOMPARE(inkOf(themed), QColor(Qt::red));
    QCOMPARE(themed.name(), QStringLiteral("list-add-symbolic"));
    QCOMPARE(inkOf(colored), QColor(Qt::blue));
    QCOMPARE(inkOf(ui::Icons::ownIcon(QStringLiteral("add"))), inkOf(missing));
    QCOMPARE(inkOf(missing), QApplication::palette().color(QPalette::WindowText));

    QIcon::setThemeSearchPaths(paths);
    QIcon::setThemeName(theme);
}

QTEST_MAIN(TintedIconTest)
#include "TintedIconTest.moc"
