// What a FilePane does with the listings that its loader has for it.

#include "ui/files/DirectoryLoader.h"
#include "ui/files/FileErrors.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilterBar.h"
#include "ui/files/PaneActions.h"
#include "ui/files/PaneBookmarks.h"
#include "ui/files/PaneCommands.h"
#include "ui/files/PaneHeader.h"
#include "ui/files/PaneSheets.h"
#include "ui/files/PaneStatus.h"
#include "ui/files/PathBar.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"

#include <QAction>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

// Of what leads from `directory` down to `path`; empty if that is not below it.
QByteArray nameBelow(const files::FilePath &directory, const files::FilePath &path)
{
    files::FilePath step = path;
    while (step.isAbsolute() && !step.isRoot()) {
        const files::FilePath above = step.parent();
        if (above == directory) {
            return step.name();
        }
        step = above;
    }
    return {};
}

} // namespace

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
    const bool isSame = directory == m_model->directory();
    selectAndShow(directory, entries);
    m_header->path().setPath(directory);
    bookmarks().setDirectory(directory);
    m_history.shown(directory);
    const files::FilePath wanted = std::exchange(m_resumed, {});
    if (m_loader->isReading()) {
        updateStatus(); // a part: the rest is to come
    } else {
        setIdle();
    }
    if (!isSame) {
        m_filter->dismiss();
        m_banner->dismiss();
        m_notice->dismiss();
        m_commands->tellCutOff();
        emit directoryChanged(directory);
    }
    if (m_sheets->isAsking()) {
        m_sheets->follow(directory,
                         m_loader->isReading() ? std::nullopt : std::optional(m_loader->names()));
    }
    tellResumed(wanted);
    emit selectionChanged();
}

// With what was selected before, or is to be now, and as far down as it was.
void FilePane::selectAndShow(const files::FilePath &directory,
                             const QList<files::FileEntry> &entries)
{
    const files::FilePath last = m_model->directory();
    const bool isSame = directory == last;
    QSet<QByteArray> names;
    QByteArray current;
    int row = 0; // where it was: the one below takes its place when it is gone
    const int scroll = isSame ? m_list->verticalScrollBar()->value() : 0;
    if (isSame) {
        for (const files::FileEntry &entry : selectedEntries()) {
            names.insert(entry.name);
        }
        const QModelIndex index = m_list->currentIndex();
        row = index.row();
        current = index.isValid() ? m_model->entry(row).name : QByteArray();
    } else {
        // Coming up: on the folder that was left, once it has arrived.
        m_leftFolder = nameBelow(directory, last);
    }
    if (!m_leftFolder.isEmpty()
        && std::ranges::contains(entries, m_leftFolder, &files::FileEntry::name)) {
        current = std::exchange(m_leftFolder, QByteArray());
    }
    const bool isNew = takeNext(directory, entries);
    if (isNew) {
        current = std::exchange(m_selectNext, {}).name();
        names = {current};
    }
    m_model->setListing(directory, entries);
    m_list->verticalScrollBar()->setValue(scroll);
    m_list->restore(names, current, row);
    if (isNew || !isSame) {
        m_list->forgetMarks();
    }
}

// What is shown may be arranged anew before the listing arrives that is waited for, and that one
// may come in parts.
bool FilePane::takeNext(const files::FilePath &directory, const QList<files::FileEntry> &entries)
{
    const bool isThere = !m_selectNext.isEmpty() && m_selectNext.parent() == directory
        && std::ranges::contains(entries, m_selectNext.name(), &files::FileEntry::name);
    if (!isThere && !m_loader->isReading()) {
        m_selectNext = {};
    }
    return isThere;
}

void FilePane::resume(const files::FilePath &directory)
{
    m_history.forgetStep();
    m_resumed = directory;
    m_refusal.reset();
    m_loader->open(directory);
}

files::FilePath FilePane::directoryToResume() const
{
    return directory().isEmpty() ? m_resumed : directory();
}

void FilePane::handleFailed(const files::FilePath &directory, const base::Error &error)
{
    if (goAbove(directory, error)) {
        return;
    }
    m_history.dropStep();
    setIdle();
    m_header->path().settle();
    m_banner->showError(listingFailure(directory, error));
}

// Where the pane was may be gone by now, or be for others only: then to what is left of the way.
bool FilePane::goAbove(const files::FilePath &directory, const base::Error &error)
{
    using Kind = base::ErrorKind;
    const bool isRefused = error.kind == Kind::NotFound || error.kind == Kind::NotADirectory
        || error.kind == Kind::PermissionDenied;
    if (m_resumed.isEmpty() || !isRefused || !directory.isAbsolute() || directory.isRoot()) {
        return false;
    }
    if (!m_refusal) {
        m_refusal = error;
    }
    m_loader->open(directory.parent());
    return true;
}

void FilePane::tellResumed(const files::FilePath &wanted)
{
    if (const auto refusal = std::exchange(m_refusal, {}); refusal && !wanted.isEmpty()) {
        const QString text = refusal->kind == base::ErrorKind::PermissionDenied
            ? tr("%1 cannot be read. This is the nearest folder above it that can.")
            : tr("%1 is not there any more. This is the nearest folder above it.");
        m_notice->showNotice(text.arg(wanted.toDisplay()));
    }
}

// What is asked is about what is shown: a folder that is only on its way does not take its place.
void FilePane::stay()
{
    if (m_loader->isLeaving() && !directory().isEmpty()) {
        m_loader->stop();
    }
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

void FilePane::handleEnded(const QByteArray &name)
{
    m_status->end(PaneStatus::Task::Changing);
    updateStatus();
    m_selectNext = name.isEmpty() ? files::FilePath() : directory().child(name);
    refresh();
    m_place->touch(directory(), this); // others show it too
}

// The nearest thing that can be ended.
void FilePane::handleEscape()
{
    if (!m_status->stop()) {
        m_list->dropMarks();
    }
}

// What was found stays as it was found.
void FilePane::handleTouched(const files::FilePath &directory, const QObject *by)
{
    if (by != this && directory == this->directory() && m_loader->found() == nullptr) {
        refresh();
    }
}

void FilePane::setIdle()
{
    m_status->end(PaneStatus::Task::Reading);
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
    m_commands->follow(selected);
    const QString summary = isSearch() ? searchSummary(*m_loader->found(), m_model->rowCount())
                                       : selectionSummary(m_model->rowCount(), selected);
    m_status->setSummary(directory().isEmpty()        ? QString()
                             : m_loader->isComplete() ? summary
                                                      : tr("%1, reading was stopped").arg(summary));
}

} // namespace ui
