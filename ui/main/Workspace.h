// Workspace: terminals and files of one tab, beside each other, stacked, or one of them alone.

#pragma once

#include "profiles/Profile.h"
#include "settings/Settings.h"
#include "ui/main/ViewSwitch.h"

#include <QWidget>

class QSplitter;

namespace files {
class FileSystem;
}

namespace transfer {
class TransferQueue;
}

namespace ui {

class EditDesk;
class FilePane;
class FilesView;
class PaneEdits;
class PaneSync;
class SharedConnection;
class TerminalSplits;

class Workspace final : public QWidget
{
    Q_OBJECT

public:
    // The settings keep the splitters; all are borrowed. Without a desk nothing is edited.
    Workspace(files::FileSystem &local, settings::Settings &settings, EditDesk *edits,
              QWidget *parent = nullptr);
    ~Workspace() override; // the next tab begins with the columns of this one

    TerminalSplits &terminals() const { return *m_terminals; }
    FilesView &filesView() const { return *m_files; }

    // What is at stake in its terminals and panes, and how its terminals look.
    void setProfile(const profiles::Profile &profile);

    void setView(ViewSwitch::View view);

    // Each terminal keeps at most so many lines, whatever the settings say.
    void limitScrollback(int lines);

    // The files of the server, with what is remembered of it.
    void showServer(SharedConnection &server, transfer::TransferQueue &queue, const QString &label);

    // The window that compares the two panes' directories.
    void synchronize();
    bool isSynchronizing() const;

    // Files of the server that were saved wait for its files to be opened.
    bool hasWaitingEdits() const;

    // As if the user had typed it into the current terminal, and Enter.
    void runInTerminal(const QString &command);

    // The current terminal -> left files -> right files -> terminal, of those that are visible.
    void focusNextPane();
    void focusMainPane();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void followTerminalSettings();
    void applyTerminalSettings();
    void keepBookmarks(FilePane &pane, const QString &place);
    void arrange();
    void rememberSplitter();
    const settings::Key<QByteArray> &splitterKey() const;

    settings::Settings &m_settings;
    bool m_hasProfile = false;
    profiles::TerminalChoice m_choice;
    int m_mostScrollback;
    QSplitter *m_splitter;
    TerminalSplits *m_terminals;
    FilesView *m_files;
    PaneEdits *m_edits = nullptr;
    PaneSync *m_sync;
};

} // namespace ui
