#include "profiles/import/PontoImport.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;

// A jump host that is not in the file could be any session here with that id.
void renewReferences(ImportedSession &session, const QHash<Profile::Id, Profile::Id> &ids)
{
    for (ProfileRoute::JumpHost &host : session.profile.route.jumpHosts) {
        auto *reference = std::get_if<ProfileReference>(&host);
        if (reference == nullptr) {
            continue;
        }
        if (ids.contains(reference->id)) {
            reference->id = ids.value(reference->id);
        } else {
            session.hinder(Obstacle::BadRoute, reference->id);
        }
    }
}

void renewReferences(Profile &group, const QHash<Profile::Id, Profile::Id> &ids)
{
    for (ProfileRoute::JumpHost &host : group.route.jumpHosts) {
        if (auto *reference = std::get_if<ProfileReference>(&host)) {
            reference->id = ids.value(reference->id); // none leads nowhere, and says so
        }
    }
}

} // namespace

std::optional<ImportedSessions> pontoSessions(QByteArrayView content)
{
    const QJsonObject root = QJsonDocument::fromJson(content.toByteArray()).object();
    if (!root.value("version"_L1).isDouble() || !root.value("profiles"_L1).isArray()) {
        return std::nullopt;
    }
    ImportedSessions result;
    QHash<Profile::Id, Profile::Id> ids;
    for (const QJsonValue entry : root.value("profiles"_L1).toArray()) {
        ImportedSession session = importedSession();
        const auto profile = Profile::fromJson(entry.toObject());
        if (profile) {
            ids.insert(profile->id, session.profile.id);
            const QString id = std::exchange(session.profile, *profile).id;
            session.profile.id = id;
            session.profile.isPinned = false;
            session.profile.position = 0;
            session.runsProgram = !profile->route.proxyCommand.isEmpty();
        } else {
            session.setName(entry.toObject().value("name"_L1).toString());
            session.hinder(Obstacle::Incomplete);
        }
        if (!result.add(std::move(session))) {
            break;
        }
    }
    for (ImportedSession &session : result.sessions) {
        renewReferences(session, ids);
    }
    const QJsonObject groups = root.value("groups"_L1).toObject();
    for (auto group = groups.begin(); group != groups.end(); ++group) {
        if (const QString path = normalizedGroup(group.key()); !path.isEmpty()) {
            Profile defaults = Profile::defaultsFromJson(group.value().toObject());
            renewReferences(defaults, ids);
            result.groups.insert(path, defaults);
        }
    }
    for (ImportedSession &session : result.sessions) {
        for (QString path = session.profile.group; !path.isEmpty(); path = parentGroup(path)) {
            session.runsProgram |= !result.groups.value(path).route.proxyCommand.isEmpty();
        }
    }
    return result;
}

} // namespace profiles
