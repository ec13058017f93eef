// Application: the composition root. Decides by the command line what this process is, builds the
// services that it needs, and runs it.

#pragma once

#include "app/CommandLine.h"
#include "profiles/ProfileStore.h"
#include "settings/Settings.h"
#include "ssh/ConnectionSettings.h"
#include "ssh/ProfileSettings.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <optional>

namespace ssh {
class AliasSettings;
}
namespace vault {
class Vault;
}

namespace app {

class BatchTargets;
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
    void startBatch(std::unique_ptr<Verb> &verb, BatchTargets &targets, vault::Vault &vault) const;
    static void run(Verb &verb, vault::Vault &vault);
    int listProfiles();
    QStringList targetNames() const; // of the verb
    void startVerb(std::unique_ptr<Verb> &verb, const profiles::ProfileStore &store,
                   const settings::Settings &settings, vault::Vault &vault) const;
    bool asksOpenSsh(ssh::AliasSettings &question, const profiles::ProfileStore &store);
    void adopt(const ssh::ConnectionSettings &settings, const ssh::AliasSettings &answer);
    ssh::ConnectionSettings connectionTo(const profiles::Profile &profile,
                                         const profiles::ProfileStore &store,
                                         const settings::Settings &settings,
                                         const ssh::AliasHosts &aliases = {}) const;
    base::Result<std::unique_ptr<Verb>, UsageError> makeVerb(
        const profiles::ProfileStore &store, const settings::Settings &settings) const;
    base::Result<std::unique_ptr<Verb>, UsageError> makeFileVerb(
        const profiles::ProfileStore &store, const settings::Settings &settings) const;
    base::Result<std::unique_ptr<Verb>, UsageError> makeSyncVerb(
        const SyncRequest &request, const profiles::ProfileStore &store,
        const settings::Settings &settings) const;
    hostkeys::TrustScope scopeOf(const KnownHostsRequest &request,
                                 const settings::Settings &settings) const;
    base::Result<std::unique_ptr<Verb>, UsageError> makeKeysVerb(
        const KeysRequest &request, const profiles::ProfileStore &store,
        const settings::Settings &settings) const;
    base::Result<ssh::ConnectionSettings, UsageError> connectionTo(
        const QString &target, const profiles::ProfileStore &store,
        const settings::Settings &settings) const;

    bool openLog();

    int &m_argc;
    char **m_argv;
    CommandLine m_commandLine;
    std::shared_ptr<logging::SessionLog> m_log; // of --log-file, shared with connections; or null
    QStringList m_aliases; // of OpenSSH's configuration
    QStringList m_unasked; // targets, that OpenSSH may have something to say about
    QString m_asked;
    // By target, if that is one of them, or one is a jump host on the way there.
    QHash<QString, ssh::ConnectionSettings> m_aliasSettings;
};

} // namespace app
