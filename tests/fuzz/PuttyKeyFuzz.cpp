// Fuzz target: any bytes as a PuTTY key file, and behind a checksum that is right: the second is
// what somebody can make who wants to harm.

#include "keys/OpenSshKey.h"
#include "keys/PuttyKey.h"

#include <QByteArray>

#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void check(QByteArrayView text)
{
    const auto key = keys::PuttyKey::parse(text);
    if (!key || key->isEncrypted()) {
        return; // the derivation would take most of the time
    }
    const auto opened = key->unlock({});
    if (opened && (opened->publicBlob() != key->publicBlob() || opened->type() != key->type())) {
        std::abort();
    }
}

QByteArray lines(const char *name, QByteArrayView bytes)
{
    return QByteArray(name) + ": 1\n" + bytes.toByteArray().toBase64() + '\n';
}

QByteArray field(QByteArrayView bytes)
{
    QByteArray result(4, '\0');
    result[2] = static_cast<char>(bytes.size() >> 8);
    result[3] = static_cast<char>(bytes.size());
    return result + bytes.toByteArray();
}

// A file of version 3 with the MAC that such a file has, and any bytes for its two halves.
void checkWithMac(QByteArrayView type, QByteArrayView open, QByteArrayView secret)
{
    const QByteArray blob = field(type) + open.toByteArray();
    const QByteArray signedBytes
        = field(type) + field("none") + field("c") + field(blob) + field(secret);
    unsigned char mac[32];
    size_t size = 0;
    EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, "", 0,
              reinterpret_cast<const unsigned char *>(signedBytes.constData()),
              static_cast<size_t>(signedBytes.size()), mac, sizeof mac, &size);
    check("PuTTY-User-Key-File-3: " + type.toByteArray() + "\nEncryption: none\nComment: c\n"
          + lines("Public-Lines", blob) + lines("Private-Lines", secret)
          + "Private-MAC: " + QByteArray(reinterpret_cast<const char *>(mac), 32).toHex() + '\n');
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    check(bytes);
    if (bytes.size() < 2 || bytes.size() > 4096) {
        return 0;
    }
    static constexpr QByteArrayView types[] = {"ssh-rsa",
                                               "ecdsa-sha2-nistp256",
                                               "ecdsa-sha2-nistp384",
                                               "ecdsa-sha2-nistp521",
                                               "ssh-ed25519",
                                               "ssh-dss"};
    const QByteArrayView rest = bytes.sliced(2);
    const qsizetype cut = rest.isEmpty() ? 0 : static_cast<quint8>(bytes[1]) * rest.size() / 256;
    checkWithMac(types[static_cast<quint8>(bytes[0]) % std::size(types)], rest.first(cut),
                 rest.sliced(cut));
    return 0;
}
