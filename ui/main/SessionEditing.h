// SessionEditing: the sheets of the window in which sessions and groups are changed, and what such
// a change means for the tabs that are open.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"
#include "ui/main/Services.h"

#include <QObject>

namespace ui {

class SessionChanges;
class SessionTabs;
class SheetHost;

class SessionEditing final : public QObject
{
    Q_OBJECT

public:
    // The references outlive this.
    SessionEditing(const Services &services, SessionTabs &tabs, SheetHost &host, QObject *parent);

    void edit(const profiles::Profile &profile);
    void editNew();
    void editMany(const QList<profiles::Profile> &sessions, SessionChanges &changes);
    void editGroup(const QString &path);
    void saveCurrent(); // the session of the tab in front

private:
    QStringList aliases() const;
    base::Result<void> save(const profiles::Profile &edited, const profiles::Profile &before);
    void followEnvironments();

    Services m_services;
    SessionTabs &m_tabs;
    SheetHost &m_host;
};

} // namespace ui
