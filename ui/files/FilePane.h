// FilePane: the files of one directory, of this computer or of a server, and what can be done to
// them. Two of them make a FilesView.

#pragma once

#include "base/Error.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "files/FileSystem.h"
#include "ui/files/FileDrag.h"
#include "ui/files/NewItemSheet.h"
#include "ui/files/PathHistory.h"

#include <QWidget>

#include <functional>
#include <memory>

class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace ui {

struct ChangeOutcome;
class DirectoryLoader;
class ErrorBanner;
class FileChanges;
class FileListModel;
class FileListView;
class FilterBar;
class PaneActions;
class PaneHeader;
class PaneStatus;
class Sheet;

class FilePane final : public QWidget
{
    Q_OBJECT

public:
    explicit FilePane(Place place, QWidget *parent = nullptr);
    ~FilePane() override;

    // Borrowed; null shows that nothing is connected. `label` is what the user calls the place. The
    // pane goes to the login directory unless goTo() says otherwise.
    void setFileSystem(files::FileSystem *fileSystem, const QString &label);

    // Why one should be careful here, one sentence: then it is told and asked before files are
    // deleted, dropped or changed with all that is inside. Empty: usual care will do.
    void setCaution(const QString &caution) { m_caution = caution; }

    // Asks first if there is a caution. `confirm` is the button's verb.
    void withCare(const QString &question, const QString &confirm, std::function<void()> act);

    // An unreadable directory leaves the pane where it is, with a banner.
    void goTo(const files::FilePath &directory);
    void refresh();

    files::FilePath directory() const; // empty before the first listing
    QList<files::FilePath> selectedPaths() const; // in the order shown
    bool isConnected() const;

    FileListView &list() const { return *m_list; }
    const PaneActions &actions() const { return *m_actions; }

    // Columns, sort order and hidden files.
    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

signals:
    void directoryChanged(const files::FilePath &directory);
    void selectionChanged();
    void fileActivated(const files::FilePath &file);
    void copyRequested(); // the selected files, to the other pane
    void dropped(const ui::FileDrop &drop);
    void otherPaneRequested();

private:
    QWidget *createBody();
    void connectActions();
    void connectList();
    void connectLoader();
    QString id(const char *suffix) const;

    void handleLoaded(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    void showListing(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    void handleActivated(const QModelIndex &index);
    void handleChanged(const ChangeOutcome &outcome);
    void goUp();
    void step(PathHistory::Step step);
    void askForName(NewItemSheet::Kind kind);
    void askWhetherToDelete();
    void rename();
    void showContextMenu(QPoint position);
    void openSheet(std::unique_ptr<Sheet> question);
    void closeSheets();

    QList<files::FileEntry> selectedEntries() const;
    void setIdle();
    void updateStatus();

    const Place m_place;
    PathHistory m_history;
    QString m_label; // of the place, safe to show
    QString m_caution;
    DirectoryLoader *m_loader;
    FileChanges *m_changes;
    FileListModel *m_model;
    FileListView *m_list;
    PaneActions *m_actions;
    PaneHeader *m_header;
    PaneStatus *m_status;
    ErrorBanner *m_banner = nullptr;
    FilterBar *m_filter = nullptr;
    QVBoxLayout *m_bodyLayout = nullptr;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_placeholder = nullptr;
    QByteArray m_selectNext; // to be selected in the next listing, if it is there
    bool m_isStale = false; // a listing came while a file was being renamed
};

} // namespace ui
