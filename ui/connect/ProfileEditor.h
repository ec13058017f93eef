// ProfileEditor: the sheet in which a session is made or changed. Its fields stand on the pages of
// a ProfileForm.

#pragma once

#include "profiles/Profile.h"
#include "ui/widgets/Sheet.h"

#include <QList>

namespace profiles {
class ProfileStore;
}
namespace settings {
class Settings;
}
namespace vault {
struct SecretId;
class Vault;
} // namespace vault

namespace ui {

class PlainLabel;
class ProfileForm;

class ProfileEditor final : public Sheet
{
    Q_OBJECT

public:
    // A profile without a host is a new one. The store and the settings say what is inherited;
    // `aliases`, the hosts of OpenSSH's configuration, can be jump hosts.
    ProfileEditor(const profiles::Profile &profile, const profiles::ProfileStore &store,
                  const settings::Settings &settings, const QStringList &aliases,
                  QWidget *parent = nullptr);

    // Adds a page about the stored secrets that the session may ask for. Borrows the vault.
    void showSecrets(vault::Vault &vault, const QList<vault::SecretId> &ids);

    int widthInCharacters() const override;

    // While saved() is answered: it could not be saved. The sheet stays, with what was typed.
    void refuse(const QString &problem);

signals:
    void saved(const profiles::Profile &profile);

private:
    void submit();

    profiles::Profile m_profile;
    ProfileForm *m_form;
    PlainLabel *m_problem;
};

} // namespace ui
