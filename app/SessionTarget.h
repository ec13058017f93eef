// SessionTarget: what the user calls a server, turned into a saved session or one made for this
// run.

#pragma once

#include "app/CommandLine.h"
#include "profiles/OpenSshOptions.h"
#include "profiles/ProfileStore.h"
#include "ssh/ConnectionSettings.h"

namespace app {

struct SessionTarget
{
    profiles::Profile profile; // with the options applied
    bool hadPassword = false; // in the URL: it was dropped

    // `target` is looked for among the saved names first.
    static base::Result<SessionTarget, UsageError> find(const QString &target,
                                                        const ConnectionOptions &options,
                                                        const profiles::ProfileStore &store);

    // A host of OpenSSH's configuration, which says these options about it.
    static base::Result<SessionTarget> forAlias(const profiles::OpenSshOptions &openSsh,
                                                const ConnectionOptions &options);
};

// What the options say of a session.
profiles::Profile withOptions(profiles::Profile profile, const ConnectionOptions &options);

// What they say of a connection, and no session can.
ssh::ConnectionSettings withOptions(ssh::ConnectionSettings settings,
                                    const ConnectionOptions &options, ssh::LogLevel logLevel);

} // namespace app
