#include "ui/files/FilePane.h"

#include "base/DisplayText.h"
#include "ui/files/DeleteSheet.h"
#include "ui/files/DirectoryLoader.h"
#include "ui/files/FileChanges.h"
#include "ui/files/FileErrors.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilterBar.h"
#include "ui/files/PaneActions.h"
#include "ui/files/PaneDialogs.h"
#include "ui/files/PaneHeader.h"
#include "ui/files/PaneStatus.h"
#include "ui/files/PathBar.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"

#include <QAction>
#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr quint32 stateVersion = 1;

// The order of the enumerations is the same: each column sorts by what it shows.
files::EntryOrder orderFor(int column, Qt::SortOrder direction)
{
    return files::EntryOrder(static_cast<files::EntryOrder::Key>(column), direction);
}

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

FilePane::FilePane(Place place, QWidget *parent)
    : QWidget(parent)
    , m_place(place)
    , m_loader(new DirectoryLoader(this))
    , m_changes(new FileChanges(this))
    , m_model(new FileListModel(this))
    , m_list(new FileListView(*m_model, place, this))
    , m_actions(new PaneActions(id(""), *m_list))
    , m_header(new PaneHeader(id(""), place, *m_actions, this))
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
    connectActions();
    connectList();
    connectLoader();
    setFileSystem(nullptr, QString());
}

// The field of a rename loses the focus when its list is destroyed, which would count as Enter: by
// then there is nothing left here to act on it.
FilePane::~FilePane()
{
    m_list->disconnect(this);
    m_model->disconnect(this);
}

QString FilePane::id(const char *suffix) const
{
    const QString prefix
        = m_place == Place::ThisComputer ? QStringLiteral("local") : QStringLiteral("remote");
    return prefix + QString::fromLatin1(suffix);
}

QWidget *FilePane::createBody()
{
    auto *files = new QWidget(this);
    m_banner = new ErrorBanner(files);
    m_list->setObjectName(id("Files"));
    m_bodyLayout = new QVBoxLayout(files);
    m_bodyLayout->setContentsMargins(0, 0, 0, 0);
    m_bodyLayout->setSpacing(0);
    m_bodyLayout->addWidget(m_banner);
    m_bodyLayout->addWidget(m_list, 1);
    m_filter = new FilterBar(files);
    m_filter->setObjectName(id("Filter"));
    m_bodyLayout->addWidget(m_filter);

    m_placeholder = plainLabel(this);
    m_placeholder->setObjectName(id("Placeholder"));
    m_placeholder->setAlignment(Qt::AlignCenter);
    m_placeholder->setWordWrap(true);
    m_placeholder->setForegroundRole(QPalette::PlaceholderText);
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
    connect(m_actions->refresh, &QAction::triggered, this, &FilePane::refresh);
    connect(m_actions->showHidden, &QAction::toggled, this, [this](bool isOn) {
        m_loader->setHidden(isOn ? files::Hidden::Include : files::Hidden::Exclude);
    });
    connect(m_actions->filter, &QAction::triggered, m_filter, &FilterBar::open);
    connect(m_filter, &FilterBar::patternChanged, m_loader, &DirectoryLoader::setPattern);
    connect(m_filter, &FilterBar::left, m_list, [this] { m_list->setFocus(); });
    connect(m_actions->copy, &QAction::triggered, this, &FilePane::copyRequested);
    connect(m_actions->newFolder, &QAction::triggered, this,
            [this] { askForName(NewItemSheet::Kind::Folder); });
    connect(m_actions->newFile, &QAction::triggered, this,
            [this] { askForName(NewItemSheet::Kind::File); });
    connect(m_actions->rename, &QAction::triggered, this, &FilePane::rename);
    connect(m_actions->remove, &QAction::triggered, this, &FilePane::askWhetherToDelete);
    connect(m_actions->permissions, &QAction::triggered, this,
            [this] { openPermissionsDialog(*m_changes, directory(), selectedEntries(), *this); });
    connect(&m_header->path(), &PathBar::pathEntered, this, [this](const files::FilePath &path) {
        goTo(path);
        m_list->setFocus();
    });
    connect(&m_header->path(), &PathBar::left, m_list, [this] { m_list->setFocus(); });
}

