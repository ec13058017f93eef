// PaneSync: opens the window that synchronizes what the two panes of a tab show, and joins it to
// the login of the tab.

#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

namespace files {
class FileSystem;
}

namespace settings {
class Settings;
}

namespace ui {

class FilesView;
class SharedConnection;
class SyncWindow;

class PaneSync final : public QObject
{
    Q_OBJECT

public:
    // All are borrowed.
    PaneSync(FilesView &view, files::FileSystem &local, const settings::Settings &settings);
    ~PaneSync() override; // closes the window, and ends what it does

    // The right pane shows the files of this login, until it leaves the place.
    void setServer(SharedConnection &server, const QString &label);

    // Comes to the front with what the panes show; does nothing without a server.
    void show();

    bool isBusy() const; // with what would end with it

private:
    void leave();
    void createWindow();
    void join();

    FilesView &m_view;
    files::FileSystem &m_local;
    const settings::Settings &m_settings;
    QString m_label;
    SharedConnection *m_server = nullptr; // while the pane shows its files
    QPointer<SyncWindow> m_window; // while it is open
};

} // namespace ui
