#include "ui/files/FilePane.h"

#include "base/DisplayText.h"
#include "ui/files/DirectoryLoader.h"
#include "ui/files/FileChanges.h"
#include "ui/files/FileErrors.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilterBar.h"
#include "ui/files/PaneActions.h"
#include "ui/files/PaneBookmarks.h"
#include "ui/files/PaneColumns.h"
#include "ui/files/PaneCommands.h"
#include "ui/files/PaneHeader.h"
#include "ui/files/PanePlaceholder.h"
#include "ui/files/PaneSheets.h"
#include "ui/files/PaneStatus.h"
#include "ui/files/PathBar.h"
#include "ui/files/PathCrumbs.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"

#include <QAction>
#include <QDataStream>
#include <QHash>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr quint32 stateVersion = 2;

// A drag names the pane where it began.
QHash<QUuid, FilePane *> &openPanes()
{
    static QHash<QUuid, FilePane *> panes;
    return panes;
}

} // namespace

FilePane::FilePane(const QString &idPrefix, std::shared_ptr<PanePlace> place, QWidget *parent)
    : QWidget(parent)
    , m_idPrefix(idPrefix)
    , m_place(std::move(place))
    , m_loader(new DirectoryLoader(this))
    , m_model(new FileListModel(this))
    , m_list(new FileListView(*m_model, this))
    , m_actions(new PaneActions(id(""), *m_list))
    , m_header(new PaneHeader(id(""), *m_actions, *this))
    , m_status(new PaneStatus(id(""), this))
{
    setObjectName(id("Pane"));
    setFocusProxy(m_list);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(createBody(), 1);
    layout->addWidget(m_status);
    m_commands = new PaneCommands(*this, *m_actions, *m_status);
    connectActions();
    connectList();
    connectLoader();
    openPanes().insert(m_list->id(), this);
    const auto origin = [this](const FileDrag &drag) { return originOf(drag); };
    m_list->setOriginOf(origin);
    m_header->path().crumbs().setOriginOf(origin);
    followPlace();
    showPlace();
}

// The field of a rename loses the focus when its list is destroyed, which would count as Enter: by
// then there is nothing left here to act on it.
FilePane::~FilePane()
{
    openPanes().remove(m_list->id());
    m_place->disconnect(this);
    m_list->disconnect(this);
    m_model->disconnect(this);
    m_loader->disconnect(this);
    emit placeLeft();
    m_loader->setFileSystem(nullptr); // the place may end with its last pane
    m_header->path().setFileSystem(nullptr);
    m_commands->setPlace(nullptr, m_place->history());
}

FilePane *FilePane::find(const QUuid &id)
{
    return openPanes().value(id);
}

QString FilePane::id(const char *suffix) const
{
    return m_idPrefix + QString::fromLatin1(suffix);
}

QWidget *FilePane::createBody()
{
    auto *files = new QWidget(this);
    m_banner = new ErrorBanner(files);
    m_notice = new NoticeBar(Theme::Meaning::Ok, files);
    m_notice->setObjectName(id("Notice"));
    m_list->setObjectName(id("Files"));
    m_bodyLayout = new QVBoxLayout(files);
    m_bodyLayout->setContentsMargins(0, 0, 0, 0);
    m_bodyLayout->setSpacing(0);
    m_sheets = new PaneSheets(*m_bodyLayout, *m_list);
    m_bodyLayout->addWidget(m_banner);
    m_bodyLayout->addWidget(m_notice);
    m_bodyLayout->addWidget(m_list, 1);
    m_filter = new FilterBar(files);
    m_filter->setObjectName(id("Filter"));
    m_bodyLayout->addWidget(m_filter);

    m_placeholder = new PanePlaceholder(m_idPrefix, this);
    connect(m_placeholder, &PanePlaceholder::connectRequested, this,
            [this] { m_place->bringTabToFront(); });
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(files);
    m_pages->addWidget(m_placeholder);
    return m_pages;
}

