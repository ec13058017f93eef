// Workspace: terminals and files of one tab, beside each other, stacked, or one of them alone.

#pragma once

#include "profiles/Profile.h"
#include "settings/Settings.h"
#include "ui/main/SavedPanes.h"
#include "ui/main/Services.h"
#include "ui/main/ViewSwitch.h"

#include <QWidget>

#include <memory>

class QSplitter;

namespace ui {

class FilePane;
class FilesView;
class PaneSync;
class ServerPlace;
class TerminalSplits;

class Workspace final : public QWidget
{
    Q_OBJECT

public:
    // Panes show this computer's files, those of `server` and of the other places there are.
    Workspace(const Services &services, std::shared_ptr<ServerPlace> server,
              QWidget *parent = nullptr);
    ~Workspace() override; // the next tab begins with the columns of this one

    TerminalSplits &terminals() const { return *m_terminals; }
    FilesView &filesView() const { return *m_files; }

    // What is at stake in its terminals and panes, and how its terminals look.
    void setProfile(const profiles::Profile &profile);

    // The pane shows the files of the tab's own server.
    bool isOfServer(const FilePane &pane) const;

    // Where the pane of the server begins, the first time; empty: where the login does.
    void beginAt(const QByteArray &remoteDirectory);
    // As they were another time, unless there is nothing in `panes`.
    void restorePanes(const SavedPanes &panes, const SavedPanes::Servers &servers);

    void setView(ViewSwitch::View view);

    // Each terminal keeps at most so many lines, whatever the settings say.
    void limitScrollback(int lines);

    // The window that compares the two panes' directories.
    void synchronize();
    bool isSynchronizing() const;

    // As if the user had typed it into the current terminal, and Enter.
    void runInTerminal(const QString &command);

    // The current terminal -> left files -> right files -> terminal, of those that are visible.
    void focusNextPane();
    void focusMainPane();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void followTerminalSettings();
    void followSizeUnits();
    void applyTerminalSettings();
    void arrange();
    void rememberSplitter();
    const settings::Key<QByteArray> &splitterKey() const;

    settings::Settings &m_settings;
    std::shared_ptr<ServerPlace> m_server; // shared with the tab and the panes
    bool m_hasProfile = false;
    bool m_hasBegun = false; // the panes show what the user wants by now
    profiles::TerminalChoice m_choice;
    int m_mostScrollback;
    QSplitter *m_splitter;
    TerminalSplits *m_terminals;
    FilesView *m_files = nullptr;
    PaneSync *m_sync = nullptr;
};

} // namespace ui
