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

    // Enables what makes sense with so many files selected, in a place that can be reached or not.
    void follow(qsizetype selectedFiles, bool isConnected);

    void fillContextMenu(QMenu &menu) const;

    QAction *back; // enabled by the pane, as the next one
    QAction *forward;
    QAction *up;
    QAction *home;
    QAction *refresh;
    QAction *filter;
    QAction *showHidden; // checkable
    QAction *newFolder;
    QAction *newFile;
    QAction *copy; // to the other pane
    QAction *rename; // one, or by a rule if several are selected
    QAction *remove;
    QAction *permissions;

private:
    QAction *create(const QString &id, const char *iconName, const QString &text,
                    const QList<QKeySequence> &keys);

    const QString m_idPrefix;
    FileListView &m_list;
};

} // namespace ui
