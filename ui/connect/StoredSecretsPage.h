// StoredSecretsPage: the passwords and passphrases of a session, and of the jump hosts and proxies
// on its way, that Ponto remembers: to show, change and forget. Not a part of the profile: what is
// done here holds at once, also if the editor is canceled.

#pragma once

#include "ui/connect/ProfilePage.h"
#include "vault/SecretId.h"
#include "vault/Vault.h"

#include <QList>
#include <QPointer>

class QListWidget;
class QPushButton;

namespace ui {

class PlainLabel;
class SecretEdit;

class StoredSecretsPage final : public ProfilePage
{
    Q_OBJECT

public:
    // `ids` are those that a login of the session may ask for. Borrows the vault.
    StoredSecretsPage(vault::Vault &vault, QList<vault::SecretId> ids, QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &) const override { }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Mode { Idle, Shown, Changing };

    void createButtons();
    void refresh();
    void showStored(const base::Result<QList<vault::SecretId>> &stored);
    void showSecret();
    void saveSecret();
    void forgetSecret();
    void enter(Mode mode);
    void updateButtons();
    void report(const base::Result<void> &result, const QString &done);
    std::optional<vault::SecretId> current() const;

    vault::Vault &m_vault;
    QList<vault::SecretId> m_ids;
    QList<vault::SecretId> m_stored;
    Mode m_mode = Mode::Idle;
    QListWidget *m_list;
    SecretEdit *m_value;
    QPushButton *m_show = nullptr;
    QPushButton *m_change = nullptr;
    QPushButton *m_forget = nullptr;
    PlainLabel *m_state;
};

} // namespace ui
