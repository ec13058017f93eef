// Application: the composition root. Decides by the command line what this process is, builds the
// services that it needs, and runs it.

#pragma once

#include "app/CommandLine.h"
#include "profiles/OpenSshHost.h"
#include "profiles/ProfileStore.h"
#include "settings/Settings.h"
#include "ssh/ConnectionSettings.h"

#include <memory>
#include <optional>

namespace vault {
class Vault;
}

namespace app {

class Verb;

class Application final
{
public:
    // As main() has them, for QCoreApplication too.
    Application(int &argc, char **argv);

    // The exit status of the process.
    int run();

private:
    int runWindow();
    int runVerb();
    int listProfiles();
    QString target() const; // of the verb
    void startVerb(std::unique_ptr<Verb> &verb, const profiles::ProfileStore &store,
                   const settings::Settings &settings, vault::Vault &vault) const;
    bool adopt(const base::Result<profiles::OpenSshHost> &host, const QString &alias,
               const profiles::ProfileStore &store, const settings::Settings &settings);
    ssh::ConnectionSettings connectionTo(const profiles::Profile &profile,
                                         const profiles::ProfileStore &store,
                                         const settings::Settings &settings) const;
    base::Result<std::unique_ptr<Verb>, UsageError> makeVerb(
        const profiles::ProfileStore &store, const settings::Settings &settings) const;
    base::Result<std::unique_ptr<Verb>, UsageError> makeFileVerb(
        const profiles::ProfileStore &store, const settings::Settings &settings) const;
    hostkeys::TrustScope scopeOf(const KnownHostsRequest &request,
                                 const settings::Settings &settings) const;
    base::Result<std::unique_ptr<Verb>, UsageError> makeKeysVerb(
        const KeysRequest &request, const profiles::ProfileStore &store,
        const settings::Settings &settings) const;
    base::Result<ssh::ConnectionSettings, UsageError> connectionTo(
        const QString &target, const profiles::ProfileStore &store,
        const settings::Settings &settings) const;

    int &m_argc;
    char **m_argv;
    CommandLine m_commandLine;
    std::optional<ssh::ConnectionSettings> m_aliasSettings; // if the target is one of OpenSSH's
};

} // namespace app
