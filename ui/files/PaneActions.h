// PaneActions: what can be done in a file pane, as actions with their keys: buttons, menus and
// shortcuts of the pane all show these.

#pragma once

#include <QObject>

class QAction;
class QMenu;

namespace ui {

class FileListView;

class PaneActions final : public QObject
{
    Q_OBJECT

public:
    // `idPrefix` begins the object names: "localRefresh". The shortcuts hold while `list` has the
    // focus.
    PaneActions(const QString &idPrefix, FileListView &list);

    // Makes them known to KeyBindings before there is any pane.
    static void declareKeys();

    // Enables what makes sense with so many files selected, in a place that can be reached or not.
    void follow(qsizetype selectedFiles, bool isConnected);

    void fillContextMenu(QMenu &menu) const;

    QAction *places; // a choice of what is shown; done by the owner of the pane, as the next ones
    QAction *newTab; // beside it: the selected folder, or the same
    QAction *closeTab; // there is another one
    QAction *nextTab; // likewise
    QAction *previousTab;
    QAction *back; // enabled by the pane, as the next one
    QAction *forward;
    QAction *up;
    QAction *home;
    QAction *bookmarks; // opens their menu
    QAction *terminalHere; // of servers alone, as the next one; enabled and done by their owner
    QAction *terminalPlace;
    QAction *asRoot; // of servers alone, as the next ones; shown and done by their owner
    QAction *asUser;
    QAction *asLogin;
    QAction *refresh;
    QAction *filter;
    QAction *search; // below the directory
    QAction *reveal; // what was found, in its own folder
    QAction *showHidden; // checkable
    QAction *newFolder;
    QAction *newFile;
    QAction *newLink;
    QAction *copy; // to the other pane
    QAction *move; // likewise
    QAction *duplicate; // beside itself
    QAction *rename; // one, or by a rule if several are selected
    QAction *trash;
    QAction *remove; // for good
    QAction *undo; // the latest change; its text says which
    QAction *history; // all that can be undone
    QAction *preview;
    QAction *edit; // done by the pane's owner, as the next one
    QAction *openWith;
    QAction *touch;
    QAction *empty;
    QAction *resize;
    QAction *permissions;
    QAction *properties;
    QAction *checksum;
    QAction *copyFiles; // to the clipboard, for panes and file managers
    QAction *stage; // for other programs; of servers alone, done by the owner
    QAction *paste; // from there, into the directory
    QAction *copyNames; // to the clipboard as text, as the next ones
    QAction *copyPaths;
    QAction *copyUrls;
    QAction *copyScpLine; // of servers alone

private:
    void createTabs();
    void createChanges();
    void createCopies();
    QAction *create(const QString &id, const char *iconName, const QString &text,
                    const QList<QKeySequence> &usualKeys);

    const QString m_idPrefix;
    FileListView &m_list;
};

} // namespace ui
