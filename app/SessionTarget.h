// SessionTarget: what the user calls a server, turned into a saved session or one made for this
// run.

#pragma once

#include "app/CommandLine.h"
#include "profiles/ProfileStore.h"
#include "settings/Settings.h"
#include "ssh/ConnectionSettings.h"

namespace app {

struct SessionTarget
{
    profiles::Profile profile; // with the options applied; saved only if `isSaved`
    bool isSaved = false;
    bool hadPassword = false; // in the URL: it was dropped

    // `target` is looked for among the saved names first.
    static base::Result<SessionTarget, UsageError> find(const QString &target,
                                                        const ConnectionOptions &options,
                                                        const profiles::ProfileStore &store);

    // For a connection that the options have to say something about.
    ssh::ConnectionSettings connectionSettings(const ConnectionOptions &options,
                                               const settings::Settings &settings) const;
};

} // namespace app
