#include "ui/connect/SessionModel.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "profiles/SessionOrder.h"
#include "profiles/SessionSearch.h"
#include "profiles/TargetAddress.h"
#include "ui/connect/SessionColor.h"
#include "ui/connect/SessionIcon.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>

#include <algorithm>

namespace ui {
namespace {

using profiles::Profile;

constexpr qsizetype mostRecent = 5;
constexpr QLatin1StringView mimeType("application/x-ponto-sessions");
constexpr QLatin1StringView sessionsField("sessions");
constexpr QLatin1StringView groupsField("groups");

QStandardItem *createItem(SessionModel::Kind kind, const QString &id, const QString &name)
{
    auto *item = new QStandardItem(name);
    item->setData(static_cast<int>(kind), SessionModel::KindRole);
    item->setData(id, SessionModel::IdRole);
    item->setData(name, SessionModel::SearchRole);
    const bool isOurs = kind == SessionModel::Kind::Session || kind == SessionModel::Kind::Group;
    item->setEditable(isOurs);
    item->setDragEnabled(isOurs);
    item->setDropEnabled(kind == SessionModel::Kind::Group || kind == SessionModel::Kind::Pinned);
    return item;
}

QString nameOfGroup(const QString &path)
{
    return path.section(u'/', -1);
}

} // namespace

SessionModel::SessionModel(const profiles::ProfileStore &store, QObject *parent)
    : QStandardItemModel(parent)
    , m_store(store)
{
    connect(&store, &profiles::ProfileStore::changed, this, &SessionModel::reload);
    reload();
}

void SessionModel::setOpenSsh(const profiles::OpenSshConfig *openSsh)
{
    m_openSsh = openSsh;
    if (openSsh != nullptr) {
        connect(openSsh, &profiles::OpenSshConfig::changed, this, &SessionModel::reload);
    }
    reload();
}

void SessionModel::setConnected(const QSet<Profile::Id> &ids)
{
    m_connected = ids;
    const auto repaint = [this](const QModelIndex &parent, const auto &self) -> void {
        const int rows = rowCount(parent);
        if (rows > 0) {
            emit dataChanged(index(0, 0, parent), index(rows - 1, 0, parent));
        }
        for (int row = 0; row < rows; ++row) {
            self(index(row, 0, parent), self);
        }
    };
    repaint({}, repaint);
}

SessionModel::Kind SessionModel::kindOf(const QModelIndex &index)
{
    return static_cast<Kind>(index.data(KindRole).toInt());
}

bool SessionModel::isConnected(const QModelIndex &index) const
{
    const QString id = QStandardItemModel::data(index, IdRole).toString();
    switch (kindOf(index)) {
    case Kind::Session:
        return m_connected.contains(id);
    case Kind::Alias:
        return m_connected.contains(profiles::OpenSshConfig::profileFor(id).id);
    case Kind::Group:
    case Kind::OpenSsh:
    case Kind::Pinned:
    case Kind::Recent:
        break;
    }
    return false;
}

// Of its icon: that of what is connected, or else its own, if it has one.
QColor SessionModel::colorOf(const QModelIndex &index) const
{
    const QPalette palette = QGuiApplication::palette();
    return isConnected(index)
        ? Theme::color(Theme::Meaning::Ok, palette)
        : sessionColor(QStandardItemModel::data(index, ColorRole).toString(), palette);
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    const auto kind = static_cast<Kind>(QStandardItemModel::data(index, KindRole).toInt());
    const bool isSession = kind == Kind::Session || kind == Kind::Alias;
    switch (role) {
    case Qt::DisplayRole:
        return base::displayText(QStandardItemModel::data(index, Qt::DisplayRole).toString());
    case Qt::ToolTipRole: {
        const QString text = QStandardItemModel::data(index, AddressRole).toString();
        return isConnected(index) ? tr("%1, connected").arg(text) : text;
    }
    case Qt::AccessibleDescriptionRole:
        return isConnected(index) ? tr("connected") : QString();
    case Qt::DecorationRole:
        if (kind == Kind::Pinned) {
            return Icons::icon(QStringLiteral("pin"));
        }
        if (!isSession) {
            return Icons::icon(QStringLiteral("folder"));
        }
        return sessionIcon(QStandardItemModel::data(index, IconRole).toString(), colorOf(index));
    default:
        return QStandardItemModel::data(index, role);
    }
}

bool SessionModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty() || name == data(index, Qt::EditRole).toString()) {
        return false;
    }
    const QString id = data(index, IdRole).toString();
    if (kindOf(index) == Kind::Group) {
        const QString newPath
            = profiles::normalizedGroup(QString(profiles::parentGroup(id) + u'/' + name));
        if (newPath.isEmpty() || newPath == id) {
            return false;
        }
        emit groupRenameRequested(id, newPath);
        return true;
    }
    auto profile = m_store.find(id);
    if (!profile) {
        return false;
    }
    profile->name = name;
    emit renameRequested(*profile);
    return true;
}

void SessionModel::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    if (!isHeld && m_isStale) {
        reload();
    }
}

void SessionModel::reload()
{
    m_isStale = m_isHeld;
    if (m_isHeld) {
        return;
    }
    const QCollator collator = profiles::titleCollator();
    emit aboutToReload();
    m_groups.clear();
    clear();
    QStringList groups = m_store.groups();
    std::ranges::stable_sort(groups, [&](const QString &first, const QString &second) {
        return collator.compare(first, second) < 0;
    });
    addSections();
    for (const QString &path : std::as_const(groups)) {
        itemOfGroup(path);
    }
    addSessions();
    addAliases();
    emit reloaded();
}

