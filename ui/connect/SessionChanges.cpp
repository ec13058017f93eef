#include "ui/connect/SessionChanges.h"

#include "base/DisplayText.h"
#include "profiles/SessionOrder.h"

#include <QHash>
#include <QUuid>

#include <algorithm>

namespace ui {
namespace {

using profiles::Profile;
using Sessions = SessionChanges::Sessions;

QSet<Profile::Id> idsOf(const Sessions &sessions)
{
    QSet<Profile::Id> ids;
    for (const Profile &profile : sessions) {
        ids.insert(profile.id);
    }
    return ids;
}

QString titleOf(const Profile &profile)
{
    return base::displayText(profile.title());
}

// Of those in both lists, what leads from `before` to `after`.
QList<profiles::SessionChange> changesOf(const Sessions &before, const Sessions &after)
{
    QHash<Profile::Id, Profile> old;
    for (const Profile &profile : before) {
        old.insert(profile.id, profile);
    }
    QList<profiles::SessionChange> changes;
    for (const Profile &profile : after) {
        const auto found = old.constFind(profile.id);
        if (found != old.cend() && *found != profile) {
            changes.append({.before = *found, .after = profile});
        }
    }
    return changes;
}

void number(Sessions &sessions)
{
    int position = 0;
    for (Profile &profile : sessions) {
        profile.position = ++position;
    }
}

} // namespace

SessionChanges::SessionChanges(profiles::ProfileStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

bool SessionChanges::has(const base::Result<void> &result)
{
    if (!result) {
        emit failed(result.error());
    }
    return result.has_value();
}

// Without a text there is nothing to tell: it can be seen, and the same keys take it back.
bool SessionChanges::saveAll(const Sessions &sessions, const Sessions &before, const QString &text)
{
    if (sessions.isEmpty() || !has(m_store.change(changesOf(before, sessions)))) {
        return false;
    }
    if (!text.isEmpty()) {
        emit done(text, [this, back = changesOf(sessions, before)] { has(m_store.change(back)); });
    }
    return true;
}

void SessionChanges::save(const Profile &profile)
{
    if (const auto before = m_store.find(profile.id)) {
        has(m_store.change({{.before = *before, .after = profile}}));
    }
}

QString SessionChanges::copyName(const Profile &original, const Sessions &copies) const
{
    const auto isTaken = [&](const QString &name) {
        return m_store.findByName(name) || std::ranges::contains(copies, name, &Profile::name);
    };
    QString name = tr("%1 (copy)").arg(original.title());
    for (int number = 2; isTaken(name); ++number) {
        name = tr("%1 (copy %2)").arg(original.title()).arg(number);
    }
    return name;
}

Profile::Id SessionChanges::duplicate(const Sessions &sessions)
{
    Sessions copies;
    for (const Profile &original : sessions) {
        Profile copy = original;
        copy.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        copy.name = copyName(original, copies);
        copy.isPinned = false;
        copies.append(copy);
    }
    if (copies.isEmpty() || !has(m_store.saveAll(copies))) {
        return {};
    }
    emit done(copies.size() == 1
                  ? tr("%1 was made.").arg(titleOf(copies.first()))
                  : tr("%n sessions were duplicated.", nullptr, static_cast<int>(copies.size())),
              [this, ids = idsOf(copies)] {
                  has(m_store.removeAll(ids).transform([](const QJsonArray &) { }));
              });
    return copies.first().id;
}

void SessionChanges::remove(const Sessions &sessions)
{
    if (sessions.isEmpty()) {
        return;
    }
    const auto removed = m_store.removeAll(idsOf(sessions));
    if (!removed) {
        emit failed(removed.error());
        return;
    }
    emit done(sessions.size() == 1
                  ? tr("%1 was deleted.").arg(titleOf(sessions.first()))
                  : tr("%n sessions were deleted.", nullptr, static_cast<int>(sessions.size())),
              [this, entries = *removed] { has(m_store.putBack(entries)); });
}

void SessionChanges::removeGroup(const QString &path)
{
    const auto removal = m_store.removeGroup(path);
    if (!removal) {
        emit failed(removal.error());
        return;
    }
    emit done(tr("The group %1 was deleted; its sessions were kept.").arg(base::displayText(path)),
              [this, removal = *removal] { has(m_store.takeBack(removal)); });
}

void SessionChanges::moveTo(const QString &group, const Sessions &sessions)
{
    Sessions moved = sessions;
    moved.removeIf([&](const Profile &profile) { return profile.group == group; });
    const Sessions before = moved;
    for (Profile &profile : moved) {
        profile.group = group;
        profile.position = 0;
    }
    if (moved.isEmpty()) {
        return;
    }
    const QString where = base::displayText(group);
    const int count = static_cast<int>(moved.size());
    const QString what = count == 1 ? titleOf(moved.first()) : tr("%n sessions", nullptr, count);
    saveAll(moved, before,
            group.isEmpty() ? tr("Moved %1 out of its group.").arg(what)
                            : tr("Moved %1 to %2.").arg(what, where));
}

void SessionChanges::moveGroup(const QString &path, const QString &newPath)
{
    if (newPath != path) {
        has(m_store.moveGroup(path, newPath));
    }
}

void SessionChanges::placeBefore(const Profile::Id &next, const QString &group,
                                 const Sessions &sessions)
{
    const QSet<Profile::Id> ids = idsOf(sessions);
    if (sessions.isEmpty() || ids.contains(next)) {
        return; // dropped where it is
    }
    Sessions order = profiles::sessionsOf(group, m_store);
    Sessions before = order;
    order.removeIf([&](const Profile &profile) { return ids.contains(profile.id); });
    auto place = std::ranges::find(order, next, &Profile::id) - order.begin();
    for (Profile profile : sessions) {
        if (profile.group != group) {
            before.append(profile);
        }
        profile.group = group;
        order.insert(place++, profile);
    }
    number(order);
    saveAll(order, before,
            sessions.size() == 1
                ? tr("Moved %1.").arg(titleOf(sessions.first()))
                : tr("Moved %n sessions.", nullptr, static_cast<int>(sessions.size())));
}

void SessionChanges::step(const Profile &profile, int by)
{
    Sessions order = profiles::sessionsOf(profile.group, m_store);
    const qsizetype from = std::ranges::find(order, profile.id, &Profile::id) - order.begin();
    const qsizetype to = from + by;
    if (from == order.size() || to < 0 || to >= order.size()) {
        return;
    }
    const Sessions before = order;
    order.swapItemsAt(from, to);
    number(order);
    saveAll(order, before, {});
}

void SessionChanges::sortByName(const QString &group)
{
    const Sessions before = profiles::sessionsOf(group, m_store);
    Sessions sorted = before;
    for (Profile &profile : sorted) {
        profile.position = 0;
    }
    if (sorted != before) {
        saveAll(sorted, before, tr("The sessions stand by their names again."));
    }
}

bool SessionChanges::change(const Sessions &sessions, const Sessions &before)
{
    return saveAll(sessions, before,
                   tr("%n sessions were changed.", nullptr, static_cast<int>(sessions.size())));
}

void SessionChanges::tellImported(const profiles::ProfileStore::GroupContent &content)
{
    const int count = static_cast<int>(content.profiles.size());
    emit done(count == 1 ? tr("%1 was imported.").arg(titleOf(content.profiles.first()))
                         : tr("%n sessions were imported.", nullptr, count),
              [this, content] { has(m_store.forget(content)); });
}

void SessionChanges::setPinned(const Sessions &sessions, bool isPinned)
{
    Sessions changed = sessions;
    for (Profile &profile : changed) {
        profile.isPinned = isPinned;
    }
    saveAll(changed, sessions, {});
}

} // namespace ui