void FilePane::connectActions()
{
    connect(m_actions->back, &QAction::triggered, this, [this] { step(PathHistory::Step::Back); });
    connect(m_actions->forward, &QAction::triggered, this,
            [this] { step(PathHistory::Step::Forward); });
    connect(m_list, &FileListView::backRequested, m_actions->back, &QAction::trigger);
    connect(m_list, &FileListView::forwardRequested, m_actions->forward, &QAction::trigger);
    connect(m_actions->up, &QAction::triggered, this, &FilePane::goUp);
    connect(m_actions->home, &QAction::triggered, this, [this] { goTo(files::FilePath()); });
    connect(m_actions->bookmarks, &QAction::triggered, &bookmarks(), &QToolButton::showMenu);
    connect(m_actions->places, &QAction::triggered, m_header, &PaneHeader::openPlaces);
    connect(&bookmarks(), &PaneBookmarks::chosen, this, &FilePane::goTo);
    connect(m_actions->refresh, &QAction::triggered, this, &FilePane::refresh);
    connect(m_actions->showHidden, &QAction::toggled, this, [this](bool isOn) {
        m_loader->setHidden(isOn ? files::Hidden::Include : files::Hidden::Exclude);
    });
    connect(m_actions->filter, &QAction::triggered, m_filter, &FilterBar::open);
    connect(m_filter, &FilterBar::patternChanged, m_loader, &DirectoryLoader::setPattern);
    connect(m_filter, &FilterBar::left, m_list, [this] { m_list->setFocus(); });
    connect(m_actions->copy, &QAction::triggered, this, &FilePane::copyRequested);
    connect(m_actions->move, &QAction::triggered, this, &FilePane::moveRequested);
    connect(m_actions->stage, &QAction::triggered, this, &FilePane::stagingRequested);
    connect(&m_header->path(), &PathBar::pathEntered, this, [this](const files::FilePath &path) {
        goTo(path);
        m_list->setFocus();
    });
    PathCrumbs &crumbs = m_header->path().crumbs();
    connect(&crumbs, &PathCrumbs::chosen, this, [this](const files::FilePath &path) {
        goTo(path);
        m_list->setFocus();
    });
    connect(&crumbs, &PathCrumbs::newTabRequested, this, &FilePane::newTabRequested);
    connect(&crumbs, &PathCrumbs::dropped, this, &FilePane::dropped);
    connect(&m_header->path(), &PathBar::left, m_list, [this] { m_list->setFocus(); });
}

void FilePane::connectList()
{
    connect(m_list, &FileListView::opened, this, &FilePane::handleActivated);
    connect(m_list, &FileListView::draggedOut, this, [this](Qt::DropAction action) {
        const bool isLocal = m_place->kind() == Place::ThisComputer;
        if (!isLocal && action == Qt::IgnoreAction) {
            emit draggedOut();
        } else if (isLocal && action == Qt::MoveAction) {
            refresh(); // they are gone
        }
    });
    connect(m_list, &FileListView::newTabRequested, this,
            [this](const QModelIndex &index) { emit newTabRequested(m_model->path(index.row())); });
    connect(m_list, &FileListView::dropped, this, &FilePane::dropped);
    connect(m_list, &FileListView::escapePressed, this, &FilePane::handleEscape);
    connect(m_list, &FileListView::otherPaneRequested, this, &FilePane::otherPaneRequested);
    connect(m_list, &QWidget::customContextMenuRequested, this, &FilePane::showContextMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateStatus();
        emit selectionChanged();
    });
    connect(m_list->header(), &QHeaderView::sortIndicatorChanged, this,
            [this] { m_loader->setOrder(m_list->columns().order()); });
    connect(m_list->header(), &QWidget::customContextMenuRequested, this,
            &FilePane::showColumnMenu);
    connect(&m_list->columns(), &PaneColumns::sizeUnitsChosen, this, [this](SizeUnits units) {
        showSizesAnew();
        emit sizeUnitsChosen(units);
    });
    connect(m_list, &FileListView::renameEnded, this, [this] {
        if (m_isStale) {
            refresh();
        }
    });
    connect(m_model, &FileListModel::renameRefused, this,
            [this](const QByteArray &name, EditProblem problem) {
                m_banner->showError(renameRefusal(name, problem));
            });
    connect(m_model, &FileListModel::renameRequested, this,
            [this](const QByteArray &name, const QByteArray &newName) {
                m_banner->dismiss(); // it may have told that another name was impossible
                changes().rename(m_model->directory().child(name), newName);
            });
}