void FilePane::connectList()
{
    connect(m_list, &QAbstractItemView::activated, this, &FilePane::handleActivated);
    connect(m_list, &FileListView::dropped, this, &FilePane::dropped);
    connect(m_list, &FileListView::otherPaneRequested, this, &FilePane::otherPaneRequested);
    connect(m_list, &QWidget::customContextMenuRequested, this, &FilePane::showContextMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateStatus();
        emit selectionChanged();
    });
    connect(m_list->header(), &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder direction) {
                m_loader->setOrder(orderFor(column, direction));
            });
    connect(m_list, &FileListView::renameEnded, this, [this] {
        if (m_isStale) {
            refresh();
        }
    });
    connect(m_model, &FileListModel::renameRequested, this,
            [this](const QByteArray &name, const QByteArray &newName) {
                m_changes->rename(m_model->directory().child(name), newName);
            });
}

void FilePane::connectLoader()
{
    connect(m_loader, &DirectoryLoader::started, this,
            [this] { m_status->setTask(PaneStatus::Task::Reading); });
    connect(m_loader, &DirectoryLoader::stopped, this, [this] {
        m_history.forgetStep();
        setIdle();
    });
    connect(m_status, &PaneStatus::stopRequested, m_loader, &DirectoryLoader::stop);
    connect(m_loader, &DirectoryLoader::loaded, this, &FilePane::handleLoaded);
    connect(m_loader, &DirectoryLoader::failed, this,
            [this](const files::FilePath &directory, const base::Error &error) {
                m_history.dropStep();
                setIdle();
                m_header->path().restore();
                m_banner->showError(listingFailure(directory, error));
            });
    connect(m_changes, &FileChanges::started, this,
            [this] { m_status->setTask(PaneStatus::Task::Changing); });
    connect(m_changes, &FileChanges::finished, this, &FilePane::handleChanged);
}

void FilePane::setFileSystem(files::FileSystem *fileSystem, const QString &label)
{
    const bool isLocal = m_place == Place::ThisComputer;
    if (const QString name = base::displayText(label); name != std::exchange(m_label, name)) {
        m_history = PathHistory(); // the same place, connected again, keeps it
    }
    m_loader->setFileSystem(fileSystem);
    m_changes->setFileSystem(fileSystem);
    m_model->setListing(files::FilePath(), {});
    m_filter->dismiss();
    m_banner->dismiss();
    closeSheets();
    setIdle();

    m_header->setTitle(isLocal ? tr("This computer") : m_label.isEmpty() ? tr("Server") : m_label);
    setAccessibleName(isLocal ? tr("Local files") : tr("Files on %1").arg(m_label));
    m_list->setAccessibleName(accessibleName());
    PathBar &path = m_header->path();
    path.setAccessibleName(isLocal ? tr("Local path") : tr("Path on %1").arg(m_label));
    path.setPath(files::FilePath());
    path.setFileSystem(fileSystem);
    path.setEnabled(fileSystem != nullptr);
    m_placeholder->setText(m_label.isEmpty() ? tr("Not connected")
                                             : tr("Not connected to %1").arg(m_label));
    m_pages->setCurrentIndex(fileSystem != nullptr ? 0 : 1);
    updateStatus();
    goTo(files::FilePath());
}

bool FilePane::isConnected() const
{
    return m_loader->fileSystem() != nullptr;
}

