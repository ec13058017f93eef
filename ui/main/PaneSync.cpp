#include "ui/main/PaneSync.h"

#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PanePlace.h"
#include "ui/main/TransferDefaults.h"
#include "ui/synchronize/SyncWindow.h"
#include "ui/widgets/NoticeBar.h"

#include <utility>

namespace ui {

using synchronize::Side;

PaneSync::PaneSync(FilesView &view, const settings::Settings &settings)
    : QObject(&view)
    , m_view(view)
    , m_settings(settings)
{
    connect(&view, &FilesView::synchronizeRequested, this, &PaneSync::show);
}

PaneSync::~PaneSync()
{
    delete m_window;
}

void PaneSync::join(Side side)
{
    if (m_window == nullptr) {
        return;
    }
    m_window->setFiles(
        side, place(side)->fileSystem(),
        [place = place(side)](transfer::TransferQueue &queue) { place->attachTo(queue); });
}

// Links and what the user types in the window are looked at there.
bool PaneSync::isOverlap() const
{
    const FilePane &left = m_view.leftPane();
    const FilePane &right = m_view.rightPane();
    const files::FilePath one = left.directory().normalized();
    const files::FilePath other = right.directory().normalized();
    return left.place()->isSameMachine(*right.place())
        && (one.contains(other) || other.contains(one));
}

bool PaneSync::isOfWindow() const
{
    return m_view.leftPane().place() == m_left && m_view.rightPane().place() == m_right;
}

void PaneSync::show()
{
    const FilePane &left = m_view.leftPane();
    const FilePane &right = m_view.rightPane();
    if (!left.isConnected() || !right.isConnected()) {
        return; // the pane says it
    }
    const bool isBusy = this->isBusy();
    if (!isBusy && isOverlap()) {
        left.notice().showNotice(tr("Both panes show the same folder, or one shows a folder inside "
                                    "the other one's: go to another folder to synchronize."));
        return;
    }
    if (m_window != nullptr && !isBusy && !isOfWindow()) {
        delete m_window;
    }
    if (m_window == nullptr) {
        createWindow();
    }
    if (isOfWindow()) {
        transfer::TransferRequest defaults;
        applyTransferDefaults(m_settings, defaults);
        m_window->setCopyOptions(defaults.options);
        m_window->setCaution(Side::Left, m_left->caution());
        m_window->setCaution(Side::Right, m_right->caution());
        m_window->setDirectories(left.directory(), right.directory());
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void PaneSync::createWindow()
{
    leave();
    const auto endOf = [](const PanePlace &place) {
        return SyncEnd{place.kind() == Place::ThisComputer ? QString() : place.label()};
    };
    const SharedPlace left = m_view.leftPane().place();
    const SharedPlace right = m_view.rightPane().place();
    m_window = new SyncWindow({endOf(*left), endOf(*right), left->isSameMachine(*right)},
                              m_view.window());
    m_window->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_window, &SyncWindow::filesChanged, &m_view, [this] {
        m_view.leftPane().refresh();
        m_view.rightPane().refresh();
    });
    connect(m_window, &QObject::destroyed, this, &PaneSync::leave);
    follow(Side::Left, left);
    follow(Side::Right, right);
}

void PaneSync::follow(Side side, SharedPlace place)
{
    this->place(side) = std::move(place);
    connect(this->place(side).get(), &PanePlace::changed, this, [this, side] { join(side); });
    join(side);
}

void PaneSync::leave()
{
    for (SharedPlace *place : {&m_left, &m_right}) {
        if (*place != nullptr) {
            (*place)->disconnect(this);
            place->reset();
        }
    }
}

bool PaneSync::isBusy() const
{
    return m_window != nullptr && m_window->isBusy();
}

} // namespace ui
