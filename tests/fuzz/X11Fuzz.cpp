// Fuzz target: any bytes as the greeting of an X client, in any pieces, and as an authority file.

#include "net/X11Display.h"
#include "net/X11Greeting.h"

#include <QByteArrayView>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using net::X11Greeting;
using State = X11Greeting::State;

namespace {

const QByteArray expected(net::magicCookieSize, 'e');
const QByteArray own(net::magicCookieSize, 'o');

// Head, padded name of the protocol, cookie. What follows may be anything.
constexpr qsizetype greetingSize = 12 + 20 + net::magicCookieSize;

} // namespace

// The first byte says how the rest comes in pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const qsizetype pieceSize = 1 + data[0];
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    X11Greeting greeting(expected, own);
    State state = State::Incomplete;
    qsizetype taken = 0;
    while (taken < bytes.size() && state == State::Incomplete) {
        const qsizetype piece = std::min(pieceSize, bytes.size() - taken);
        state = greeting.take(bytes.sliced(taken, piece));
        taken += piece;
    }
    if (state == State::Accepted
        && (greeting.forDisplay().size() != taken
            || greeting.forDisplay().first(greetingSize).contains(expected))) {
        std::abort();
    }
    const auto cookie = net::magicCookie(bytes, {.number = 1}, "host");
    if (cookie && cookie->size() != net::magicCookieSize) {
        std::abort();
    }
    return 0;
}
