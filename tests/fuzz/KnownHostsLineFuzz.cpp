// Fuzz target: any bytes as a line of a known_hosts file, as a key blob, as a typed fingerprint,
// and as what stands in a file in front of a known key, which nothing may hide.

#include "hostkeys/Fingerprint.h"
#include "hostkeys/KnownHosts.h"
#include "hostkeys/KnownHostsImport.h"
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

// An Ed25519 key made of one repeated byte.
hostkeys::HostKey keyOf(char fill)
{
    const QByteArray blob
        = QByteArray("\0\0\0\x0bssh-ed25519\0\0\0\x20", 19) + QByteArray(32, fill);
    return *hostkeys::HostKey::fromBlob(blob);
}

void checkFile(QByteArrayView bytes)
{
    using hostkeys::KnownHosts;
    const QByteArray text = bytes.toByteArray() + "\nhost.example "
        + hostkeys::KnownHostsLine::format({}, keyOf('o')).trimmed() + '\n';
    const auto survey
        = KnownHosts::survey({{QStringLiteral("fuzz"), KnownHosts::Role::ReadOnly, text}});
    const auto verdict = survey.hosts.check(u"host.example", 22, keyOf('k'));
    if (verdict.status == hostkeys::HostKeyVerdict::Status::Unknown || !verdict.decidedBy) {
        std::abort();
    }
    // What was imported once is known the second time.
    const auto import = hostkeys::KnownHostsImport::plan(KnownHosts(), text);
    const auto again = hostkeys::KnownHostsImport::plan(
        KnownHosts::survey(
            {{QString(), KnownHosts::Role::ReadOnly, import.added.join('\n') + '\n'}})
            .hosts,
        text);
    if (!again.added.isEmpty()) {
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
    checkFile(bytes);
    return 0;
}
