// PaneEdits: joins the panes of a tab to the desk of the window: F4, Enter and "Open with…" there,
// and the files of this computer.

#pragma once

#include "ui/edit/EditDesk.h"

#include <QObject>
#include <QPointer>

namespace ui {

class FilePane;
class FilesView;

class PaneEdits final : public QObject
{
    Q_OBJECT

public:
    PaneEdits(FilesView &view, files::FileSystem &local, EditDesk &desk);
    ~PaneEdits() override;

private:
    void connectPane(FilePane &pane);
    void edit(FilePane &pane, QList<files::FilePath> paths, const std::optional<QString> &command);
    void askWith(FilePane &pane);
    void showSaved(const QString &place, const files::FilePath &path);

    FilesView &m_view;
    files::FileSystem &m_local;
    QPointer<EditDesk> m_desk; // the window takes it with it before its tabs
};

} // namespace ui
