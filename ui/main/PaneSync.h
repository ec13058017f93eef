// PaneSync: opens the window that synchronizes what the two panes of a tab show, where one shows
// this computer's files and the other a server's, and joins it to that login.

#pragma once

#include <QObject>
#include <QPointer>

#include <memory>

namespace files {
class FileSystem;
}

namespace settings {
class Settings;
}

namespace ui {

class FilesView;
class PanePlace;
class SyncWindow;

class PaneSync final : public QObject
{
    Q_OBJECT

public:
    // All are borrowed.
    PaneSync(FilesView &view, files::FileSystem &local, const settings::Settings &settings);
    ~PaneSync() override; // closes the window, and ends what it does

    // Comes to the front with what the panes show; says why if that can not be synchronized.
    void show();

    bool isBusy() const; // with what would end with it

private:
    void createWindow(std::shared_ptr<PanePlace> place);
    void join();

    FilesView &m_view;
    files::FileSystem &m_local;
    const settings::Settings &m_settings;
    std::shared_ptr<PanePlace> m_place; // of the window; shared with the panes
    QPointer<SyncWindow> m_window; // while it is open
};

} // namespace ui