void FilePane::connectLoader()
{
    connect(m_loader, &DirectoryLoader::started, this,
            [this] { m_status->begin(PaneStatus::Task::Reading); });
    connect(m_loader, &DirectoryLoader::stopped, this, [this] {
        m_history.forgetStep();
        setIdle();
    });
    connect(m_status, &PaneStatus::stopRequested, this, [this](PaneStatus::Task task) {
        if (task == PaneStatus::Task::Reading) {
            m_loader->stop();
        }
    });
    connect(m_loader, &DirectoryLoader::loaded, this, &FilePane::handleLoaded);
    connect(m_loader, &DirectoryLoader::failed, this, &FilePane::handleFailed);
    connect(m_commands, &PaneCommands::ended, this, &FilePane::handleEnded);
}

void FilePane::setPlace(std::shared_ptr<PanePlace> place)
{
    if (place == m_place) {
        return;
    }
    m_place->disconnect(this);
    bookmarks().disconnect(m_place.get());
    m_place = std::move(place);
    followPlace();
    m_place->want();
    showPlace();
}

void FilePane::followPlace()
{
    connect(m_place.get(), &PanePlace::changed, this, &FilePane::showPlace);
    connect(m_place.get(), &PanePlace::touched, this, &FilePane::handleTouched);
    connect(m_place.get(), &PanePlace::bookmarksChanged, this,
            [this] { bookmarks().setPaths(m_place->bookmarks()); });
    connect(&bookmarks(), &PaneBookmarks::changed, m_place.get(), &PanePlace::changeBookmarks);
    bookmarks().setPaths(m_place->bookmarks());
}

// A place that is connected again keeps its history, and goes on where it was.
void FilePane::showPlace()
{
    m_resumed = m_lastPlace == m_place.get() ? directoryToResume() : files::FilePath();
    m_refusal.reset();
    const bool isSamePlace = m_lastPlace == m_place.get() && m_label == m_place->label();
    m_lastPlace = m_place.get();
    m_label = m_place->label();
    if (!isSamePlace) {
        m_history = PathHistory();
    }
    emit placeLeft();
    files::FileSystem *fileSystem = m_place->fileSystem();
    m_loader->setFileSystem(fileSystem);
    m_commands->setPlace(fileSystem, m_place->history());
    m_model->setListing(files::FilePath(), {});
    m_list->setKind(m_place->kind());
    m_filter->dismiss();
    m_banner->dismiss();
    m_notice->dismiss();
    m_sheets->close();
    m_status->endAll();
    setIdle();
    describePlace();
    m_header->path().setPath(files::FilePath());
    m_header->path().setFileSystem(fileSystem);
    m_header->path().setEnabled(fileSystem != nullptr);
    bookmarks().setDirectory(files::FilePath());
    m_placeholder->showPlace(*m_place);
    m_pages->setCurrentIndex(fileSystem != nullptr ? 0 : 1);
    updateStatus();
    m_history.forgetStep();
    m_loader->open(m_resumed);
    emit placeChanged();
}

void FilePane::describePlace()
{
    const bool isLocal = m_place->kind() == Place::ThisComputer;
    m_actions->stage->setVisible(!isLocal);
    m_header->setPlace(m_place->kind(),
                       isLocal                 ? tr("This computer")
                           : m_label.isEmpty() ? tr("Server")
                                               : m_label);
    m_header->setUser(m_place->user());
    setAccessibleName(isLocal ? tr("Local files") : tr("Files on %1").arg(m_label));
    m_list->setAccessibleName(accessibleName());
    m_header->path().setAccessibleName(isLocal ? tr("Local path") : tr("Path on %1").arg(m_label));
}

std::optional<DragOrigin> FilePane::originOf(const FileDrag &drag) const
{
    if (drag.pane.isNull()) {
        return DragOrigin::OtherProgram;
    }
    const FilePane *pane = find(drag.pane);
    if (pane == nullptr || !pane->isConnected()) {
        return std::nullopt;
    }
    return pane == this                        ? DragOrigin::ThisPane
        : pane->place()->id() == m_place->id() ? DragOrigin::SamePlace
                                               : DragOrigin::OtherPlace;
}

