// Fuzz target: any bytes as what a client of a dynamic forward sends, in any pieces.

#include "forward/SocksRequest.h"

#include <QByteArrayView>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using forward::SocksRequest;
using State = SocksRequest::State;

namespace {

// The longest of SOCKS 5 is 257 and 262 bytes, of SOCKS 4a 8 and two texts of 256.
constexpr qsizetype limitBytes = 600;

bool isPlain(const QByteArray &host)
{
    return !host.isEmpty() && host.size() <= 255
        && std::ranges::all_of(host, [](char c) { return c > ' ' && c < '\x7f'; });
}

} // namespace

// The first byte says how the rest comes in pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const qsizetype pieceSize = 1 + data[0];
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    SocksRequest request;
    qsizetype taken = 0;
    while (taken < bytes.size() && request.state() == State::Reading) {
        const qsizetype piece = std::min(pieceSize, bytes.size() - taken);
        const qsizetype step = request.take(bytes.sliced(taken, piece));
        if (step < 1 || step > piece || (step < piece && request.state() == State::Reading)) {
            std::abort();
        }
        taken += step;
        static_cast<void>(request.takeOutput());
    }
    const bool isSound = request.state() != State::Wanted
        || (isPlain(request.host()) && request.port() != 0 && !request.success().isEmpty());
    if (taken > limitBytes || !isSound
        || (request.state() != State::Reading && request.take(bytes) != 0)) {
        std::abort();
    }
    return 0;
}
