// Fuzz target: any bytes as OpenSSH's configuration, and as what `ssh -G` prints.

#include "profiles/OpenSshConfigLine.h"
#include "profiles/OpenSshConfigScan.h"
#include "profiles/OpenSshOptions.h"
#include "profiles/OpenSshResolution.h"

#include <QFile>
#include <QTemporaryDir>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QTemporaryDir directory;
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const profiles::OpenSshPlace place{directory.filePath(QStringLiteral("config")),
                                       directory.path()};
    QFile file(place.file);
    // An Include of anything but this file would make the run depend on the machine.
    QByteArray content = bytes.toByteArray();
    const bool hasInclude = content.toLower().contains("include");
    if (!hasInclude && file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        file.write(content);
        file.close();
        const auto scan = profiles::OpenSshConfigScan::read(place);
        for (const QString &alias : scan.aliases) {
            const auto host = profiles::plainOpenSshHost(place, alias);
            if (!profiles::isAcceptableAlias(alias) || (host && host->options.alias() != alias)) {
                std::abort();
            }
        }
    }

    if (const auto line = profiles::OpenSshConfigLine::parse(bytes)) {
        if (line->keyword.isEmpty() || line->arguments.isEmpty()) {
            std::abort();
        }
        static_cast<void>(profiles::matchesHostPatterns(line->arguments, "host.example"));
    }

    const auto options = profiles::OpenSshOptions::ofClient(QStringLiteral("web"), bytes, {});
    profiles::Profile profile;
    profile.id = profile.host = QStringLiteral("web");
    const auto applied = options.appliedTo(profile);
    // What was taken over can be saved and read back: it is within all bounds.
    if (applied && !profiles::Profile::fromJson(applied->toJson({}))) {
        std::abort();
    }
    static_cast<void>(options.files(u"userknownhostsfile"));
    return 0;
}
