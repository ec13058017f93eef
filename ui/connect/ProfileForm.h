// ProfileForm: the pages of ProfileEditor and GroupEditor, and the list that picks one.

#pragma once

#include "profiles/Profile.h"
#include "ui/connect/TransportPage.h"

#include <QList>
#include <QWidget>

class QListWidget;
class QStackedWidget;

namespace profiles {
class ProfileStore;
}
namespace settings {
class Settings;
}

namespace ui {

class ProfilePage;

class ProfileForm final : public QWidget
{
    Q_OBJECT

public:
    // Both say what is inherited, and are borrowed.
    ProfileForm(const profiles::ProfileStore &store, const settings::Settings &settings,
                QWidget *parent = nullptr);

    // In their order; then load().
    void addPage(ProfilePage *page);

    // The pages that a group has as well. `aliases` are the hosts of OpenSSH's configuration.
    void addCommonPages(TransportPage::Scope scope, const QStringList &aliases);

    // Shows the profile, and the first page.
    void load(const profiles::Profile &profile);

    // `profile` with what the pages say.
    profiles::Profile stored(profiles::Profile profile) const;

    // The first problem of a page, which is shown then; empty if all can be saved.
    QString problem();

private:
    void showInherited();

    const profiles::ProfileStore &m_store;
    const settings::Settings &m_settings;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QList<ProfilePage *> m_pages;
    profiles::Profile::Id m_id; // of what was loaded; empty for a group
};

} // namespace ui
