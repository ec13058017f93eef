// Fuzz target: any bytes are a color scheme or none, and one that was read is written so that it
// reads the same.

#include "terminal/ColorScheme.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using terminal::ColorScheme;
    const auto scheme
        = ColorScheme::fromKonsole(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (scheme && ColorScheme::fromKonsole(scheme->toKonsole()) != scheme) {
        std::abort();
    }
    return 0;
}
