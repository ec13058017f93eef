#include "ui/units/SizeText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ui {
namespace {

SizeUnits &chosenUnits()
{
    static SizeUnits units = SizeUnits::Traditional;
    return units;
}

constexpr std::array allUnits{SizeUnits::Traditional, SizeUnits::Iec, SizeUnits::Si,
                              SizeUnits::Bytes};

QString translated(const char *text)
{
    return QCoreApplication::translate("ui::SizeText", text);
}

// What would be rounded to 1,024 of a unit is 1 of the next one.
qint64 roundedUp(qint64 size, qint64 base, int decimals)
{
    const double precision = std::pow(10, decimals);
    qint64 unit = base;
    while (unit <= std::numeric_limits<qint64>::max() / base && unit * base <= size) {
        unit *= base;
    }
    const double shown
        = std::round(static_cast<double>(size) / static_cast<double>(unit) * precision) / precision;
    return shown >= static_cast<double>(base) ? unit * base : size;
}

} // namespace

SizeUnits sizeUnits()
{
    return chosenUnits();
}

void setSizeUnits(SizeUnits units)
{
    chosenUnits() = units;
}

QString nameOf(SizeUnits units)
{
    switch (units) {
    case SizeUnits::Iec:
        return QStringLiteral("iec");
    case SizeUnits::Si:
        return QStringLiteral("si");
    case SizeUnits::Bytes:
        return QStringLiteral("bytes");
    case SizeUnits::Traditional:
        break;
    }
    return QStringLiteral("traditional");
}

SizeUnits sizeUnitsFromName(const QString &name)
{
    const auto found = std::ranges::find_if(
        allUnits, [&name](SizeUnits units) { return nameOf(units) == name; });
    return found != allUnits.end() ? *found : SizeUnits::Traditional;
}

QString textOf(SizeUnits units)
{
    switch (units) {
    case SizeUnits::Iec:
        return translated(QT_TRANSLATE_NOOP("ui::SizeText", "KiB, MiB, GiB (of 1024)"));
    case SizeUnits::Si:
        return translated(QT_TRANSLATE_NOOP("ui::SizeText", "kB, MB, GB (of 1000)"));
    case SizeUnits::Bytes:
        return translated(QT_TRANSLATE_NOOP("ui::SizeText", "Bytes"));
    case SizeUnits::Traditional:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("ui::SizeText", "kB, MB, GB (of 1024)"));
}

QString sizeText(quint64 bytes, int decimals)
{
    // Sizes above 2^63 do not exist but can be claimed.
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    const auto size = static_cast<qint64>(std::min(bytes, largest));
    const SizeUnits units = sizeUnits();
    const qint64 least = units == SizeUnits::Si ? 1000 : 1024; // of a unit that is not the byte
    if (units == SizeUnits::Bytes || size < least) {
        return exactSizeText(bytes);
    }
    const auto form = units == SizeUnits::Iec ? QLocale::DataSizeIecFormat
        : units == SizeUnits::Si              ? QLocale::DataSizeSIFormat
                                              : QLocale::DataSizeTraditionalFormat;
    return QLocale().formattedDataSize(roundedUp(size, least, decimals), decimals, form);
}

QString exactSizeText(quint64 bytes)
{
    return bytes == 1
        ? translated(QT_TRANSLATE_NOOP("ui::SizeText", "1 byte"))
        : translated(QT_TRANSLATE_NOOP("ui::SizeText", "%1 bytes")).arg(QLocale().toString(bytes));
}

QString mebibyteName()
{
    return sizeUnits() == SizeUnits::Traditional ? QStringLiteral("MB") : QStringLiteral("MiB");
}

std::optional<quint64> bytesFromText(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A\\s*([0-9]+)([.,][0-9]+)?\\s*([kmgt]?)(?:i?b)?\\s*\\z"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(text);
    const QString unit = match.captured(3).toLower();
    const QString fraction = match.captured(2).replace(u',', u'.');
    if (!match.hasMatch() || (unit.isEmpty() && !fraction.isEmpty())) {
        return std::nullopt;
    }
    constexpr auto largest = static_cast<quint64>(std::numeric_limits<qint64>::max());
    const qsizetype power = unit.isEmpty() ? 0 : 1 + QStringLiteral("kmgt").indexOf(unit);
    const quint64 scale = quint64{1} << (10 * power);
    bool isNumber = false;
    const quint64 whole = match.captured(1).toULongLong(&isNumber);
    if (!isNumber || whole > largest / scale) {
        return std::nullopt;
    }
    const double rest = fraction.isEmpty() ? 0 : (u'0' + fraction).toDouble();
    const quint64 bytes = whole * scale + static_cast<quint64>(rest * static_cast<double>(scale));
    return bytes <= largest ? std::optional(bytes) : std::nullopt;
}

} // namespace ui