void FilePane::goTo(const files::FilePath &directory)
{
    m_history.forgetStep();
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

// A list that is filled anew would take away the field in which a name is being typed.
void FilePane::handleLoaded(const files::FilePath &directory,
                            const QList<files::FileEntry> &entries)
{
    m_isStale = m_list->isRenaming() && directory == m_model->directory();
    if (m_isStale) {
        setIdle();
    } else {
        showListing(directory, entries);
    }
}

void FilePane::showListing(const files::FilePath &directory, const QList<files::FileEntry> &entries)
{
    const files::FilePath last = m_model->directory();
    const bool isSame = directory == last;
    QSet<QByteArray> names;
    QByteArray current;
    const int scroll = isSame ? m_list->verticalScrollBar()->value() : 0;
    if (isSame) {
        for (const files::FileEntry &entry : selectedEntries()) {
            names.insert(entry.name);
        }
        const QModelIndex index = m_list->currentIndex();
        current = index.isValid() ? m_model->entry(index.row()).name : QByteArray();
    } else if (last.parent() == directory) {
        current = last.name(); // coming up: on the folder that was left
    }
    if (!m_selectNext.isEmpty()) {
        names = {m_selectNext};
        current = std::exchange(m_selectNext, QByteArray());
    }
    m_model->setListing(directory, entries);
    m_list->verticalScrollBar()->setValue(scroll);
    m_list->restore(names, current);
    m_header->path().setPath(directory);
    m_history.shown(directory);
    setIdle();
    if (!isSame) {
        m_filter->dismiss();
        m_banner->dismiss();
        closeSheets();
        emit directoryChanged(directory);
    }
    emit selectionChanged();
}

void FilePane::handleActivated(const QModelIndex &index)
{
    const files::FileEntry &entry = m_model->entry(index.row());
    const files::FilePath path = m_model->path(index.row());
    if (entry.isEnterable()) {
        goTo(path);
    } else {
        emit fileActivated(path);
    }
}

void FilePane::handleChanged(const ChangeOutcome &outcome)
{
    setIdle();
    if (outcome.errors.isEmpty()) {
        m_banner->dismiss();
        m_selectNext = outcome.name;
    } else {
        m_banner->showError(changeFailure(outcome));
    }
    refresh();
}

// One at a time: a question that is open already has to be answered first.
void FilePane::openSheet(std::unique_ptr<Sheet> question)
{
    if (auto *open = findChild<Sheet *>()) {
        open->setFocus();
        return;
    }
    Sheet *sheet = question.release(); // the layout's from now on
    m_bodyLayout->insertWidget(0, sheet);
    connect(sheet, &QObject::destroyed, m_list, [list = m_list] { list->setFocus(); });
    sheet->show();
    sheet->setFocus();
}

void FilePane::withCare(const QString &question, const QString &confirm, std::function<void()> act)
{
    if (m_caution.isEmpty()) {
        act();
        return;
    }
    auto sheet = std::make_unique<ConfirmSheet>(question, m_caution, confirm);
    connect(sheet.get(), &ConfirmSheet::confirmed, this, std::move(act));
    openSheet(std::move(sheet));
}

// A question about a directory that is not shown any more could only mislead.
void FilePane::closeSheets()
{
    for (Sheet *sheet : findChildren<Sheet *>()) {
        sheet->cancel();
    }
}

void FilePane::askForName(NewItemSheet::Kind kind)
{
    auto sheet = std::make_unique<NewItemSheet>(kind, nullptr);
    const auto create = kind == NewItemSheet::Kind::Folder ? &FileChanges::createFolder
                                                           : &FileChanges::createFile;
    connect(sheet.get(), &NewItemSheet::accepted, m_changes,
            [this, create, directory = directory()](const QString &name) {
                (m_changes->*create)(directory, name.toUtf8());
            });
    openSheet(std::move(sheet));
}

void FilePane::askWhetherToDelete()
{
    const QList<files::FilePath> paths = selectedPaths();
    if (paths.isEmpty()) {
        return;
    }
    auto sheet = std::make_unique<DeleteSheet>(selectedEntries(), m_place, m_caution, nullptr);
    connect(sheet.get(), &DeleteSheet::accepted, this, [this, paths] { m_changes->remove(paths); });
    openSheet(std::move(sheet));
}

// One name is edited where it stands.
void FilePane::rename()
{
    const QList<files::FileEntry> entries = selectedEntries();
    if (entries.size() > 1) {
        openRenameDialog(*m_changes, directory(), entries, m_loader->names(), *this);
    } else {
        m_list->startRename();
    }
}

void FilePane::showContextMenu(QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fillContextMenu(*menu);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void FilePane::setIdle()
{
    m_status->setTask(PaneStatus::Task::None);
    m_list->setEmptyText(m_model->directory().isEmpty()   ? QString()
                             : m_filter->text().isEmpty() ? tr("This folder is empty")
                                                          : tr("No name matches the filter"));
    updateStatus();
}

void FilePane::updateStatus()
{
    const QList<files::FileEntry> selected = selectedEntries();
    m_actions->follow(selected.size(), isConnected());
    using Step = PathHistory::Step;
    m_actions->back->setEnabled(isConnected() && m_history.can(Step::Back));
    m_actions->forward->setEnabled(isConnected() && m_history.can(Step::Forward));
    m_actions->permissions->setEnabled(isConnected() && !withPermissions(selected).isEmpty());
    m_status->setSummary(directory().isEmpty() ? QString()
                                               : selectionSummary(m_model->rowCount(), selected));
}

QByteArray FilePane::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << stateVersion << m_list->header()->saveState() << m_actions->showHidden->isChecked();
    return state;
}

bool FilePane::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    quint32 version = 0;
    QByteArray header;
    bool showsHidden = false;
    in >> version >> header >> showsHidden;
    if (in.status() != QDataStream::Ok || version != stateVersion) {
        return false;
    }
    m_list->header()->restoreState(header);
    m_loader->setOrder(
        orderFor(m_list->header()->sortIndicatorSection(), m_list->header()->sortIndicatorOrder()));
    m_actions->showHidden->setChecked(showsHidden);
    return true;
}

} // namespace ui
