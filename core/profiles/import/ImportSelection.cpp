#include "profiles/import/ImportSelection.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/ProxyText.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

// Equal for what leads to the same account on the same way.
QString keyOf(const Profile &profile, const QHash<Profile::Id, QString> &addresses)
{
    QStringList parts{profile.user, profile.host.toLower(), QString::number(profile.port)};
    for (const ProfileRoute::JumpHost &host : profile.route.jumpHosts) {
        const auto *reference = std::get_if<ProfileReference>(&host);
        parts.append(reference == nullptr ? std::get<TargetAddress>(host).toString()
                                          : addresses.value(reference->id));
    }
    parts.append(profile.route.proxy ? proxyText(*profile.route.proxy) : QString());
    parts.append(profile.route.proxyCommand);
    return parts.join(u'\n');
}

QHash<Profile::Id, QString> addressesOf(const QList<Profile> &profiles)
{
    QHash<Profile::Id, QString> addresses;
    for (const Profile &profile : profiles) {
        addresses.insert(profile.id, profile.address().toString());
    }
    return addresses;
}

// With what the groups of the file give it.
Profile effective(Profile profile, const QMap<QString, Profile> &groups)
{
    for (const InheritableField &field : Profile::inheritableFields()) {
        QString path = field.isOwn(profile) ? QString() : profile.group;
        while (!path.isEmpty() && !field.isOwn(groups.value(path))) {
            path = parentGroup(path);
        }
        if (!path.isEmpty()) {
            field.copy(profile, groups.value(path));
        }
    }
    return profile;
}

class Selection
{
public:
    Selection(const ImportedSessions &imported, const QSet<qsizetype> &chosen, QString group,
              const ProfileStore &store)
        : m_group(std::move(group))
        , m_groups(imported.groups)
        , m_store(store)
    {
        for (qsizetype index = 0; index < imported.sessions.size(); ++index) {
            const ImportedSession &session = imported.sessions.at(index);
            m_all.insert(session.profile.id, &session);
            if (session.isPossible() && chosen.contains(index)) {
                m_chosen.append(&session);
                m_ids.insert(session.profile.id);
            }
        }
        for (const Profile &profile : store.profiles()) {
            m_names.insert(profile.name.toLower());
        }
    }

    ProfileStore::GroupContent content()
    {
        ProfileStore::GroupContent content;
        for (const ImportedSession *session : std::as_const(m_chosen)) {
            content.profiles.append(stored(session->profile));
        }
        addGroups(content);
        for (Profile &profile : content.profiles) {
            keepPort(profile);
        }
        return content;
    }

private:
    Profile stored(Profile profile)
    {
        profile.group = within(profile.group);
        profile.name = freeName(profile.name);
        profile.route.jumpHosts = jumpHosts(profile.route.jumpHosts);
        return profile;
    }

    QString within(const QString &path) const
    {
        return normalizedGroup(QString(m_group + u'/' + path));
    }

    QString freeName(const QString &name)
    {
        QString result = name;
        for (int number = 2; !name.isEmpty() && m_names.contains(result.toLower()); ++number) {
            result = name + u" (%1)"_s.arg(number);
        }
        m_names.insert(result.toLower());
        return result;
    }

    // To the session as it is stored; the address of one that was not chosen.
    QList<ProfileRoute::JumpHost> jumpHosts(QList<ProfileRoute::JumpHost> hosts) const
    {
        for (ProfileRoute::JumpHost &host : hosts) {
            auto *reference = std::get_if<ProfileReference>(&host);
            const ImportedSession *other
                = reference == nullptr ? nullptr : m_all.value(reference->id);
            if (other == nullptr || m_ids.contains(reference->id)) {
                continue;
            }
            if (!other->knownId.isEmpty()) {
                reference->id = other->knownId;
            } else {
                host = effective(other->profile, m_groups).address();
            }
        }
        return hosts;
    }

    // Those that the chosen sessions stand in, and what is above.
    void addGroups(ProfileStore::GroupContent &content) const
    {
        const QStringList known = m_store.groups();
        for (auto group = m_groups.begin(); group != m_groups.end(); ++group) {
            const QString path = within(group.key());
            const bool isUsed = std::ranges::any_of(content.profiles, [&](const Profile &profile) {
                return profile.group == path || profile.group.startsWith(path + u'/');
            });
            if (isUsed && !known.contains(path)) {
                Profile defaults = group.value();
                defaults.route.jumpHosts = jumpHosts(defaults.route.jumpHosts);
                content.groups.insert(path, defaults);
            }
        }
    }

    // Port 22 of the file is not to become that of a group here.
    void keepPort(Profile &profile) const
    {
        if (EffectiveProfile::of(profile, m_store).profile.port != profile.port) {
            profile.keepDefault(fields::port, true);
        }
    }

    const QString m_group;
    const QMap<QString, Profile> m_groups;
    const ProfileStore &m_store;
    QHash<Profile::Id, const ImportedSession *> m_all;
    QList<const ImportedSession *> m_chosen;
    QSet<Profile::Id> m_ids; // of the chosen ones
    QSet<QString> m_names; // that are taken, in lower case
};

} // namespace

void markKnown(ImportedSessions &imported, const ProfileStore &store)
{
    QList<Profile> saved;
    for (const Profile &profile : store.profiles()) {
        saved.append(EffectiveProfile::of(profile, store).profile);
    }
    const auto addresses = addressesOf(saved);
    QHash<QString, const Profile *> byKey;
    for (const Profile &profile : std::as_const(saved)) {
        byKey.insert(keyOf(profile, addresses), &profile);
    }
    QList<Profile> foreign;
    for (const ImportedSession &session : std::as_const(imported.sessions)) {
        foreign.append(effective(session.profile, imported.groups));
    }
    const auto foreignAddresses = addressesOf(foreign);
    for (qsizetype index = 0; index < foreign.size(); ++index) {
        ImportedSession &session = imported.sessions[index];
        const Profile *known = byKey.value(keyOf(foreign.at(index), foreignAddresses));
        session.knownAs = known == nullptr ? QString() : known->title();
        session.knownId = known == nullptr ? QString() : known->id;
    }
}

ProfileStore::GroupContent storedSessions(const ImportedSessions &imported,
                                          const QSet<qsizetype> &chosen, const QString &group,
                                          const ProfileStore &store)
{
    return Selection(imported, chosen, group, store).content();
}

} // namespace profiles
