// SessionTarget: what the user calls a server, turned into a saved session or one made for this
// run.

#pragma once

#include "app/CommandLine.h"
#include "profiles/ProfileStore.h"
#include "ssh/ConnectionSettings.h"
#include "ssh/ProfileSettings.h"

namespace app {

struct SessionTarget
{
    profiles::Profile profile; // with the options applied
    bool hadPassword = false; // in the URL: it was dropped

    // `target` is looked for among the saved names first.
    static base::Result<SessionTarget, UsageError> find(const QString &target,
                                                        const ConnectionOptions &options,
                                                        const profiles::ProfileStore &store);

    // A host of OpenSSH's configuration, without what is configured.
    static base::Result<SessionTarget> forAlias(const QString &alias,
                                                const ConnectionOptions &options,
                                                const profiles::ProfileStore &store);
};

// Finds saved sessions with what they inherit. `store` must outlive it.
ssh::ProfileLookup effectiveProfiles(const profiles::ProfileStore &store);

// What the options say of a session. `store` knows the names of jump hosts.
base::Result<profiles::Profile, UsageError> withOptions(profiles::Profile profile,
                                                        const ConnectionOptions &options,
                                                        const profiles::ProfileStore &store);

// What they say of a connection, and of its jump hosts, and no session can.
ssh::ConnectionSettings withOptions(ssh::ConnectionSettings settings,
                                    const ConnectionOptions &options, ssh::LogLevel logLevel);

} // namespace app
