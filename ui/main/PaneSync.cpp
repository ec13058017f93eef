#include "ui/main/PaneSync.h"

#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TransferDefaults.h"
#include "ui/synchronize/SyncWindow.h"

namespace ui {

PaneSync::PaneSync(FilesView &view, files::FileSystem &local, const settings::Settings &settings)
    : QObject(&view)
    , m_view(view)
    , m_local(local)
    , m_settings(settings)
{
    connect(&view, &FilesView::synchronizeRequested, this, &PaneSync::show);
    connect(&view.remotePane(), &FilePane::placeLeft, this, &PaneSync::leave);
}

PaneSync::~PaneSync()
{
    delete m_window;
}

void PaneSync::setServer(SharedConnection &server, const QString &label)
{
    m_server = &server;
    m_label = label;
    join();
}

void PaneSync::join()
{
    if (m_window != nullptr && m_server != nullptr) {
        m_window->setServer(m_server->files(),
                            [this](transfer::TransferQueue &queue) { m_server->attachTo(queue); });
    }
}

void PaneSync::leave()
{
    m_server = nullptr;
    if (m_window != nullptr) {
        m_window->setServer(nullptr, {});
    }
}

void PaneSync::show()
{
    if (m_server == nullptr) {
        return;
    }
    if (m_window == nullptr) {
        createWindow();
    }
    transfer::TransferRequest defaults;
    applyTransferDefaults(m_settings, defaults);
    m_window->setCopyOptions(defaults.options);
    m_window->setCaution(m_view.remotePane().caution());
    m_window->setDirectories(m_view.localPane().directory(), m_view.remotePane().directory());
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void PaneSync::createWindow()
{
    m_window = new SyncWindow(m_local, m_label, m_view.window());
    m_window->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_window, &SyncWindow::filesChanged, &m_view, [this] {
        m_view.localPane().refresh();
        m_view.remotePane().refresh();
    });
    join();
}

bool PaneSync::isBusy() const
{
    return m_window != nullptr && m_window->isBusy();
}

} // namespace ui
