// SizeFormat: the units in which a pane shows the sizes of files, as its user has chosen.

#pragma once

#include <QString>

namespace ui {

enum class SizeFormat {
    Traditional, // kB, of 1024 bytes
    Iec, // KiB
    Si, // kB, of 1000 bytes
    Bytes,
};

// "4.5 MB", in the user's language.
QString sizeText(quint64 bytes, SizeFormat format = SizeFormat::Traditional);

} // namespace ui
