// PaneBookmarks: the button of a file pane with the folders that its user comes back to. Whoever
// owns the pane keeps the list.

#pragma once

#include "files/FilePath.h"

#include <QList>
#include <QToolButton>

class QMenu;

namespace ui {

class PaneBookmarks final : public QToolButton
{
    Q_OBJECT

public:
    explicit PaneBookmarks(QWidget *parent = nullptr);

    void setPaths(const QList<files::FilePath> &paths) { m_paths = paths; }
    const QList<files::FilePath> &paths() const { return m_paths; }

    void setDirectory(const files::FilePath &directory); // shown now; empty: none

    // Adds the directory that is shown, or takes it out.
    void toggle();

signals:
    void changed(const QList<files::FilePath> &paths); // by the user
    void chosen(const files::FilePath &path);

private:
    void fill();

    QMenu *m_menu;
    QList<files::FilePath> m_paths;
    files::FilePath m_directory;
};

} // namespace ui
