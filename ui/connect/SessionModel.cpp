#include "ui/connect/SessionModel.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "profiles/TargetAddress.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QCollator>
#include <QGuiApplication>

#include <algorithm>

namespace ui {
namespace {

using profiles::Profile;

QStandardItem *createItem(SessionModel::Kind kind, const QString &id, const QString &name)
{
    auto *item = new QStandardItem(name);
    item->setData(static_cast<int>(kind), SessionModel::KindRole);
    item->setData(id, SessionModel::IdRole);
    item->setData(name, SessionModel::SearchRole);
    item->setEditable(kind == SessionModel::Kind::Session || kind == SessionModel::Kind::Group);
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
        break;
    }
    return false;
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    const auto kind = static_cast<Kind>(QStandardItemModel::data(index, KindRole).toInt());
    const bool isGroup = kind == Kind::Group || kind == Kind::OpenSsh;
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
        if (isGroup) {
            return Icons::icon(QStringLiteral("folder"));
        }
        return isConnected(index)
            ? Icons::icon(QStringLiteral("server"),
                          Theme::color(Theme::Meaning::Ok, QGuiApplication::palette()))
            : Icons::icon(QStringLiteral("server"));
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

void SessionModel::reload()
{
    // "web2" before "web10", which the C locale does not know.
    const QLocale locale;
    QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    emit aboutToReload();
    m_groups.clear();
    clear();
    QStringList groups = m_store.groups();
    std::ranges::stable_sort(groups, [&](const QString &first, const QString &second) {
        return collator.compare(first, second) < 0;
    });
    for (const QString &path : std::as_const(groups)) {
        itemOfGroup(path);
    }
    addSessions(collator);
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

void SessionModel::addSessions(const QCollator &collator)
{
    QList<Profile> sorted = m_store.profiles();
    std::ranges::stable_sort(sorted, [&](const Profile &first, const Profile &second) {
        return collator.compare(first.title(), second.title()) < 0;
    });
    for (const Profile &profile : std::as_const(sorted)) {
        const Profile effective = profiles::EffectiveProfile::of(profile, m_store).profile;
        const QString address = base::displayText(effective.address().toString());
        QStandardItem *item = createItem(Kind::Session, profile.id, profile.title());
        item->setData(address, AddressRole);
        item->setData(QString(profile.title() + u' ' + address + u' ' + profile.notes), SearchRole);
        itemOfGroup(profile.group)->appendRow(item);
    }
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
