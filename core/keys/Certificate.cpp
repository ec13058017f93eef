#include "keys/Certificate.h"

#include "base/WireReader.h"
#include "keys/PublicKeyBlob.h"

namespace keys {
namespace {

constexpr quint32 userKind = 1; // SSH_CERT_TYPE_USER
constexpr quint32 hostKind = 2;

std::optional<QByteArrayList> stringsIn(QByteArrayView list)
{
    QByteArrayList strings;
    base::WireReader reader(list);
    while (!reader.isAtEnd()) {
        const auto string = reader.string();
        if (!string) {
            return std::nullopt;
        }
        strings.append(string->toByteArray());
    }
    return strings;
}

// The number of strings in `blob`.
qsizetype fieldCount(QByteArrayView blob)
{
    base::WireReader reader(blob);
    qsizetype count = 0;
    while (reader.string()) {
        ++count;
    }
    return count;
}

} // namespace

std::optional<Certificate> Certificate::parse(QByteArrayView blob)
{
    Certificate result;
    result.type = publicKeyType(blob);
    result.keyBlob = plainKeyBlob(blob);
    if (result.keyBlob.isEmpty() || result.keyBlob == blob) {
        return std::nullopt;
    }
    base::WireReader reader(blob);
    // A nonce stands behind the type; the fields of the key follow.
    const qsizetype skipped = fieldCount(result.keyBlob) + 1;
    for (qsizetype i = 0; i < skipped; ++i) {
        reader.string();
    }
    const auto serial = reader.uint64();
    const auto kind = reader.uint32();
    const auto keyId = reader.string();
    const auto principals = reader.string().and_then(stringsIn);
    const auto validAfter = reader.uint64();
    const auto validBefore = reader.uint64();
    reader.string(); // critical options
    reader.string(); // extensions
    reader.string(); // reserved
    const auto authority = reader.string();
    if (!serial || !kind || (*kind != userKind && *kind != hostKind) || !keyId || !principals
        || !validAfter || !validBefore || !authority) {
        return std::nullopt;
    }
    result.kind = *kind == userKind ? Kind::User : Kind::Host;
    result.authorityBlob = authority->toByteArray();
    result.serial = *serial;
    result.keyId = keyId->toByteArray();
    result.principals = *principals;
    result.validAfter = *validAfter;
    result.validBefore = *validBefore;
    return result;
}

Certificate::State Certificate::stateAt(const QDateTime &time) const
{
    const auto seconds = static_cast<quint64>(std::max<qint64>(time.toSecsSinceEpoch(), 0));
    if (seconds < validAfter) {
        return State::NotYet;
    }
    return seconds < validBefore ? State::Valid : State::Expired;
}

} // namespace keys
