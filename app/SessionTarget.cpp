#include "app/SessionTarget.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/TargetAddress.h"
#include "ui/errors/ErrorText.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

// Each is looked for where the target is, in the same order.
base::Result<QList<profiles::ProfileRoute::JumpHost>, UsageError> jumpHosts(
    const QStringList &texts, const profiles::ProfileStore &store, const QStringList &aliases)
{
    QList<profiles::ProfileRoute::JumpHost> hosts;
    for (const QString &text : texts) {
        if (const auto saved = store.findByName(text)) {
            hosts.append(profiles::ProfileReference{saved->id});
            continue;
        }
        if (aliases.contains(text)) {
            hosts.append(profiles::OpenSshConfig::referenceTo(text));
            continue;
        }
        const auto address = profiles::TargetAddress::parse(text);
        if (!address) {
            return base::Failure(UsageError{u"The jump host \"%1\": %2"_s.arg(
                base::displayText(text), ui::addressErrorText(address.error()))});
        }
        hosts.append(*address);
    }
    return hosts;
}

} // namespace

base::Result<SessionTarget, UsageError> SessionTarget::find(const QString &target,
                                                            const ConnectionOptions &options,
                                                            const profiles::ProfileStore &store,
                                                            const QStringList &aliases)
{
    std::optional<profiles::Profile> profile = store.findByName(target);
    bool hadPassword = false;
    if (profile) {
        profile = profiles::EffectiveProfile::of(*profile, store).profile;
    } else if (aliases.contains(target)) {
        profile = profiles::OpenSshConfig::profileFor(target);
    } else {
        const auto address = profiles::TargetAddress::parse(target);
        if (!address) {
            return base::Failure(UsageError{ui::addressErrorText(address.error())});
        }
        profile = profiles::Profile::forAddress(*address);
        hadPassword = address->hadPassword;
    }
    // Of an alias: what the command line says comes before what is configured, as it does for ssh.
    return withOptions(*profile, options, store, aliases)
        .transform([&](const profiles::Profile &result) {
            return SessionTarget{.profile = result, .hadPassword = hadPassword};
        });
}

QString SessionTarget::passwordRemark()
{
    return u"The password in the address was not used: it would be in logs and histories."_s;
}

QString lostSettingsRemark(const ssh::AliasSettings &answer)
{
    const QStringList lost = answer.notHonored();
    if (lost.isEmpty()) {
        return {};
    }
    return u"OpenSSH's configuration of %1 has settings that have no effect here: %2."_s.arg(
        base::displayText(answer.aliases().join(u", "_s)), base::displayText(lost.join(u"; "_s)));
}

base::Result<profiles::Profile, UsageError> withOptions(profiles::Profile profile,
                                                        const ConnectionOptions &options,
                                                        const profiles::ProfileStore &store,
                                                        const QStringList &aliases)
{
    if (!options.user.isEmpty()) {
        profile.user = options.user;
    }
    if (options.port) {
        profile.port = *options.port;
        profile.keepDefault(profiles::fields::port, true);
    }
    profile.identityFiles = options.identityFiles + profile.identityFiles;
    profile.useAgent = profile.useAgent && options.useAgent;
    profile.useDefaultKeys = profile.useDefaultKeys && options.useDefaultKeys;
    profile.loginOrder = options.loginOrder.value_or(profile.loginOrder);
    profile.transport.compress = profile.transport.compress || options.compress;
    if (!options.sftpServer.isEmpty()) {
        profile.sftpServer = options.sftpServer;
    }
    if (options.keepAlive) {
        profile.transport.keepAliveInterval = options.keepAlive;
    }
    if (!options.ciphers.isEmpty()) {
        profile.transport.list(profiles::AlgorithmList::Cipher) = options.ciphers;
    }
    if (options.hostKeyPolicy) {
        profile.hostKeyPolicy = options.hostKeyPolicy;
    }
    if (options.proxy || !options.proxyCommand.isEmpty()) {
        profile.route.proxy = options.proxy;
        profile.route.proxyCommand = options.proxyCommand;
    }
    if (options.jumpHosts) {
        const auto hosts = jumpHosts(*options.jumpHosts, store, aliases);
        if (!hosts) {
            return base::Failure(hosts.error());
        }
        profile.route.jumpHosts = *hosts;
    }
    return profile;
}

ssh::ConnectionSettings withOptions(ssh::ConnectionSettings settings,
                                    const ConnectionOptions &options, ssh::LogLevel logLevel,
                                    const std::shared_ptr<logging::SessionLog> &log)
{
    if (!options.knownHostsFiles.isEmpty()) {
        settings.knownHostsFiles = options.knownHostsFiles;
    }
    settings.hashKnownHosts = settings.hashKnownHosts || options.hashKnownHosts;
    if (options.connectTimeout) {
        settings.timeouts.connect = *options.connectTimeout;
    }
    settings.logLevel = logLevel;
    settings.log.log = log;
    if (auto *jump = std::get_if<ssh::JumpVia>(&settings.route)) {
        jump->host = std::make_shared<const ssh::ConnectionSettings>(
            withOptions(*jump->host, options, logLevel, log));
    }
    return settings;
}

} // namespace app
