// FilePane: the files of one directory of a place, and what can be done to them. A FilesView has
// two of them side by side, or several.

#pragma once

#include "base/Error.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "files/FileSystem.h"
#include "files/SearchQuery.h"
#include "ui/files/FileDrag.h"
#include "ui/files/FileListView.h"
#include "ui/files/PanePlace.h"
#include "ui/files/PathHistory.h"
#include "ui/units/SizeText.h"

#include <QSet>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QMenu;
class QStackedWidget;
class QVBoxLayout;

namespace ui {

class DirectoryLoader;
class ErrorBanner;
class FileChanges;
class FileListModel;
class FilterBar;
class NoticeBar;
class PaneActions;
class PaneBookmarks;
class PaneCommands;
class PaneHeader;
class PanePlaceholder;
class PaneSheets;
class PaneStatus;
class Sheet;

class FilePane final : public QWidget
{
    Q_OBJECT

public:
    // `idPrefix` begins the object names, whatever the pane shows: "local" at the left, "remote" at
    // the right. Goes to the login directory of the place unless goTo() says otherwise.
    FilePane(const QString &idPrefix, std::shared_ptr<PanePlace> place, QWidget *parent = nullptr);
    ~FilePane() override;

    // Null if there is none with this id, which is its list's.
    static FilePane *find(const QUuid &id);

    // Shows the files of another place instead.
    void setPlace(std::shared_ptr<PanePlace> place);
    const std::shared_ptr<PanePlace> &place() const { return m_place; }
    const QString &caution() const { return m_place->caution(); }

    // Asks first if there is a caution. `confirm` is the button's verb; `files` as in openSheet().
    void withCare(const QString &question, const QString &confirm,
                  const QList<files::FilePath> &files, std::function<void()> act);

    // An unreadable directory leaves the pane where it is, with a banner.
    void goTo(const files::FilePath &directory);
    void refresh();

    // Goes there as soon as the place can be reached, or to the nearest folder above that is there,
    // and says so. Each pane does that when a connection comes back.
    void resume(const files::FilePath &directory);
    files::FilePath directoryToResume() const; // that is shown, or will be

    files::FilePath directory() const; // empty before the first listing
    QList<files::FilePath> selectedPaths() const; // in the order shown
    QList<files::FileEntry> selectedEntries() const; // likewise
    // Shows what is found below the directory, see DirectoryLoader.
    void search(const files::SearchQuery &query);
    bool isSearch() const; // that is shown
    // The directory that holds it, with this file selected.
    void reveal(const files::FilePath &path);
    // What the pane can show: its owner fills it when it is about to be shown.
    QMenu &placesMenu() const;

    QSet<QByteArray> names() const; // of all files of the directory, shown or not
    bool isConnected() const;
    files::FileSystem *fileSystem() const; // null if nothing is connected

    FileListView &list() const { return *m_list; }
    const PaneActions &actions() const { return *m_actions; }
    FileChanges &changes() const;
    PaneBookmarks &bookmarks() const;
    PaneHeader &header() const { return *m_header; }

    // Where the pane says things: above its list.
    ErrorBanner &banner() const { return *m_banner; }
    NoticeBar &notice() const { return *m_notice; }
    // One question at a time. It is about the directory that is shown, or about some files there,
    // and goes when another one is shown or these are gone.
    void openSheet(std::unique_ptr<Sheet> question, const QList<files::FilePath> &files = {});
    // About the place: goes with that.
    void openPlaceSheet(std::unique_ptr<Sheet> question);
    // A dialog about files of this place has no meaning without it.
    void closeWithPlace(QWidget &dialog);

    void showSizesAnew(); // their units are others by now

    // Columns, sort order and hidden files.
    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

    // Into the directory that is shown, by a drag over the tab of the pane; nothing for one that is
    // not welcome.
    std::optional<FileDrop> dropOf(const QDropEvent &event) const;

signals:
    void directoryChanged(const files::FilePath &directory);
    void selectionChanged();
    void fileActivated(const files::FilePath &file);
    void copyRequested(); // the selected files, to the other pane
    void moveRequested(); // likewise
    void stagingRequested(); // of the selected files, for other programs
    void draggedOut(); // to another program, which could not take files of a server
    void sizeUnitsChosen(ui::SizeUnits units); // by the user: they hold in all windows by now
    void dropped(const ui::FileDrop &drop);
    void otherPaneRequested();
    void newTabRequested(const files::FilePath &directory);
    void placeChanged(); // it shows another one, or its files can be reached now, or not any more
    void placeLeft(); // or connected anew

private:
    QWidget *createBody();
    void followPlace();
    void showPlace();
    void describePlace();
    std::optional<DragOrigin> originOf(const FileDrag &drag) const;
    void connectActions();
    void connectList();
    void connectLoader();
    QString id(const char *suffix) const;

    void handleLoaded(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    void showListing(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    bool takeNext(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    void selectAndShow(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    void handleFailed(const files::FilePath &directory, const base::Error &error);
    bool goAbove(const files::FilePath &directory, const base::Error &error);
    void tellResumed(const files::FilePath &wanted);
    void handleActivated(const QModelIndex &index);
    void handleTouched(const files::FilePath &directory, const QObject *by);
    void handleEnded(const QByteArray &name);
    void handleEscape();
    void stay();
    void goUp();
    void step(PathHistory::Step step);
    void showContextMenu(QPoint position);
    void showColumnMenu(QPoint position);
    void setIdle();
    void updateStatus();

    const QString m_idPrefix;
    std::shared_ptr<PanePlace> m_place; // shared with the other panes that show it
    const PanePlace *m_lastPlace = nullptr; // that was shown, under this label
    QString m_label;
    PathHistory m_history;
    DirectoryLoader *m_loader;
    FileListModel *m_model;
    FileListView *m_list;
    PaneActions *m_actions;
    PaneHeader *m_header;
    PaneStatus *m_status;
    PaneCommands *m_commands = nullptr;
    PaneSheets *m_sheets = nullptr;
    ErrorBanner *m_banner = nullptr;
    NoticeBar *m_notice = nullptr;
    FilterBar *m_filter = nullptr;
    QVBoxLayout *m_bodyLayout = nullptr;
    QStackedWidget *m_pages = nullptr;
    PanePlaceholder *m_placeholder = nullptr;
    files::FilePath m_resumed; // to be shown when the place can be reached; empty: its beginning
    std::optional<base::Error> m_refusal; // why that could not be shown
    files::FilePath m_selectNext; // to be selected in its directory once it is listed there
    QByteArray m_leftFolder; // below the directory that is being read: the current row, then
    bool m_isStale = false; // a listing came while a file was being renamed
};

} // namespace ui
