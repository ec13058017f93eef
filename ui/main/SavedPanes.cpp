#include "ui/main/SavedPanes.h"

#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PaneTabs.h"
#include "ui/main/ServerPlace.h"
#include "ui/main/UserPlace.h"

#include <QJsonArray>

#include <algorithm>
#include <optional>

namespace ui {
namespace {

constexpr QLatin1StringView leftField("left");
constexpr QLatin1StringView rightField("right");
constexpr QLatin1StringView paneListField("tabs");
constexpr QLatin1StringView frontField("current");
constexpr QLatin1StringView placeField("place");
constexpr QLatin1StringView tabField("tab");
constexpr QLatin1StringView directoryField("directory");
constexpr QLatin1StringView placeHere("local");
constexpr QLatin1StringView placeOfSession("session");
constexpr QLatin1StringView placeOfOtherTab("other");

constexpr qsizetype mostPanes = 20; // of a side
constexpr qsizetype longestPath = 4096; // PATH_MAX of Linux

const PanePlace *loginOf(const PanePlace *place)
{
    const auto *user = dynamic_cast<const UserPlace *>(place);
    return user != nullptr ? user->login().get() : place;
}

std::optional<SavedPane> paneOf(const FilePane &pane, const FilesView &view,
                                const SavedPanes::Servers &servers)
{
    SavedPane saved;
    saved.directory = pane.directoryToResume();
    const PanePlace *place = loginOf(pane.place().get());
    if (place->kind() == Place::ThisComputer) {
        return saved;
    }
    if (place == view.serverPlace().get()) {
        saved.of = SavedPane::Of::Session;
        return saved;
    }
    const auto found = std::ranges::find(servers, place, &std::shared_ptr<PanePlace>::get);
    saved.of = SavedPane::Of::OtherTab;
    saved.tab = static_cast<int>(found - servers.begin());
    return found == servers.end() ? std::nullopt : std::optional(saved);
}

SavedSide sideOf(const PaneTabs &side, const FilesView &view, const SavedPanes::Servers &servers)
{
    SavedSide saved;
    for (const FilePane *pane : side.panes()) {
        const auto one = paneOf(*pane, view, servers);
        if (!one || saved.panes.size() == mostPanes) {
            continue;
        }
        if (pane == &side.current()) {
            saved.current = static_cast<int>(saved.panes.size());
        }
        saved.panes.append(*one);
    }
    return saved;
}

void showSide(PaneTabs &side, const SavedSide &saved, const FilesView &view,
              const SavedPanes::Servers &servers)
{
    QList<PaneTabs::Tab> tabs;
    for (const SavedPane &pane : saved.panes) {
        const auto place = pane.of == SavedPane::Of::ThisComputer ? view.localPlace()
            : pane.of == SavedPane::Of::Session                   ? view.serverPlace()
                                                                  : servers.value(pane.tab);
        tabs.append({place != nullptr ? place : view.localPlace(),
                     place != nullptr ? pane.directory : files::FilePath()});
    }
    side.restore(tabs, saved.current);
}

// Percent-encoded in the file, for a path need not be text.
files::FilePath directoryFrom(const QJsonValue &value)
{
    const files::FilePath path(QByteArray::fromPercentEncoding(value.toString().toLatin1()));
    const bool isPath
        = path.isAbsolute() && path.bytes().size() <= longestPath && !path.bytes().contains('\0');
    return isPath ? path.normalized() : files::FilePath();
}

std::optional<SavedPane> paneFrom(const QJsonObject &object)
{
    SavedPane pane;
    const QString place = object.value(placeField).toString();
    if (place == placeOfSession) {
        pane.of = SavedPane::Of::Session;
    } else if (place == placeOfOtherTab) {
        pane.of = SavedPane::Of::OtherTab;
        pane.tab = object.value(tabField).toInt(-1);
    } else if (place != placeHere) {
        return std::nullopt;
    }
    pane.directory = directoryFrom(object.value(directoryField));
    return pane.tab < 0 ? std::nullopt : std::optional(pane);
}

QJsonObject toJson(const SavedPane &pane)
{
    QJsonObject object{
        {directoryField, QString::fromLatin1(pane.directory.bytes().toPercentEncoding("/"))}};
    switch (pane.of) {
    case SavedPane::Of::ThisComputer:
        object.insert(placeField, placeHere);
        break;
    case SavedPane::Of::Session:
        object.insert(placeField, placeOfSession);
        break;
    case SavedPane::Of::OtherTab:
        object.insert(placeField, placeOfOtherTab);
        object.insert(tabField, pane.tab);
        break;
    }
    return object;
}

void clampCurrent(SavedSide &side)
{
    const int last = std::max(0, static_cast<int>(side.panes.size()) - 1);
    side.current = std::clamp(side.current, 0, last);
}

SavedSide sideFrom(const QJsonObject &object)
{
    SavedSide side;
    for (const QJsonValue entry : object.value(paneListField).toArray()) {
        const auto pane = paneFrom(entry.toObject());
        if (pane && side.panes.size() < mostPanes) {
            side.panes.append(*pane);
        }
    }
    side.current = object.value(frontField).toInt();
    clampCurrent(side);
    return side;
}

QJsonObject toJson(const SavedSide &side)
{
    QJsonArray panes;
    for (const SavedPane &pane : side.panes) {
        panes.append(toJson(pane));
    }
    return {{paneListField, panes}, {frontField, side.current}};
}

} // namespace

SavedPanes SavedPanes::of(const FilesView &view, const Servers &servers)
{
    return {sideOf(view.leftSide(), view, servers), sideOf(view.rightSide(), view, servers)};
}

void SavedPanes::show(FilesView &view, const Servers &servers) const
{
    showSide(view.leftSide(), left, view, servers);
    showSide(view.rightSide(), right, view, servers);
}

SavedPanes SavedPanes::fromJson(const QJsonObject &object)
{
    return {sideFrom(object.value(leftField).toObject()),
            sideFrom(object.value(rightField).toObject())};
}

QJsonObject SavedPanes::toJson() const
{
    if (left.panes.isEmpty() && right.panes.isEmpty()) {
        return {};
    }
    return {{leftField, ui::toJson(left)}, {rightField, ui::toJson(right)}};
}

void SavedPanes::renumber(const QList<int> &numbers)
{
    for (SavedSide *side : {&left, &right}) {
        for (SavedPane &pane : side->panes) {
            if (pane.of == SavedPane::Of::OtherTab) {
                pane.tab = numbers.value(pane.tab, -1);
            }
        }
        side->panes.removeIf([](const SavedPane &pane) { return pane.tab < 0; });
        clampCurrent(*side);
    }
}

} // namespace ui
