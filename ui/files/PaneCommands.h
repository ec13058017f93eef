// PaneCommands: what the actions of a file pane do to its files: asks where that is needed, has it
// done by FileChanges, and says in the pane what became of it.

#pragma once

#include "files/FileEntry.h"
#include "files/SearchQuery.h"
#include "ui/files/FileChanges.h"
#include "ui/files/NewItemSheet.h"
#include "ui/files/PathLines.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

class QMenu;

namespace ui {

class FilePane;
class PaneActions;
class PaneStatus;

class PaneCommands final : public QObject
{
    Q_OBJECT

public:
    // All of them the pane's.
    PaneCommands(FilePane &pane, const PaneActions &actions, PaneStatus &status);

    // The file system is borrowed and may be null; `history` is that of its place.
    void setPlace(files::FileSystem *fileSystem, const std::shared_ptr<ChangeHistory> &history);

    FileChanges &changes() const { return *m_changes; }

    // In the banner, once, that the connection was lost in the middle of an act here.
    void tellCutOff();

    // Enables what makes sense with these selected.
    void follow(const QList<files::FileEntry> &selected);

signals:
    void ended(
        const QByteArray &name); // an act: the directory is to be read again, `name` selected

private:
    void connectActions(const PaneActions &actions);
    void connectClipboard(const PaneActions &actions);
    void connectChanges();
    void askForName(NewItemSheet::Kind kind);
    void askForLink();
    void askWhetherToDelete(const QList<files::FilePath> &paths,
                            const QList<files::FileEntry> &entries);
    void trash();
    void askWhetherToEmpty();
    void askForSize();
    void rename();
    void duplicate();
    void undoLatest();
    void openHistory();
    void openProperties();
    void openChecksum();
    void openPreview();
    void paste();
    void askWhatToSearch();
    void handleFinished(const ChangeOutcome &outcome);
    void tellDone(const ChangeOutcome &outcome);
    void tellSearch(); // that what is shown is found
    void tellLeftBehind(const ChangeOutcome &outcome);
    void offerToDelete(const ChangeOutcome &outcome);
    void followHistory();
    QList<files::FileEntry> regularFiles() const;
    QList<files::FilePath> pathsOf(const QList<files::FileEntry> &entries) const;

    FilePane &m_pane;
    const PaneActions &m_actions;
    PaneStatus &m_status;
    FileChanges *m_changes;
    files::FileSystem *m_fileSystem = nullptr;
    files::SearchQuery m_query; // the last one
    QString m_cutOff; // see tellCutOff(); empty: nothing
    qsizetype m_done = 0;
    qsizetype m_total = 0;
};

} // namespace ui
