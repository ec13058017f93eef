#include "ssh/AliasSettings.h"

#include "profiles/OpenSshConfig.h"
#include "ssh/OpenSshSettings.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace ssh {

using profiles::OpenSshConfig;
using profiles::OpenSshPurpose;
using profiles::Profile;

AliasSettings::AliasSettings(OpenSshConfig &config, SettingsOf settingsOf, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_settingsOf(std::move(settingsOf))
{
}

AliasSettings::~AliasSettings()
{
    cancel();
}

bool AliasSettings::start(const Profile &profile, const ProfileLookup &lookup)
{
    cancel();
    m_profile = profile;
    m_needs.clear();
    m_hosts.clear();
    if (const QString alias = OpenSshConfig::aliasOf(profile); !alias.isEmpty()) {
        need(alias, OpenSshPurpose::Target);
    }
    QStringList visited;
    follow(profile, lookup, visited);
    if (m_needs.isEmpty()) {
        return false;
    }
    askNext();
    return true;
}

void AliasSettings::cancel()
{
    m_answer.cancel();
    m_answer = {};
}

QStringList AliasSettings::aliases() const
{
    QStringList names;
    std::ranges::transform(m_needs, std::back_inserter(names), &Need::alias);
    return names;
}

QStringList AliasSettings::notHonored() const
{
    QStringList lines;
    for (const Need &need : m_needs) {
        const profiles::OpenSshHost host = m_hosts.value(need.alias);
        lines += need.purpose == OpenSshPurpose::Target ? ssh::notHonored(host)
                                                        : notHonoredByJumpHost(host);
    }
    return lines;
}

// Who is asked about for two reasons is asked for the one that tells more.
void AliasSettings::need(const QString &alias, OpenSshPurpose purpose)
{
    const auto known = std::ranges::find(m_needs, alias, &Need::alias);
    if (known == m_needs.end()) {
        m_needs.append({alias, purpose});
    } else {
        known->purpose = std::min(known->purpose, purpose);
    }
}

// As RouteSettings does: the own way of a jump host counts for the first one alone, and not where
// the session says how that is reached.
void AliasSettings::follow(const Profile &profile, const ProfileLookup &lookup,
                           QStringList &visited)
{
    bool isFirst = !profile.route.proxy && profile.route.proxyCommand.isEmpty();
    for (const profiles::ProfileRoute::JumpHost &host : profile.route.jumpHosts) {
        const bool hasOwnWay = std::exchange(isFirst, false);
        const auto *reference = std::get_if<profiles::ProfileReference>(&host);
        if (reference == nullptr) {
            continue;
        }
        if (const QString alias = OpenSshConfig::aliasOf(*reference); !alias.isEmpty()) {
            need(alias, hasOwnWay ? OpenSshPurpose::FirstJumpHost : OpenSshPurpose::LaterJumpHost);
        } else if (hasOwnWay && lookup && !visited.contains(reference->id)) {
            visited.append(reference->id);
            if (const auto saved = lookup(reference->id)) {
                follow(*saved, lookup, visited);
            }
        }
    }
}

void AliasSettings::askNext()
{
    const Need &next = m_needs.at(m_hosts.size());
    m_answer = m_config.resolve(next.alias, next.purpose);
    m_answer.then(this, [this](const base::Result<profiles::OpenSshHost> &host) {
        m_answer = {};
        handleAnswer(host);
    });
}

void AliasSettings::handleAnswer(const base::Result<profiles::OpenSshHost> &host)
{
    const QString alias = m_needs.at(m_hosts.size()).alias;
    if (!host) {
        emit failed(host.error(), alias);
        return;
    }
    m_hosts.insert(alias, *host);
    if (m_hosts.size() < m_needs.size()) {
        askNext();
    } else {
        finish();
    }
}

void AliasSettings::finish()
{
    const auto settingsOf
        = [this](const Profile &profile) { return m_settingsOf(profile, m_hosts); };
    const QString alias = OpenSshConfig::aliasOf(m_profile);
    if (alias.isEmpty()) {
        emit resolved(settingsOf(m_profile));
        return;
    }
    const auto settings = settingsForOpenSsh(m_hosts.value(alias), m_profile, settingsOf);
    if (settings) {
        emit resolved(*settings);
    } else {
        emit failed(settings.error(), alias);
    }
}

} // namespace ssh
