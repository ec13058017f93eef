// SecretsPage: where passwords and passphrases are kept, whether that works, the master password of
// the encrypted file, and the list of what is stored.

#pragma once

#include "base/Result.h"
#include "ui/settings/SettingsPage.h"
#include "vault/Place.h"
#include "vault/SecretId.h"

#include <QList>

class QButtonGroup;
class QLayout;
class QListWidget;
class QPushButton;

namespace settings {
class Settings;
}
namespace vault {
class Vault;
}

namespace ui {

class PlainLabel;
class Sheet;
class SheetHost;

class SecretsPage final : public SettingsPage
{
    Q_OBJECT

public:
    // All are borrowed; `host` shows the questions.
    SecretsPage(settings::Settings &settings, vault::Vault &vault, SheetHost &host,
                QWidget *parent = nullptr);

    void load() override;

private:
    QLayout *createPlaces();
    QLayout *createFileButtons();
    QLayout *createList();
    void choose(vault::Place place);
    void setPlace(vault::Place place);
    void showPlace();
    void showState(const base::Result<void> &check);
    void showEntries(const base::Result<QList<vault::SecretId>> &ids);
    void askForMasterPassword();
    void changeMasterPassword();
    void discardFile();
    void forgetSelected();
    void updateButtons();
    void present(Sheet *sheet);

    settings::Settings &m_settings;
    vault::Vault &m_vault;
    SheetHost &m_host;
    QButtonGroup *m_places;
    PlainLabel *m_state;
    QPushButton *m_master; // choose, unlock or change, as the file is
    QPushButton *m_discard;
    QListWidget *m_list;
    QPushButton *m_forget;
    PlainLabel *m_listRemark;
    QList<vault::SecretId> m_ids; // as in the list
    int m_round = 0; // answers to older questions are late
};

} // namespace ui
