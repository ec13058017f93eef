// Sizes as the user wants to read them, the same in every window: all that shows a number of bytes
// or a rate calls sizeText().

#pragma once

#include <QString>

#include <optional>

namespace ui {

enum class SizeUnits {
    Traditional, // kB, of 1024 bytes
    Iec, // KiB
    Si, // kB, of 1000 bytes
    Bytes,
};

// Those of the whole program, as QLocale has a default: Traditional until they are set. For the
// user interface's thread. What is shown already is not changed by it.
SizeUnits sizeUnits();
void setSizeUnits(SizeUnits units);

// As the setting window/sizeUnits has them; Traditional for what is none.
QString nameOf(SizeUnits units);
SizeUnits sizeUnitsFromName(const QString &name);

// "kB, MB, GB (of 1024)": for a list to choose from.
QString textOf(SizeUnits units);

// "4.5 MB", "1 byte", in the user's language. `decimals` are those of all but plain bytes.
QString sizeText(quint64 bytes, int decimals = 1);

// "4,612,345 bytes", whatever the units are: where one byte counts.
QString exactSizeText(quint64 bytes);

// The name of 1024 * 1024 bytes where a field takes a number of them: "MB", or "MiB" if MB stands
// for something else.
QString mebibyteName();

// What a user types: "4096", "1.5 M", "10 kB", "2 GiB", in units of 1024 bytes. Nothing for other
// texts, and for more than a file can hold.
std::optional<quint64> bytesFromText(const QString &text);

} // namespace ui
