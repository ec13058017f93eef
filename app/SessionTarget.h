// SessionTarget: what the user calls a server, turned into a saved session or one made for this
// run.

#pragma once

#include "app/CommandLine.h"
#include "profiles/ProfileStore.h"
#include "ssh/AliasSettings.h"
#include "ssh/ConnectionSettings.h"

#include <QStringList>

namespace app {

struct SessionTarget
{
    profiles::Profile profile; // with the options applied
    bool hadPassword = false; // in the URL: it was dropped

    // What the user is told then.
    static QString passwordRemark();

    // `target` is looked for among the saved names first, then among `aliases`: the hosts of
    // OpenSSH's configuration, which says at the moment of connecting what they mean.
    static base::Result<SessionTarget, UsageError> find(const QString &target,
                                                        const ConnectionOptions &options,
                                                        const profiles::ProfileStore &store,
                                                        const QStringList &aliases);
};

// What of OpenSSH's configuration has no effect, in one sentence; empty if all has.
QString lostSettingsRemark(const ssh::AliasSettings &answer);

// What the options say of a session. `store` and `aliases` know the names of jump hosts.
base::Result<profiles::Profile, UsageError> withOptions(profiles::Profile profile,
                                                        const ConnectionOptions &options,
                                                        const profiles::ProfileStore &store,
                                                        const QStringList &aliases);

// What they say of a connection, and of its jump hosts, and no session can. `log` gets what the
// connection does; null: nobody does.
ssh::ConnectionSettings withOptions(ssh::ConnectionSettings settings,
                                    const ConnectionOptions &options, ssh::LogLevel logLevel,
                                    const std::shared_ptr<logging::SessionLog> &log = {});

} // namespace app
