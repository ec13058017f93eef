// Fuzz target: any bytes as the answers of a SOCKS5 or HTTP proxy, in any pieces.

#include "net/ProxyDialog.h"

#include <QByteArrayView>
#include <QString>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using net::ProxyDialog;
using State = net::ProxyDialog::State;

// More than the longest answer that any of the two may have.
constexpr qsizetype limitBytes = qsizetype{8} * 16 * 1024 + 1024;

void converse(const base::ProxyAddress &proxy, const std::optional<base::SecretString> &password,
              QByteArrayView bytes, qsizetype pieceSize)
{
    const auto dialog = ProxyDialog::create(proxy, {QStringLiteral("host.example"), 22}, password);
    dialog->start();
    qsizetype taken = 0;
    while (taken < bytes.size() && dialog->state() == State::Talking) {
        const qsizetype size = std::min(pieceSize, bytes.size() - taken);
        const qsizetype step = dialog->take(bytes.sliced(taken, size));
        const bool isWhole = step == size || dialog->state() != State::Talking;
        if (step < 1 || step > size || !isWhole) {
            std::abort();
        }
        taken += step;
        static_cast<void>(dialog->takeOutput());
    }
    const bool tellsWhy = dialog->state() != State::Failed || !dialog->error().detail.isEmpty();
    if (taken > limitBytes || !tellsWhy || dialog->take({}) != 0) {
        std::abort();
    }
}

} // namespace

// The first byte says which proxy, whether there is a login, and how the rest comes in pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const unsigned choice = data[0];
    base::ProxyAddress proxy{
        choice & 1 ? base::ProxyAddress::Kind::Http : base::ProxyAddress::Kind::Socks5,
        QStringLiteral("proxy.example"), 1080, choice & 2 ? QStringLiteral("ada") : QString()};
    const auto password = (choice & 4) != 0
        ? std::optional(base::SecretString::fromText(QStringLiteral("secret")))
        : std::optional<base::SecretString>();
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    converse(proxy, password, bytes, 1 + static_cast<qsizetype>(choice >> 3));
    return 0;
}
