// Fuzz target: any bytes, in any pieces, come out of TerminalFilter the same, and clean: what it
// let through passes a second filter unchanged. The first byte of the input sets the size of the
// pieces.

#include "terminal/TerminalFilter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

QByteArray filteredInPieces(QByteArrayView in, qsizetype pieceSize)
{
    terminal::TerminalFilter filter;
    QByteArray out;
    for (; !in.isEmpty(); in = in.sliced(qMin(pieceSize, in.size()))) {
        out += filter.filter(in.first(qMin(pieceSize, in.size())));
    }
    return out;
}

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

// Events are few however long the input is, and each start of a command has its question.
bool isPaired(terminal::TerminalFilter &filter)
{
    constexpr qsizetype mostEvents = 256 + 3;
    const QList<terminal::TerminalEvent> events = filter.takeEvents();
    const auto starts = std::ranges::count(events, terminal::TerminalEvent::Kind::CommandStarted,
                                           &terminal::TerminalEvent::kind);
    return events.size() <= mostEvents
        && starts == filter.takeCursorQueries().count(terminal::CursorQuery::CommandStart);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const QByteArrayView in(data + 1, static_cast<qsizetype>(size - 1));
    terminal::TerminalFilter filter;

    const QByteArray out = filter.filter(in);

    require(filteredInPieces(in, data[0] + 1) == out);
    require(terminal::TerminalFilter().filter(out) == out);
    require(!out.contains("\xc2\x9b"));
    require(isPaired(filter));
    return 0;
}
