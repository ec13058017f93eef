// SavedPanes: the tabs of the file panes of a session, to be shown again another time: whose files,
// and which directories. A part of SavedTab.

#pragma once

#include "files/FilePath.h"

#include <QJsonObject>
#include <QList>

#include <memory>

namespace ui {

class FilesView;
class PanePlace;

struct SavedPane
{
    enum class Of { ThisComputer, Session, OtherTab };

    Of of = Of::ThisComputer;
    int tab = 0; // whose server it is, if that is of another tab: counted as in SavedTabs
    files::FilePath directory; // absolute; empty: where the login starts

    friend bool operator==(const SavedPane &, const SavedPane &) = default;
};

struct SavedSide
{
    QList<SavedPane> panes; // 20 at most; none: as a new session begins
    int current = 0; // the one in front

    friend bool operator==(const SavedSide &, const SavedSide &) = default;
};

struct SavedPanes
{
    // The server of each tab of the window, in the order of SavedTabs.
    using Servers = QList<std::shared_ptr<PanePlace>>;

    SavedSide left;
    SavedSide right;

    // Files as another user are those of the login another time. A pane of a server that has no tab
    // is left out.
    static SavedPanes of(const FilesView &view, const Servers &servers);

    // Connects nowhere: a pane of a server that is not connected shows its directory once it is.
    void show(FilesView &view, const Servers &servers) const;

    // Whatever a file may hold: what makes no sense is left out.
    static SavedPanes fromJson(const QJsonObject &object);
    QJsonObject toJson() const;

    // The tabs have other numbers: that of each by its old one, or -1 if there is no such any more.
    void renumber(const QList<int> &numbers);

    friend bool operator==(const SavedPanes &, const SavedPanes &) = default;
};

} // namespace ui
