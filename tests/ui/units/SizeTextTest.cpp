#include "ui/units/SizeText.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using ui::SizeUnits;

class SizeTextTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void cleanup() { ui::setSizeUnits(SizeUnits::Traditional); }
    void unitIsChosenAfterRounding_data();
    void unitIsChosenAfterRounding();
};

void SizeTextTest::unitIsChosenAfterRounding_data()
{
    QTest::addColumn<SizeUnits>("units");
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QString>("text");
    constexpr quint64 mebibyte = 1024 * 1024;
    constexpr auto largest = quint64(std::numeric_limits<qint64>::max());

    QTest::newRow("bytes") << SizeUnits::Traditional << quint64(1023) << 1 << u"1023 bytes"_s;
    QTest::newRow("one") << SizeUnits::Traditional << quint64(1024) << 1 << u"1.0 kB"_s;
    QTest::newRow("just below") << SizeUnits::Traditional << mebibyte - 1 << 1 << u"1.0 MB"_s;
    QTest::newRow("below") << SizeUnits::Traditional << mebibyte - 100 << 1 << u"1023.9 kB"_s;
    QTest::newRow("no decimals") << SizeUnits::Traditional << mebibyte - 100 << 0 << u"1 MB"_s;
    QTest::newRow("next unit") << SizeUnits::Iec << 1024 * mebibyte - 1 << 1 << u"1.0 GiB"_s;
    QTest::newRow("of 1000") << SizeUnits::Si << quint64(999'999) << 1 << u"1.0 MB"_s;
    QTest::newRow("exactly") << SizeUnits::Si << quint64(999'900) << 1 << u"999.9 kB"_s;
    QTest::newRow("largest") << SizeUnits::Traditional << largest << 1 << u"8.0 EB"_s;
}

void SizeTextTest::unitIsChosenAfterRounding()
{
    QFETCH(SizeUnits, units);
    QFETCH(quint64, bytes);
    QFETCH(int, decimals);
    QFETCH(QString, text);
    ui::setSizeUnits(units);

    QCOMPARE(ui::sizeText(bytes, decimals), text);
}

QTEST_GUILESS_MAIN(SizeTextTest)

#include "SizeTextTest.moc"
