#include "ui/connect/SessionModel.h"

#include "base/DisplayText.h"
#include "profiles/ProfileStore.h"
#include "profiles/TargetAddress.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QCollator>
#include <QGuiApplication>

#include <algorithm>

namespace ui {

SessionModel::SessionModel(const profiles::ProfileStore &store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    connect(&store, &profiles::ProfileStore::changed, this, &SessionModel::reload);
    reload();
}

void SessionModel::setConnected(const QSet<profiles::Profile::Id> &ids)
{
    m_connected = ids;
    if (!m_profiles.isEmpty()) {
        emit dataChanged(index(0), index(rowCount() - 1));
    }
}

int SessionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_profiles.size());
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    const profiles::Profile &profile = m_profiles.at(index.row());
    const bool isConnected = m_connected.contains(profile.id);
    const QString address = base::displayText(profile.address().toString());
    switch (role) {
    case Qt::DisplayRole:
        return base::displayText(profile.title());
    case Qt::EditRole:
        return profile.title();
    case Qt::ToolTipRole:
        return isConnected ? tr("%1, connected").arg(address) : address;
    case Qt::AccessibleDescriptionRole:
        return isConnected ? tr("connected") : QString();
    case Qt::DecorationRole:
        return isConnected
            ? Icons::icon(QStringLiteral("server"),
                          Theme::color(Theme::Meaning::Ok, QGuiApplication::palette()))
            : Icons::icon(QStringLiteral("server"));
    case IdRole:
        return profile.id;
    case SearchRole:
        return QString(profile.title() + u' ' + address + u' ' + profile.notes);
    default:
        return {};
    }
}

bool SessionModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    profiles::Profile profile = m_profiles.at(index.row());
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty() || name == profile.title()) {
        return false;
    }
    profile.name = name;
    emit renameRequested(profile);
    return true;
}

Qt::ItemFlags SessionModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

void SessionModel::reload()
{
    // "web2" before "web10", which the C locale does not know.
    const QLocale locale;
    QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    beginResetModel();
    m_profiles = m_store.profiles();
    std::ranges::stable_sort(m_profiles, [&](const auto &first, const auto &second) {
        return collator.compare(first.title(), second.title()) < 0;
    });
    endResetModel();
}

} // namespace ui
