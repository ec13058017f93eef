#include "ui/files/SizeFormat.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace ui {

QString sizeText(quint64 bytes, SizeFormat format)
{
    // Sizes above 2^63 do not exist but can be claimed.
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    const auto size = static_cast<qint64>(std::min(bytes, largest));
    const QLocale locale;
    switch (format) {
    case SizeFormat::Traditional:
        return locale.formattedDataSize(size, 1, QLocale::DataSizeTraditionalFormat);
    case SizeFormat::Iec:
        return locale.formattedDataSize(size, 1, QLocale::DataSizeIecFormat);
    case SizeFormat::Si:
        return locale.formattedDataSize(size, 1, QLocale::DataSizeSIFormat);
    case SizeFormat::Bytes:
        break;
    }
    return locale.toString(bytes);
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
