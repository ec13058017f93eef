#include "ui/files/SizeFormat.h"

#include <QLocale>

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

} // namespace ui
