#include "hostkeys/TrustScope.h"

#include <QDir>

#include <algorithm>

namespace hostkeys {

QStringList standardUserFiles()
{
    const QString directory = QDir::homePath() + QStringLiteral("/.ssh/");
    return {directory + QStringLiteral("known_hosts"), directory + QStringLiteral("known_hosts2")};
}

QStringList standardGlobalFiles()
{
    return {QStringLiteral("/etc/ssh/ssh_known_hosts"),
            QStringLiteral("/etc/ssh/ssh_known_hosts2")};
}

QList<KnownHosts::Source> sourcesOf(const QStringList &own, const QStringList &global)
{
    QList<KnownHosts::Source> sources;
    const auto append = [&sources](const QStringList &paths, KnownHosts::Role role) {
        for (const QString &path : paths) {
            if (!std::ranges::contains(sources, path, &KnownHosts::Source::path)) {
                sources.append({path, role});
            }
        }
    };
    append(own.isEmpty() ? standardUserFiles() : own, KnownHosts::Role::Writable);
    append(global, KnownHosts::Role::ReadOnly);
    return sources;
}

KnownHosts::Source sourceOfThisRun(const QByteArray &lines)
{
    return {QStringLiteral("(accepted for this run)"), KnownHosts::Role::ReadOnly, lines};
}

} // namespace hostkeys
