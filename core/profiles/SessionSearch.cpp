#include "profiles/SessionSearch.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "profiles/ProxyText.h"

#include <QStringList>

namespace profiles {
namespace {

QString textOf(const ProfileRoute::JumpHost &host, const ProfileStore &store)
{
    const auto *reference = std::get_if<ProfileReference>(&host);
    if (reference == nullptr) {
        return std::get<TargetAddress>(host).toString();
    }
    const auto saved = store.find(reference->id);
    return saved ? saved->title() : OpenSshConfig::aliasOf(*reference);
}

} // namespace

QString searchText(const Profile &profile, const ProfileStore &store)
{
    const Profile effective = EffectiveProfile::of(profile, store).profile;
    QStringList words{profile.title(),
                      effective.address().toString(),
                      profile.notes,
                      effective.startupCommand,
                      effective.sftpServer,
                      QString(name(effective.environmentClass)),
                      effective.route.proxyCommand,
                      effective.route.proxy ? proxyText(*effective.route.proxy) : QString()};
    words += effective.tags + effective.identityFiles + effective.environment;
    for (const ProfileRoute::JumpHost &host : effective.route.jumpHosts) {
        words.append(textOf(host, store));
    }
    for (const Forward &forward : effective.forwards) {
        words.append(forward.toString());
    }
    words.removeAll(QString());
    return words.join(u' ').replace(u'\n', u' ');
}

} // namespace profiles