QStandardItem *SessionModel::itemOfGroup(const QString &path)
{
    if (path.isEmpty()) {
        return invisibleRootItem();
    }
    if (QStandardItem *known = m_groups.value(path)) {
        return known;
    }
    QStandardItem *parent = itemOfGroup(profiles::parentGroup(path));
    QStandardItem *item = createItem(Kind::Group, path, nameOfGroup(path));
    item->setData(base::displayText(path), AddressRole);
    m_groups.insert(path, item);
    parent->appendRow(item);
    return item;
}

QStandardItem *SessionModel::createSession(const Profile &profile) const
{
    const Profile effective = profiles::EffectiveProfile::of(profile, m_store).profile;
    const QString address = base::displayText(effective.address().toString());
    QStandardItem *item = createItem(Kind::Session, profile.id, profile.title());
    item->setData(address, AddressRole);
    item->setData(effective.color, ColorRole);
    item->setData(effective.icon, IconRole);
    item->setData(profiles::searchText(profile, m_store), SearchRole);
    return item;
}

void SessionModel::addSessions()
{
    QList<Profile> sorted = m_store.profiles();
    profiles::sortAsShown(sorted);
    for (const Profile &profile : std::as_const(sorted)) {
        itemOfGroup(profile.group)->appendRow(createSession(profile));
    }
}

// The filter passes them over, for it finds the same sessions in their groups.
void SessionModel::addSections()
{
    const auto add = [this](Kind kind, const QString &id, const QString &name,
                            const QList<QStandardItem *> &items) {
        if (items.isEmpty()) {
            return;
        }
        QStandardItem *section = createItem(kind, id, name);
        section->setData(QString(), SearchRole);
        for (QStandardItem *item : items) {
            item->setData(QString(), SearchRole);
            item->setData(id, SectionRole);
            section->appendRow(item);
        }
        invisibleRootItem()->appendRow(section);
    };
    QList<Profile> pinned = m_store.profiles();
    pinned.removeIf([](const Profile &profile) { return !profile.isPinned; });
    profiles::sortAsShown(pinned);
    QList<QStandardItem *> items;
    for (const Profile &profile : std::as_const(pinned)) {
        items.append(createSession(profile));
    }
    add(Kind::Pinned, pinnedSection, tr("Pinned"), items);

    items.clear();
    for (const QString &id : std::as_const(m_recent)) {
        const auto profile = m_store.find(id);
        if (profile && items.size() < mostRecent) {
            items.append(createSession(*profile));
        }
    }
    add(Kind::Recent, recentSection, tr("Recent"), items);
}

void SessionModel::setRecent(const QStringList &ids)
{
    if (ids != m_recent) {
        m_recent = ids;
        reload();
    }
}

QStringList SessionModel::mimeTypes() const
{
    return {mimeType};
}

QMimeData *SessionModel::mimeData(const QModelIndexList &indexes) const
{
    QJsonArray sessions;
    QJsonArray groups;
    for (const QModelIndex &index : indexes) {
        const QString id = index.data(IdRole).toString();
        if (kindOf(index) == Kind::Session && !sessions.contains(id)) {
            sessions.append(id);
        } else if (kindOf(index) == Kind::Group) {
            groups.append(id);
        }
    }
    auto *data = new QMimeData; // the caller's
    data->setData(
        mimeType,
        QJsonDocument(QJsonObject{{sessionsField, sessions}, {groupsField, groups}}).toJson());
    return data;
}

// Rows are read again while this is told, so that the view must be done with the drop by then: its
// owner connects by the event loop.
bool SessionModel::dropMimeData(const QMimeData *data, Qt::DropAction, int row, int,
                                const QModelIndex &parent)
{
    const QJsonObject dragged = QJsonDocument::fromJson(data->data(mimeType)).object();
    QStringList ids;
    for (const QJsonValue id : dragged.value(sessionsField).toArray()) {
        ids.append(id.toString());
    }
    if (parent.isValid() && kindOf(parent) == Kind::Pinned) {
        emit sessionsPinned(ids);
        return true;
    }
    const QString group = parent.isValid() ? parent.data(IdRole).toString() : QString();
    if (!ids.isEmpty()) {
        const QModelIndex next = row < 0 ? QModelIndex() : index(row, 0, parent);
        const bool isSession = next.isValid() && kindOf(next) == Kind::Session;
        const bool isEnd = row >= rowCount(parent) || (row >= 0 && kindOf(next) == Kind::OpenSsh);
        emit sessionsDropped(ids, group, isSession ? next.data(IdRole).toString() : QString(),
                             isSession || isEnd);
    }
    for (const QJsonValue path : dragged.value(groupsField).toArray()) {
        emit groupDropped(path.toString(), group);
    }
    return true;
}

void SessionModel::addAliases()
{
    if (m_openSsh == nullptr || m_openSsh->aliases().isEmpty()) {
        return;
    }
    QStandardItem *group = createItem(Kind::OpenSsh, {}, tr("OpenSSH"));
    group->setData(m_openSsh->hasClient()
                       ? tr("The hosts of ~/.ssh/config")
                       : tr("The hosts of ~/.ssh/config. OpenSSH's client is not installed: only "
                            "plain Host blocks count, Match blocks do not."),
                   AddressRole);
    for (const QString &alias : m_openSsh->aliases()) {
        QStandardItem *item = createItem(Kind::Alias, alias, alias);
        item->setData(tr("%1 of ~/.ssh/config").arg(base::displayText(alias)), AddressRole);
        group->appendRow(item);
    }
    invisibleRootItem()->appendRow(group);
}

} // namespace ui