std::optional<FileDrop> FilePane::dropOf(const QDropEvent &event) const
{
    const auto choice
        = DropChoice::of(event, [this](const FileDrag &drag) { return originOf(drag); });
    const bool isThere = !choice || choice->origin == DragOrigin::ThisPane;
    return isThere || directory().isEmpty()
        ? std::nullopt
        : std::optional(FileDrop{choice->drag, directory(), choice->action});
}

FileChanges &FilePane::changes() const
{
    return m_commands->changes();
}

PaneBookmarks &FilePane::bookmarks() const
{
    return m_header->bookmarks();
}

QMenu &FilePane::placesMenu() const
{
    return m_header->placesMenu();
}

QSet<QByteArray> FilePane::names() const
{
    return m_loader->names();
}

void FilePane::showSizesAnew()
{
    m_model->showSizesAnew();
    updateStatus();
}

bool FilePane::isConnected() const
{
    return fileSystem() != nullptr;
}

files::FileSystem *FilePane::fileSystem() const
{
    return m_loader->fileSystem();
}

void FilePane::goTo(const files::FilePath &directory)
{
    m_history.forgetStep();
    m_resumed = isConnected() ? files::FilePath() : directory;
    m_refusal.reset();
    m_loader->open(directory);
}

void FilePane::refresh()
{
    m_history.forgetStep();
    m_loader->refresh();
}

void FilePane::goUp()
{
    goTo(m_loader->directory().parent());
}

void FilePane::step(PathHistory::Step step)
{
    if (const auto directory = m_history.take(step); directory && isConnected()) {
        m_loader->open(*directory);
    }
}

files::FilePath FilePane::directory() const
{
    return m_model->directory();
}

QList<files::FilePath> FilePane::selectedPaths() const
{
    QList<files::FilePath> paths;
    for (const int row : m_list->selectedRowNumbers()) {
        paths.append(m_model->path(row));
    }
    return paths;
}

QList<files::FileEntry> FilePane::selectedEntries() const
{
    QList<files::FileEntry> entries;
    for (const int row : m_list->selectedRowNumbers()) {
        entries.append(m_model->entry(row));
    }
    return entries;
}

void FilePane::openSheet(std::unique_ptr<Sheet> question, const QList<files::FilePath> &files)
{
    stay();
    m_sheets->open(std::move(question), {directory(), files});
}

void FilePane::openPlaceSheet(std::unique_ptr<Sheet> question)
{
    m_sheets->open(std::move(question), {});
}

void FilePane::withCare(const QString &question, const QString &confirm,
                        const QList<files::FilePath> &files, std::function<void()> act)
{
    stay();
    m_sheets->withCare(caution(), question, confirm, {directory(), files}, std::move(act));
}

void FilePane::search(const files::SearchQuery &query)
{
    m_loader->search(query, m_place->runCommand());
}

bool FilePane::isSearch() const
{
    return m_loader->found() != nullptr;
}

void FilePane::reveal(const files::FilePath &path)
{
    m_selectNext = path;
    goTo(path.parent());
}

void FilePane::closeWithPlace(QWidget &dialog)
{
    connect(this, &FilePane::placeLeft, &dialog, &QWidget::close);
}

void FilePane::showColumnMenu(QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(id("ColumnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_list->columns().fillMenu(*menu);
    menu->popup(m_list->header()->mapToGlobal(position));
}

void FilePane::showContextMenu(QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fillContextMenu(*menu);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

QByteArray FilePane::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << stateVersion << m_list->columns().saveState() << m_actions->showHidden->isChecked();
    return state;
}

bool FilePane::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    quint32 version = 0;
    QByteArray columns;
    bool showsHidden = false;
    in >> version >> columns >> showsHidden;
    if (in.status() != QDataStream::Ok || version != stateVersion
        || !m_list->columns().restoreState(columns)) {
        return false;
    }
    m_loader->setOrder(m_list->columns().order());
    m_actions->showHidden->setChecked(showsHidden);
    return true;
}

} // namespace ui
