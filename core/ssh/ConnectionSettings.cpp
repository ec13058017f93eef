#include "ssh/ConnectionSettings.h"

namespace ssh {

hostkeys::TrustScope trustScope(const ConnectionSettings &settings)
{
    using NameForm = hostkeys::KnownHosts::NameForm;
    hostkeys::TrustScope scope;
    scope.sources = hostkeys::sourcesOf(settings.knownHostsFiles, settings.globalKnownHostsFiles);
    if (!settings.keysOfThisRun.isEmpty()) {
        scope.sources.append(hostkeys::sourceOfThisRun(settings.keysOfThisRun));
    }
    if (settings.hostKeyAlias.isEmpty()) {
        scope.host = settings.host;
        scope.port = settings.port;
    } else {
        scope.host = settings.hostKeyAlias;
    }
    scope.form = settings.hashKnownHosts ? NameForm::Hashed : NameForm::LikeFile;
    return scope;
}

} // namespace ssh
