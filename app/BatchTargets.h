// BatchTargets: finds the servers of `ponto exec` on many by what the command line says.

#pragma once

#include "app/CommandLine.h"
#include "commands/FleetHosts.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"

#include <QObject>

namespace app {

class BatchTargets final : public QObject
{
    Q_OBJECT

public:
    // All are borrowed. `settingsOf` adds what the command line says to the settings of a session.
    BatchTargets(const profiles::ProfileStore &store, profiles::OpenSshConfig &openSsh,
                 ssh::AliasSettings::SettingsOf settingsOf);

    // Finds all that is asked for, each once. The first one that is no server is told, and a group,
    // tag or file without any.
    base::Result<void, UsageError> find(const BatchRequest &request,
                                        const ConnectionOptions &options);

    commands::FleetHosts &hosts() { return m_hosts; }

signals:
    void remarked(const QString &sentence); // by find() and while they are resolved, safe to print

private:
    using Sessions = QList<profiles::Profile>;

    base::Result<void, UsageError> add(const QString &name, const ConnectionOptions &options);
    base::Result<void, UsageError> addFile(const QByteArray &path,
                                           const ConnectionOptions &options);
    base::Result<void, UsageError> addSessions(const Sessions &sessions,
                                               const ConnectionOptions &options);

    const profiles::ProfileStore &m_store;
    profiles::OpenSshConfig &m_openSsh;
    commands::FleetHosts m_hosts;
};

} // namespace app
