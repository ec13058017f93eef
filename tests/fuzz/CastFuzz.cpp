// Fuzz target: any line is a header or an event of a recording or none; sizes and times are sane,
// and output reads the same once it is written.

#include "terminal/Cast.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView line(data, static_cast<qsizetype>(size));
    if (const auto header = terminal::castHeader(line)) {
        require(header->columns >= 2 && header->columns <= 1000 && header->rows >= 2);
    }
    if (const auto event = terminal::castEvent(line)) {
        require(event->time.count() >= 0);
        if (event->kind == terminal::CastEvent::Kind::Output && !event->output.isEmpty()) {
            terminal::CastWriter writer;
            const auto again = terminal::castEvent(writer.output(event->time, event->output));
            require(again && again->output == event->output);
        }
    }
    return 0;
}
