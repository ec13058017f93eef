#include "ui/files/PaneCommands.h"

#include "base/DisplayText.h"
#include "files/Trash.h"
#include "transfer/FileNames.h"
#include "ui/files/ChangeText.h"
#include "ui/files/ChecksumDialog.h"
#include "ui/files/DeleteSheet.h"
#include "ui/files/FileDrag.h"
#include "ui/files/FileErrors.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/FreeNames.h"
#include "ui/files/HistoryDialog.h"
#include "ui/files/LinkSheet.h"
#include "ui/files/PaneActions.h"
#include "ui/files/PaneDialogs.h"
#include "ui/files/PaneStatus.h"
#include "ui/files/PreviewDialog.h"
#include "ui/files/PropertiesDialog.h"
#include "ui/files/SearchSheet.h"
#include "ui/files/SizeSheet.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLocale>
#include <QMimeData>

#include <algorithm>
#include <utility>

namespace ui {

using Act = ChangeOutcome::Act;
using files::FilePath;

namespace {

QString trashedText(const ChangeOutcome &outcome)
{
    return outcome.total == 1
        ? PaneCommands::tr("“%1” is in the trash.")
              .arg(shortName(base::displayText(outcome.paths.first().name())))
        : PaneCommands::tr("%1 items are in the trash.").arg(QLocale().toString(outcome.total));
}

} // namespace

PaneCommands::PaneCommands(FilePane &pane, const PaneActions &actions, PaneStatus &status)
    : QObject(&pane)
    , m_pane(pane)
    , m_actions(actions)
    , m_status(status)
    , m_changes(new FileChanges(this))
{
    connectActions(actions);
    connectClipboard(actions);
    connectChanges();
    followHistory();
}

void PaneCommands::connectActions(const PaneActions &actions)
{
    const auto on
        = [this](QAction *action, auto act) { connect(action, &QAction::triggered, this, act); };
    on(actions.newFolder, [this] { askForName(NewItemSheet::Kind::Folder); });
    on(actions.newFile, [this] { askForName(NewItemSheet::Kind::File); });
    on(actions.newLink, [this] { askForLink(); });
    on(actions.rename, [this] { rename(); });
    on(actions.trash, [this] { trash(); });
    on(actions.remove,
       [this] { askWhetherToDelete(m_pane.selectedPaths(), m_pane.selectedEntries()); });
    on(actions.duplicate, [this] { duplicate(); });
    on(actions.undo, [this] { undoLatest(); });
    on(actions.history, [this] { openHistory(); });
    on(actions.touch, [this] { m_changes->touch(m_pane.directory(), m_pane.selectedEntries()); });
    on(actions.empty, [this] { askWhetherToEmpty(); });
    on(actions.resize, [this] { askForSize(); });
    on(actions.properties, [this] { openProperties(); });
    on(actions.checksum, [this] { openChecksum(); });
    on(actions.preview, [this] { openPreview(); });
    on(actions.reveal, [this] {
        if (const QList<FilePath> paths = m_pane.selectedPaths(); !paths.isEmpty()) {
            m_pane.reveal(paths.first());
        }
    });
    on(actions.search, [this] { askWhatToSearch(); });
    on(actions.permissions, [this] {
        openPermissionsDialog(*m_changes, m_pane.directory(), m_pane.selectedEntries(), m_pane);
    });
}

void PaneCommands::connectClipboard(const PaneActions &actions)
{
    const auto on = [this](QAction *action, const std::function<QString()> &text) {
        connect(action, &QAction::triggered, this,
                [text] { QApplication::clipboard()->setText(text()); });
    };
    connect(actions.copyFiles, &QAction::triggered, this, [this] {
        const FileDrag files{m_pane.list().id(), m_pane.selectedPaths()};
        if (!files.paths.isEmpty()) {
            QApplication::clipboard()->setMimeData(
                toMimeData(files, m_pane.place()->kind()).release());
        }
    });
    connect(actions.paste, &QAction::triggered, this, &PaneCommands::paste);
    on(actions.copyNames, [this] { return nameLines(m_pane.selectedPaths()); });
    on(actions.copyPaths, [this] { return pathLines(m_pane.selectedPaths()); });
    on(actions.copyUrls,
       [this] { return urlLines(m_pane.place()->address(), m_pane.selectedPaths()); });
    on(actions.copyScpLine, [this] {
        return scpLine(m_pane.place()->address().value_or(PaneAddress()), m_pane.selectedPaths());
    });
}

void PaneCommands::connectChanges()
{
    connect(m_changes, &FileChanges::started, this, [this] {
        m_done = m_total = 0;
        m_status.begin(PaneStatus::Task::Changing);
    });
    connect(m_changes, &FileChanges::progressed, this, [this](qsizetype done, qsizetype total) {
        m_done = done;
        m_total = total;
        m_status.setProgress(progressText(m_done, m_total, 0));
    });
    connect(m_changes, &FileChanges::treeProgressed, this,
            [this](int files) { m_status.setProgress(progressText(m_done, m_total, files)); });
    connect(m_changes, &FileChanges::finished, this, &PaneCommands::handleFinished);
    connect(m_changes, &FileChanges::cutOff, this,
            [this](const ChangeOutcome &outcome) { m_cutOff = outcome.text; });
    connect(m_changes, &FileChanges::leftBehind, this, &PaneCommands::tellLeftBehind);
    connect(&m_status, &PaneStatus::stopRequested, this, [this](PaneStatus::Task task) {
        if (task == PaneStatus::Task::Changing) {
            m_status.setProgress(tr("Stopping…"));
            m_changes->cancel();
        }
    });
}

void PaneCommands::setPlace(files::FileSystem *fileSystem,
                            const std::shared_ptr<ChangeHistory> &history)
{
    m_fileSystem = fileSystem;
    if (history.get() != &m_changes->history()) {
        m_cutOff.clear(); // these are other files
    }
    m_changes->history().disconnect(this);
    const PanePlace &place = *m_pane.place();
    m_changes->setPlace(fileSystem, history,
                        place.kind() == Place::ThisComputer ? tr("This computer") : place.label());
    connect(history.get(), &ChangeHistory::changed, this, &PaneCommands::followHistory);
    followHistory();
}

void PaneCommands::follow(const QList<files::FileEntry> &selected)
{
    const bool isConnected = m_fileSystem != nullptr;
    m_actions.permissions->setEnabled(isConnected && !withPermissions(selected).isEmpty());
    m_actions.empty->setEnabled(isConnected && !regularFiles().isEmpty());
    m_actions.resize->setEnabled(m_actions.empty->isEnabled());
    m_actions.checksum->setEnabled(m_actions.empty->isEnabled());
    m_actions.preview->setEnabled(isConnected && !selected.isEmpty()
                                  && !selected.first().isEnterable());
    m_actions.edit->setEnabled(m_actions.preview->isEnabled());
    m_actions.openWith->setEnabled(m_actions.preview->isEnabled());
    m_actions.reveal->setVisible(m_pane.isSearch());
    m_actions.copyScpLine->setVisible(m_pane.place()->address().has_value());
}

void PaneCommands::followHistory()
{
    const QList<UndoableChange> &changes = m_changes->history().changes();
    const bool canUndo = m_fileSystem != nullptr && !changes.isEmpty();
    m_actions.undo->setEnabled(canUndo);
    m_actions.history->setEnabled(canUndo);
    // "&" would be taken for the mark of a key.
    const QString latest = changes.isEmpty() ? QString() : changes.last().text;
    m_actions.undo->setText(
        latest.isEmpty() ? tr("Undo")
                         : tr("Undo: %1").arg(QString(latest).replace(u'&', QStringLiteral("&&"))));
}

QList<files::FileEntry> PaneCommands::regularFiles() const
{
    QList<files::FileEntry> entries = m_pane.selectedEntries();
    entries.removeIf([](const files::FileEntry &entry) {
        return entry.attributes.type() != files::FileType::Regular;
    });
    return entries;
}

QList<FilePath> PaneCommands::pathsOf(const QList<files::FileEntry> &entries) const
{
    QList<FilePath> paths;
    for (const files::FileEntry &entry : entries) {
        paths.append(m_pane.directory().child(entry.name));
    }
    return paths;
}

void PaneCommands::askForName(NewItemSheet::Kind kind)
{
    auto sheet = std::make_unique<NewItemSheet>(kind, nullptr);
    const auto create = kind == NewItemSheet::Kind::Folder ? &FileChanges::createFolder
                                                           : &FileChanges::createFile;
    connect(sheet.get(), &NewItemSheet::accepted, m_changes,
            [this, create, directory = m_pane.directory()](const QString &name) {
                (m_changes->*create)(directory, name.toUtf8());
            });
    m_pane.openSheet(std::move(sheet));
}

void PaneCommands::askForLink()
{
    const QList<FilePath> selected = m_pane.selectedPaths();
    auto sheet = std::make_unique<LinkSheet>(selected.size() == 1 ? selected.first().name()
                                                                  : QByteArray());
    connect(
        sheet.get(), &LinkSheet::accepted, m_changes,
        [this, directory = m_pane.directory()](const QByteArray &name, const QByteArray &target) {
            m_changes->createLink(directory, name, target);
        });
    m_pane.openSheet(std::move(sheet));
}

// What is in the trash already can only go for good.
void PaneCommands::trash()
{
    const QList<FilePath> paths = m_pane.selectedPaths();
    if (paths.isEmpty()) {
        return;
    }
    if (std::ranges::any_of(paths, files::isInTrash)) {
        return askWhetherToDelete(paths, m_pane.selectedEntries());
    }
    const QString question = paths.size() == 1
        ? tr("Move “%1” to the trash?").arg(base::displayText(paths.first().name()))
        : tr("Move %1 items to the trash?").arg(QLocale().toString(paths.size()));
    m_pane.withCare(question, tr("Move to the trash"), paths,
                    [this, paths] { m_changes->trash(paths); });
}

void PaneCommands::askWhetherToDelete(const QList<FilePath> &paths,
                                      const QList<files::FileEntry> &entries)
{
    if (paths.isEmpty()) {
        return;
    }
    auto sheet
        = std::make_unique<DeleteSheet>(entries, m_pane.place()->kind(), m_pane.caution(), nullptr);
    connect(sheet.get(), &DeleteSheet::accepted, m_changes,
            [this, paths] { m_changes->remove(paths); });
    m_pane.openSheet(std::move(sheet), paths);
}

void PaneCommands::askWhetherToEmpty()
{
    const QList<files::FileEntry> files = regularFiles();
    if (files.isEmpty()) {
        return;
    }
    const QString question = files.size() == 1
        ? tr("Empty “%1”?").arg(base::displayText(files.first().name))
        : tr("Empty %1 files?").arg(QLocale().toString(files.size()));
    auto sheet = std::make_unique<ConfirmSheet>(
        question, tr("Their contents are lost. This cannot be undone."), tr("Empty"));
    connect(sheet.get(), &ConfirmSheet::confirmed, m_changes,
            [this, paths = pathsOf(files)] { m_changes->resize(paths, 0); });
    m_pane.openSheet(std::move(sheet), pathsOf(files));
}

void PaneCommands::askForSize()
{
    const QList<files::FileEntry> files = regularFiles();
    if (files.isEmpty()) {
        return;
    }
    auto sheet = std::make_unique<SizeSheet>(files, m_pane.caution());
    connect(sheet.get(), &SizeSheet::accepted, m_changes,
            [this, paths = pathsOf(files)](quint64 bytes) { m_changes->resize(paths, bytes); });
    m_pane.openSheet(std::move(sheet), pathsOf(files));
}

// One name is edited where it stands.
void PaneCommands::rename()
{
    const QList<files::FileEntry> entries = m_pane.selectedEntries();
    if (entries.size() > 1) {
        openRenameDialog(*m_changes, m_pane.directory(), entries, m_pane.names(), m_pane);
    } else {
        m_pane.list().startRename();
    }
}

void PaneCommands::duplicate()
{
    QSet<QByteArray> taken = m_pane.names();
    QList<std::pair<FilePath, FilePath>> copies;
    for (const FilePath &path : m_pane.selectedPaths()) {
        const QByteArray name = freeName(path.name(), taken);
        taken.insert(name);
        copies.emplace_back(path, path.parent().child(name));
    }
    if (!copies.isEmpty()) {
        m_changes->duplicate(copies);
    }
}

void PaneCommands::undoLatest()
{
    const QList<UndoableChange> &changes = m_changes->history().changes();
    if (!changes.isEmpty()) {
        m_changes->undo(changes.last().id);
    }
}

void PaneCommands::openHistory()
{
    auto *dialog = new HistoryDialog(m_changes->history(), m_pane.accessibleName(), &m_pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_pane.closeWithPlace(*dialog);
    connect(dialog, &HistoryDialog::undoRequested, m_changes, &FileChanges::undo);
    dialog->show();
}

void PaneCommands::openProperties()
{
    if (m_fileSystem != nullptr && !m_pane.selectedPaths().isEmpty()) {
        auto *dialog = new PropertiesDialog(*m_fileSystem, m_pane.directory(),
                                            m_pane.selectedEntries(), &m_pane);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_pane.closeWithPlace(*dialog);
        dialog->show();
    }
}

void PaneCommands::openChecksum()
{
    const QList<FilePath> paths = pathsOf(regularFiles());
    if (m_fileSystem != nullptr && !paths.isEmpty()) {
        auto *dialog = new ChecksumDialog(*m_fileSystem, paths, &m_pane);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_pane.closeWithPlace(*dialog);
        dialog->show();
    }
}

// Files of this place are copied here; those of another one are for who knows both.
void PaneCommands::paste()
{
    const QMimeData *data = QApplication::clipboard()->mimeData();
    const auto files = data != nullptr ? fromMimeData(*data) : std::nullopt;
    const FilePath directory = m_pane.directory();
    if (!files || directory.isEmpty()) {
        return;
    }
    const bool isFromHere = files->pane == m_pane.list().id()
        || (files->pane.isNull() && m_pane.place()->kind() == Place::ThisComputer);
    if (!isFromHere) {
        emit m_pane.dropped({*files, directory});
        return;
    }
    m_changes->duplicate(underFreeNames(files->paths, directory, m_pane));
}

// A link is looked at where it leads.
void PaneCommands::openPreview()
{
    const QList<files::FileEntry> entries = m_pane.selectedEntries();
    if (m_fileSystem == nullptr || entries.isEmpty() || entries.first().isEnterable()) {
        return;
    }
    auto *dialog = new PreviewDialog(*m_fileSystem, m_pane.directory().child(entries.first().name),
                                     entries.first(), &m_pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_pane.closeWithPlace(*dialog);
    dialog->show();
}

void PaneCommands::askWhatToSearch()
{
    auto sheet = std::make_unique<SearchSheet>(m_query);
    connect(sheet.get(), &SearchSheet::accepted, this, [this](const files::SearchQuery &query) {
        m_query = query;
        m_pane.search(query);
        tellSearch();
    });
    m_pane.openSheet(std::move(sheet));
}

void PaneCommands::tellSearch()
{
    m_pane.notice().showNotice(tr("Found below %1").arg(m_pane.directory().toDisplay()),
                               tr("Show the folder"), [this] { m_pane.goTo(m_pane.directory()); });
}

void PaneCommands::handleFinished(const ChangeOutcome &outcome)
{
    for (const FilePath &directory : outcome.directories) {
        m_pane.place()->touch(directory, &m_pane); // which reads its own one again by itself
    }
    if (outcome.errors.isEmpty()) {
        tellDone(outcome);
        emit ended(outcome.name);
        return;
    }
    const bool isCutOff = std::ranges::any_of(outcome.errors, [](const base::Error &error) {
        return error.kind == base::ErrorKind::ConnectionLost;
    });
    m_cutOff = isCutOff ? outcome.text : QString();
    m_pane.notice().dismiss(); // of what went well before
    m_pane.banner().showError(changeFailure(outcome));
    if (outcome.act == Act::Trash) {
        offerToDelete(outcome);
    }
    emit ended({});
}

// While there is no connection, the banner is not seen.
void PaneCommands::tellCutOff()
{
    if (!m_cutOff.isEmpty()) {
        m_pane.banner().showError(cutOffFailure(std::exchange(m_cutOff, {})));
    }
}

// The first listing of the other place takes banners away.
void PaneCommands::tellLeftBehind(const ChangeOutcome &outcome)
{
    const auto tell = [this, outcome] { m_pane.banner().showError(leftBehindText(outcome)); };
    if (m_fileSystem != nullptr && m_pane.directory().isEmpty()) {
        connect(&m_pane, &FilePane::directoryChanged, this, tell, Qt::SingleShotConnection);
    } else {
        tell();
    }
}

// What was undone need not be in the directory that is shown.
void PaneCommands::tellDone(const ChangeOutcome &outcome)
{
    m_pane.banner().dismiss();
    const bool wasStopped = outcome.done < outcome.total;
    const bool isUndo = outcome.act == Act::Undo;
    if (isUndo && !wasStopped) {
        m_pane.notice().showNotice(tr("Undone: %1").arg(outcome.undone));
    } else if (outcome.change != 0 && !isUndo && (wasStopped || outcome.act == Act::Trash)) {
        m_pane.notice().showNotice(wasStopped ? stoppedText(outcome) : trashedText(outcome),
                                   tr("Undo"),
                                   [this, change = outcome.change] { m_changes->undo(change); });
    } else if (wasStopped) {
        m_pane.notice().showNotice(stoppedText(outcome));
    } else if (m_pane.isSearch()) {
        tellSearch(); // it is still what is shown
    } else {
        m_pane.notice().dismiss();
    }
}

// Where there is no room for a trash, say, there is still the other way.
void PaneCommands::offerToDelete(const ChangeOutcome &outcome)
{
    QAbstractButton *button = m_pane.banner().addAction(tr("Delete for good…"));
    button->setObjectName(QStringLiteral("trashDeleteForGood"));
    connect(button, &QAbstractButton::clicked, this, [this, paths = outcome.paths] {
        QList<files::FileEntry> left = m_pane.selectedEntries();
        left.removeIf([&](const files::FileEntry &entry) {
            return !paths.contains(m_pane.directory().child(entry.name));
        });
        askWhetherToDelete(pathsOf(left), left);
    });
}

} // namespace ui
