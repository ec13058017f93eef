#include "hostkeys/HostKey.h"

#include <QList>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace hostkeys {
namespace {

// What is inside the blob of a key type. Sources: RFC 4253 section 6.6 (RSA, DSS), RFC 5656
// section 3.1 (ECDSA), RFC 8709 section 4 (Ed25519), OpenSSH's PROTOCOL.u2f (sk-).
struct Layout
{
    QByteArrayView type;
    QLatin1StringView label;
    qsizetype fieldCount; // length-prefixed fields, the name included
    qsizetype sizeField; // the field whose length tells the size, or noField
    int bits; // if sizeField is noField
};

constexpr qsizetype noField = -1;

constexpr std::array layouts{
    Layout{"ssh-ed25519", QLatin1StringView("ED25519"), 2, noField, 256},
    Layout{"ecdsa-sha2-nistp256", QLatin1StringView("ECDSA"), 3, noField, 256},
    Layout{"ecdsa-sha2-nistp384", QLatin1StringView("ECDSA"), 3, noField, 384},
    Layout{"ecdsa-sha2-nistp521", QLatin1StringView("ECDSA"), 3, noField, 521},
    Layout{"ssh-rsa", QLatin1StringView("RSA"), 3, 2, 0}, // name, e, n
    Layout{"ssh-dss", QLatin1StringView("DSA"), 5, 1, 0}, // name, p, q, g, y
    Layout{"sk-ssh-ed25519@openssh.com", QLatin1StringView("ED25519-SK"), 3, noField, 256},
    Layout{"sk-ecdsa-sha2-nistp256@openssh.com", QLatin1StringView("ECDSA-SK"), 4, noField, 256},
};

const Layout *layoutOf(QByteArrayView type)
{
    const auto *const found
        = std::find_if(layouts.begin(), layouts.end(),
                       [type](const Layout &layout) { return layout.type == type; });
    return found != layouts.end() ? found : nullptr;
}

// Cuts a string (RFC 4251 section 5) off the front of `rest`. Nothing if it is not all there.
std::optional<QByteArrayView> takeField(QByteArrayView &rest)
{
    constexpr qsizetype lengthBytes = 4;
    if (rest.size() < lengthBytes) {
        return std::nullopt;
    }
    const qsizetype length = qFromBigEndian<quint32>(rest.data());
    if (length > rest.size() - lengthBytes) {
        return std::nullopt;
    }
    const QByteArrayView field = rest.sliced(lengthBytes, length);
    rest = rest.sliced(lengthBytes + length);
    return field;
}

bool isTypeName(QByteArrayView name)
{
    constexpr qsizetype longest = 64; // RFC 4251 section 6
    return !name.isEmpty() && name.size() <= longest
        && std::all_of(name.begin(), name.end(),
                       [](char c) { return c > ' ' && c <= '~' && c != ','; });
}

bool isWhole(QByteArrayView blob, const Layout &layout)
{
    for (qsizetype i = 0; i < layout.fieldCount; ++i) {
        const auto field = takeField(blob);
        if (!field || field->isEmpty()) {
            return false;
        }
    }
    return blob.isEmpty();
}

// Length of a positive mpint without its leading zero bits.
int significantBits(QByteArrayView number)
{
    while (!number.isEmpty() && number.front() == 0) {
        number = number.sliced(1);
    }
    if (number.isEmpty()) {
        return 0;
    }
    const auto first = static_cast<unsigned char>(number.front());
    return static_cast<int>(number.size() - 1) * 8 + static_cast<int>(std::bit_width(first));
}

} // namespace

HostKey::HostKey(QByteArray type, QByteArray blob)
    : m_type(std::move(type))
    , m_blob(std::move(blob))
{
}

base::Result<HostKey> HostKey::fromBlob(QByteArrayView blob)
{
    const auto failure = [](const QString &detail) {
        return base::Failure(base::Error{.kind = base::ErrorKind::ProtocolViolation,
                                         .operation = QStringLiteral("read host key"),
                                         .subject = {},
                                         .detail = detail});
    };

    QByteArrayView rest = blob;
    const auto type = takeField(rest);
    if (!type || !isTypeName(*type)) {
        return failure(QStringLiteral("no key type"));
    }
    const Layout *layout = layoutOf(*type);
    if (layout != nullptr ? !isWhole(blob, *layout) : rest.isEmpty()) {
        return failure(QStringLiteral("incomplete key"));
    }
    return HostKey(type->toByteArray(), blob.toByteArray());
}

QString HostKey::label() const
{
    const Layout *layout = layoutOf(m_type);
    return layout != nullptr ? QString(layout->label) : QString::fromLatin1(m_type);
}

int HostKey::bits() const
{
    const Layout *layout = layoutOf(m_type);
    if (layout == nullptr) {
        return 0;
    }
    if (layout->sizeField == noField) {
        return layout->bits;
    }
    QByteArrayView rest = m_blob;
    for (qsizetype i = 0; i < layout->sizeField; ++i) {
        takeField(rest);
    }
    return significantBits(takeField(rest).value_or(QByteArrayView()));
}

} // namespace hostkeys
