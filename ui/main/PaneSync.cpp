#include "ui/main/PaneSync.h"

#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PanePlace.h"
#include "ui/main/TransferDefaults.h"
#include "ui/synchronize/SyncWindow.h"
#include "ui/widgets/NoticeBar.h"

#include <utility>

namespace ui {

PaneSync::PaneSync(FilesView &view, files::FileSystem &local, const settings::Settings &settings)
    : QObject(&view)
    , m_view(view)
    , m_local(local)
    , m_settings(settings)
{
    connect(&view, &FilesView::synchronizeRequested, this, &PaneSync::show);
}

PaneSync::~PaneSync()
{
    delete m_window;
}

void PaneSync::join()
{
    if (m_window == nullptr) {
        return;
    }
    files::FileSystem *files = m_place->fileSystem();
    m_window->setServer(
        files, files == nullptr ? SyncWork::AttachQueue() : [this](transfer::TransferQueue &queue) {
            m_place->attachTo(queue);
        });
}

void PaneSync::show()
{
    const FilePane &left = m_view.leftPane();
    const FilePane &right = m_view.rightPane();
    const bool isServerLeft = left.place()->kind() == Place::Server;
    const FilePane &server = isServerLeft ? left : right;
    const FilePane &local = isServerLeft ? right : left;
    const std::shared_ptr<PanePlace> place = server.place();
    if (place->kind() != Place::Server || local.place()->kind() != Place::ThisComputer) {
        left.notice().showNotice(
            tr("Synchronizing takes a folder of this computer and one of a server."));
        return;
    }
    if (!server.isConnected()) {
        return; // the pane says it
    }
    if (m_window != nullptr && place != m_place && !m_window->isBusy()) {
        delete m_window;
    }
    if (m_window == nullptr) {
        createWindow(place);
    }
    if (place == m_place) {
        transfer::TransferRequest defaults;
        applyTransferDefaults(m_settings, defaults);
        m_window->setCopyOptions(defaults.options);
        m_window->setCaution(place->caution());
        m_window->setDirectories(local.directory(), server.directory());
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void PaneSync::createWindow(std::shared_ptr<PanePlace> place)
{
    if (m_place != nullptr) {
        m_place->disconnect(this);
    }
    m_place = std::move(place);
    connect(m_place.get(), &PanePlace::changed, this, &PaneSync::join);
    m_window = new SyncWindow(m_local, m_place->label(), m_view.window());
    m_window->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_window, &SyncWindow::filesChanged, &m_view, [this] {
        m_view.leftPane().refresh();
        m_view.rightPane().refresh();
    });
    connect(m_window, &QObject::destroyed, this, [this] {
        m_place->disconnect(this);
        m_place.reset();
    });
    join();
}

bool PaneSync::isBusy() const
{
    return m_window != nullptr && m_window->isBusy();
}

} // namespace ui
