// PaneEdits: joins the panes of a tab to the desk of the window: F4 and "Open with…" there, and
// which server's files can be reached.

#pragma once

#include "ui/edit/EditDesk.h"
#include "ui/files/PathLines.h"

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

    // The right pane shows the files of this login, until it leaves the place.
    void setServer(const QString &place, const QString &label);

    bool isWaiting() const; // something is to be sent there

private:
    void connectPane(FilePane &pane);
    void edit(FilePane &pane, const std::optional<QString> &command);
    void askWith(FilePane &pane);
    void leave();
    void showSaved(const QString &place, const files::FilePath &path);

    FilesView &m_view;
    files::FileSystem &m_local;
    QPointer<EditDesk> m_desk; // the window takes it with it before its tabs
    QString m_place;
    QString m_label;
    files::FileSystem *m_server = nullptr;
};

} // namespace ui
