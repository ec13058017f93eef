#include "app/CommandLineOptions.h"

namespace app {

QList<QCommandLineOption> CommandLineOptions::all() const
{
    return {port,       user,         identity,      knownHosts,    policy,        hashNames,
            timeout,    noAgent,      noDefaultKeys, loginOrder,    noKeyring,     compress,
            keepAlive,  cipher,       jump,          proxy,         proxyCommand,  terminal,
            noTerminal, sftpServer,   group,         tag,           hosts,         commandTimeout,
            stopAfter,  canary,       recursive,     localForward,  remoteForward, dynamicForward,
            limitRate,  jobs,         resume,        verify,        flush,         preserve,
            links,      retries,      json,          dryRun,        removeExtra,   twoWay,
            newer,      checksum,     sizeOnly,      timeTolerance, include,       exclude,
            watch,      keyType,      keyBits,       keyComment,    logLevel,      logFile,
            configDir,  listProfiles, demo,          newWindow,     help,          version};
}

} // namespace app
