#include "ui/main/SavedTabs.h"

#include "base/DisplayText.h"
#include "profiles/OpenSshConfigScan.h"
#include "profiles/ProfileStore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace ui {
namespace {

constexpr QLatin1StringView versionField("version");
constexpr QLatin1StringView tabsField("tabs");
constexpr QLatin1StringView currentField("current");
constexpr QLatin1StringView aliasField("alias");
constexpr QLatin1StringView profileField("profile");
constexpr QLatin1StringView nameField("name");
constexpr QLatin1StringView viewField("view");
constexpr QLatin1StringView splitsField("splits");
constexpr QLatin1StringView panesField("panes");
constexpr QLatin1StringView loginField("login");
constexpr QLatin1StringView detachedField("detached");

constexpr int formatVersion = 1;
constexpr qsizetype mostTabs = 50;
constexpr qsizetype longestName = 200;
constexpr qint64 largestFile = qint64{4} * 1024 * 1024;

std::optional<SavedTab> tabFrom(const QJsonObject &object)
{
    SavedTab tab;
    tab.alias = object.value(aliasField).toString();
    if (tab.alias.isEmpty()) {
        const auto profile = profiles::Profile::fromJson(object.value(profileField).toObject());
        if (!profile) {
            return std::nullopt;
        }
        tab.profile = *profile;
    } else if (!profiles::isAcceptableAlias(tab.alias)) {
        return std::nullopt;
    }
    tab.name = base::displayText(object.value(nameField).toString().left(longestName));
    tab.view = ViewSwitch::fromName(object.value(viewField).toString());
    tab.splits = SplitLayout::fromJson(object.value(splitsField).toObject());
    tab.panes = SavedPanes::fromJson(object.value(panesField).toObject());
    tab.isDetached = object.value(detachedField).toBool();
    tab.login = std::max(0, object.value(loginField).toInt());
    return tab;
}

QJsonObject toJson(const SavedTab &tab)
{
    QJsonObject object{{viewField, ViewSwitch::name(tab.view)}};
    if (tab.alias.isEmpty()) {
        object.insert(profileField, tab.profile.toJson({}));
    } else {
        object.insert(aliasField, tab.alias);
    }
    if (!tab.name.isEmpty()) {
        object.insert(nameField, tab.name);
    }
    if (const QJsonObject splits = tab.splits.toJson(); !splits.isEmpty()) {
        object.insert(splitsField, splits);
    }
    if (const QJsonObject panes = tab.panes.toJson(); !panes.isEmpty()) {
        object.insert(panesField, panes);
    }
    if (tab.isDetached) {
        object.insert(detachedField, true);
    }
    if (tab.login > 0) {
        object.insert(loginField, tab.login);
    }
    return object;
}

base::Failure<base::Error> failure(const QSaveFile &file)
{
    base::Error error;
    error.kind = base::ErrorKind::Internal;
    error.operation = QStringLiteral("write");
    error.subject = file.fileName();
    error.detail = file.errorString();
    return base::Failure(error);
}

} // namespace

ConnectRequest SavedTab::request(const profiles::ProfileStore &store) const
{
    if (!alias.isEmpty()) {
        return ConnectRequest::forAlias(alias);
    }
    if (const auto stored = store.find(profile.id)) {
        return ConnectRequest::forProfile(*stored, store);
    }
    return {.profile = profile};
}

QString SavedTab::title(const profiles::ProfileStore &store) const
{
    if (!name.isEmpty()) {
        return name;
    }
    return base::displayText(alias.isEmpty() ? store.find(profile.id).value_or(profile).title()
                                             : alias);
}

SavedTabs SavedTabs::load(const QString &path)
{
    SavedTabs result;
    QFile file(path);
    if (path.isEmpty() || !QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        return result;
    }
    const QJsonObject root = QJsonDocument::fromJson(file.read(largestFile)).object();
    if (root.value(versionField).toInt() != formatVersion) {
        return result;
    }
    QList<int> numbers; // of the entries: some may be no tabs
    for (const QJsonValue entry : root.value(tabsField).toArray()) {
        const auto tab = tabFrom(entry.toObject());
        const bool isTab = tab && result.tabs.size() < mostTabs;
        numbers.append(isTab ? static_cast<int>(result.tabs.size()) : -1);
        if (isTab) {
            result.tabs.append(*tab);
        }
    }
    for (SavedTab &tab : result.tabs) {
        tab.panes.renumber(numbers);
    }
    const int last = std::max(0, static_cast<int>(result.tabs.size()) - 1);
    result.current = std::clamp(root.value(currentField).toInt(), 0, last);
    return result;
}

base::Result<void> SavedTabs::save(const QString &path) const
{
    if (!QFileInfo(path).dir().mkpath(QStringLiteral("."))) {
        return base::Failure(
            base::Error::fromErrno(errno, QStringLiteral("create directory for"), path));
    }
    QJsonArray entries;
    for (const SavedTab &tab : tabs.first(std::min(tabs.size(), mostTabs))) {
        entries.append(toJson(tab));
    }
    const QJsonObject root{
        {versionField, formatVersion}, {tabsField, entries}, {currentField, current}};
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return failure(file);
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(root).toJson(QJsonDocument::Indented));
    if (!file.commit()) {
        return failure(file);
    }
    return {};
}

} // namespace ui
