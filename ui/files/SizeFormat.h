// SizeFormat: the units in which a pane shows the sizes of files, as its user has chosen.

#pragma once

#include <QString>

#include <optional>

namespace ui {

enum class SizeFormat {
    Traditional, // kB, of 1024 bytes
    Iec, // KiB
    Si, // kB, of 1000 bytes
    Bytes,
};

// "4.5 MB", in the user's language.
QString sizeText(quint64 bytes, SizeFormat format = SizeFormat::Traditional);

// What a user types: "4096", "1.5 M", "10 kB", "2 GiB", in units of 1024 bytes. Nothing for other
// texts, and for more than a file can hold.
std::optional<quint64> bytesFromText(const QString &text);

} // namespace ui
