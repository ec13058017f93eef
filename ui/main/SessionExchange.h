// SessionExchange: the sheets of the window that import and export sessions, and the actions that
// open them.

#pragma once

#include <QObject>
#include <QStringList>

namespace profiles {
class ProfileStore;
}

namespace ui {

class Actions;
class SessionSidebar;
class SheetHost;

class SessionExchange final : public QObject
{
    Q_OBJECT

public:
    // Lives as long as `host`. All are borrowed.
    SessionExchange(profiles::ProfileStore &store, Actions &actions, SessionSidebar &sidebar,
                    SheetHost &host);

private:
    void showImport();
    void showExport(const QStringList &ids);

    profiles::ProfileStore &m_store;
    SessionSidebar &m_sidebar;
    SheetHost &m_host;
};

} // namespace ui
