// GroupEditor: the sheet in which a group is made or changed: its name, its place, and what the
// sessions in it inherit.

#pragma once

#include "profiles/Profile.h"
#include "ui/widgets/Sheet.h"

namespace profiles {
class ProfileStore;
}
namespace settings {
class Settings;
}

namespace ui {

class PlainLabel;
class ProfileForm;

class GroupEditor final : public Sheet
{
    Q_OBJECT

public:
    // An empty path is a new group. The store and the settings are borrowed. `aliases`, the hosts
    // of OpenSSH's configuration, can be jump hosts.
    GroupEditor(const QString &path, profiles::ProfileStore &store,
                const settings::Settings &settings, const QStringList &aliases,
                QWidget *parent = nullptr);

    int widthInCharacters() const override;

private:
    QLayout *createButtons();
    void submit();
    QString save(const profiles::Profile &edited); // why it was not; empty if it was

    const QString m_path;
    profiles::ProfileStore &m_store;
    const profiles::Profile m_before; // what the group said when the sheet was opened
    ProfileForm *m_form;
    PlainLabel *m_problem;
};

} // namespace ui
