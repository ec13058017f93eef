#include "app/headless/ProfileListing.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "profiles/TargetAddress.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString line(const QString &name, const QString &address, const QString &group)
{
    return base::displayText(name) + u'\t' + base::displayText(address) + u'\t'
        + base::displayText(group) + u'\n';
}

} // namespace

QString profileListing(const profiles::ProfileStore &store, const profiles::OpenSshConfig &openSsh)
{
    QString text;
    for (const profiles::Profile &profile : store.profiles()) {
        const auto effective = profiles::EffectiveProfile::of(profile, store).profile;
        text += line(profile.title(), effective.address().toString(), profile.group);
    }
    for (const QString &alias : openSsh.aliases()) {
        text += line(alias, alias, u"OpenSSH"_s);
    }
    return text;
}

} // namespace app
