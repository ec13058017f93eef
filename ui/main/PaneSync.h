// PaneSync: opens the window that synchronizes what the two panes of a tab show, whose files these
// may be, and joins it to their logins.

#pragma once

#include "synchronize/TreeRow.h"

#include <QObject>
#include <QPointer>

#include <memory>

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
    // Both are borrowed.
    PaneSync(FilesView &view, const settings::Settings &settings);
    ~PaneSync() override; // closes the window, and ends what it does

    // Comes to the front with what the panes show; says why if that can not be synchronized.
    void show();

    bool isBusy() const; // with what would end with it

private:
    using SharedPlace = std::shared_ptr<PanePlace>; // with the panes

    bool isOverlap() const;
    bool isOfWindow() const;
    void createWindow();
    void join(synchronize::Side side);
    void follow(synchronize::Side side, SharedPlace place);
    void leave();
    SharedPlace &place(synchronize::Side side)
    {
        return side == synchronize::Side::Left ? m_left : m_right;
    }

    FilesView &m_view;
    const settings::Settings &m_settings;
    SharedPlace m_left; // of the window, as the next one
    SharedPlace m_right;
    QPointer<SyncWindow> m_window; // while it is open
};

} // namespace ui
