// Fuzz target: any bytes as a line of a known_hosts file, as a key blob and as a typed fingerprint.

#include "hostkeys/Fingerprint.h"
#include "hostkeys/KnownHostsLine.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

// What holds for every key that was accepted: it is drawn, and a line made from it reads back.
void checkKey(const hostkeys::HostKey &key)
{
    const hostkeys::Fingerprint fingerprint(key);
    const auto again = hostkeys::KnownHostsLine::parse(hostkeys::KnownHostsLine::format("h", key));
    const bool isSound = key.bits() >= 0 && fingerprint.randomart().size() == 11 * 19 + 10
        && fingerprint.compare(fingerprint.md5()) == hostkeys::Fingerprint::Comparison::Matches
        && again.matches("h") && again.key() == key;
    if (!isSound) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));

    const auto line = hostkeys::KnownHostsLine::parse(bytes);
    if (line.matches("host.example") && !line.isEntry()) {
        std::abort();
    }
    if (line.key()) {
        checkKey(*line.key());
        static_cast<void>(hostkeys::Fingerprint(*line.key()).compare(QString::fromUtf8(bytes)));
    }
    if (const auto key = hostkeys::HostKey::fromBlob(bytes)) {
        checkKey(*key);
    }
    return 0;
}
