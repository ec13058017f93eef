#include <QDir>
#include <QImageReader>
#include <QTest>

namespace {

constexpr int size = 24;

const QString programIcon = QStringLiteral("ponto.svg");

QImage drawn(const QString &name)
{
    QImageReader reader(QStringLiteral(":/icons/") + name);
    reader.setScaledSize({size, size});
    return reader.read().convertToFormat(QImage::Format_ARGB32);
}

} // namespace

class IconsTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFileIsCompiledIn();
    void actionIconIsVisibleAndBlack_data();
    void actionIconIsVisibleAndBlack();
    void programIconHasColors();
};

void IconsTest::everyFileIsCompiledIn()
{
    const QDir files(QStringLiteral(PONTO_SOURCE_DIR "/resources/icons"));
    const QDir compiledIn(QStringLiteral(":/icons"));

    QVERIFY(!files.isEmpty());
    QCOMPARE(compiledIn.entryList(QDir::Files, QDir::Name),
             files.entryList(QDir::Files, QDir::Name));
}

void IconsTest::actionIconIsVisibleAndBlack_data()
{
    QTest::addColumn<QString>("name");

    QStringList names = QDir(QStringLiteral(":/icons")).entryList(QDir::Files);
    names.removeOne(programIcon);
    for (const QString &name : std::as_const(names)) {
        QTest::newRow(qPrintable(name)) << name;
    }
}

// The user interface replaces black by a color of the palette, and keeps the transparency.
void IconsTest::actionIconIsVisibleAndBlack()
{
    QFETCH(QString, name);

    const QImage image = drawn(name);

    QCOMPARE(image.size(), QSize(size, size));
    int visiblePixels = 0;
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const QRgb pixel = image.pixel(x, y);
            if (qAlpha(pixel) > 0) {
                ++visiblePixels;
                QCOMPARE(pixel & RGB_MASK, 0U);
            }
        }
    }
    QVERIFY(visiblePixels > size);
}

void IconsTest::programIconHasColors()
{
    const QImage image = drawn(programIcon);

    QCOMPARE(image.size(), QSize(size, size));
    QVERIFY(!image.isGrayscale());
}

QTEST_GUILESS_MAIN(IconsTest)

#include "IconsTest.moc"
