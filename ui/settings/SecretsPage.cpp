#include "ui/settings/SecretsPage.h"

#include "base/DisplayText.h"
#include "settings/Settings.h"
#include "ui/errors/SecretText.h"
#include "ui/prompts/MasterPasswordSheet.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"
#include "vault/Vault.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui {
namespace {

using vault::Place;

} // namespace

SecretsPage::SecretsPage(settings::Settings &settings, vault::Vault &vault, SheetHost &host,
                         QWidget *parent)
    : SettingsPage(tr("Secrets"), parent)
    , m_settings(settings)
    , m_vault(vault)
    , m_host(host)
    , m_places(new QButtonGroup(this))
    , m_state(new PlainLabel({}, PlainLabel::Role::Subtle))
    , m_master(new QPushButton)
    , m_discard(new QPushButton(tr("&Start over…")))
    , m_list(new QListWidget)
    , m_forget(new QPushButton(tr("&Forget")))
    , m_listRemark(new PlainLabel({}, PlainLabel::Role::Subtle))
{
    m_state->setObjectName(QStringLiteral("secretsState"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(tr("Passwords and passphrases")));
    layout->addLayout(createPlaces());
    layout->addWidget(m_state);
    layout->addLayout(createFileButtons());
    layout->addLayout(createList(), 1);
    connect(&m_vault, &vault::Vault::placeChanged, this, &SecretsPage::load);
}

QLayout *SecretsPage::createPlaces()
{
    auto *column = new QVBoxLayout;
    const auto add = [&](Place place, const char *objectName, const QString &text) {
        auto *button = new QRadioButton(text);
        button->setObjectName(QString::fromLatin1(objectName));
        button->setAccessibleName(QString(text).remove(u'&'));
        m_places->addButton(button, static_cast<int>(place));
        column->addWidget(button);
    };
    add(Place::Nowhere, "secretsAsk", tr("&Ask each time, store nothing"));
    add(Place::Keyring, "secretsKeyring", tr("Keep them in the &keyring of the desktop"));
    add(Place::File, "secretsFile", tr("Keep them in an &encrypted file with a master password"));
    connect(m_places, &QButtonGroup::idClicked, this,
            [this](int place) { choose(static_cast<Place>(place)); });
    return column;
}

QLayout *SecretsPage::createFileButtons()
{
    m_master->setObjectName(QStringLiteral("secretsMasterPassword"));
    m_discard->setObjectName(QStringLiteral("secretsDiscard"));
    connect(m_master, &QPushButton::clicked, this, [this] {
        if (m_vault.file().isUnlocked()) {
            changeMasterPassword();
        } else {
            askForMasterPassword();
        }
    });
    connect(m_discard, &QPushButton::clicked, this, &SecretsPage::discardFile);
    auto *row = new QHBoxLayout;
    row->addWidget(m_master);
    row->addWidget(m_discard);
    row->addStretch();
    return row;
}

QLayout *SecretsPage::createList()
{
    m_list->setObjectName(QStringLiteral("secretsList"));
    m_list->setAccessibleName(tr("Stored secrets"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_forget->setObjectName(QStringLiteral("secretsForget"));
    m_listRemark->setObjectName(QStringLiteral("secretsRemark"));
    m_list->setEnabled(false); // until it is known what is in it
    auto *label = new QLabel(tr("S&tored"));
    label->setBuddy(m_list);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &SecretsPage::updateButtons);
    connect(m_forget, &QPushButton::clicked, this, &SecretsPage::forgetSelected);

    auto *row = new QHBoxLayout;
    row->addWidget(m_list, 1);
    row->addWidget(m_forget, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->addWidget(label);
    column->addLayout(row, 1);
    column->addWidget(m_listRemark);
    return column;
}

void SecretsPage::load()
{
    const int round = ++m_round;
    showPlace();
    vault::SecretStore *store = m_vault.store();
    if (store == nullptr) {
        showState({});
        showEntries(QList<vault::SecretId>());
        return;
    }
    m_state->setText(tr("Looking…"));
    store->check().then(this, [this, round](const base::Result<void> &check) {
        if (round == m_round) {
            showState(check);
        }
    });
    store->list().then(this, [this, round](const base::Result<QList<vault::SecretId>> &ids) {
        if (round == m_round) {
            showEntries(ids);
        }
    });
}

void SecretsPage::showPlace()
{
    m_places->button(static_cast<int>(m_vault.place()))->setChecked(true);
    const bool isFile = m_vault.place() == Place::File;
    m_master->setVisible(isFile);
    m_discard->setVisible(isFile && m_vault.file().exists());
    m_master->setText(!m_vault.file().exists()          ? tr("Choose &master password…")
                          : m_vault.file().isUnlocked() ? tr("Change &master password…")
                                                        : tr("Un&lock…"));
}

void SecretsPage::showState(const base::Result<void> &check)
{
    if (!check) {
        m_state->setText(secretProblemText(m_vault.place(), check.error(), ReadIn::Settings));
    } else if (m_vault.place() == Place::Keyring) {
        m_state->setText(tr("The keyring answers."));
    } else if (m_vault.place() == Place::File) {
        m_state->setText(tr("The encrypted file is unlocked until Ponto is closed."));
    } else {
        m_state->setText(tr("What other places have stored before stays there."));
    }
}

void SecretsPage::showEntries(const base::Result<QList<vault::SecretId>> &ids)
{
    m_ids = ids.value_or(QList<vault::SecretId>());
    m_list->clear();
    for (const vault::SecretId &id : std::as_const(m_ids)) {
        m_list->addItem(base::displayText(id.title()));
    }
    m_list->setEnabled(!m_ids.isEmpty());
    const bool isKnownToBeEmpty = ids && m_ids.isEmpty() && m_vault.store() != nullptr;
    m_listRemark->setText(
        isKnownToBeEmpty ? tr("Nothing is stored. Tick “Remember” where Ponto asks for a password.")
                         : QString());
    m_listRemark->setVisible(isKnownToBeEmpty);
    updateButtons();
}

void SecretsPage::updateButtons()
{
    m_forget->setEnabled(!m_list->selectedItems().isEmpty());
}

void SecretsPage::choose(Place place)
{
    if (place == m_vault.place()) {
        return;
    }
    if (place == Place::File && !m_vault.file().exists()) {
        auto *sheet = new MasterPasswordSheet(MasterPasswordSheet::Purpose::Choose, m_vault.file(),
                                              &m_host);
        connect(sheet, &MasterPasswordSheet::done, this, [this] { setPlace(Place::File); });
        connect(sheet, &Sheet::cancelled, this, &SecretsPage::showPlace);
        present(sheet);
        return;
    }
    setPlace(place);
}

void SecretsPage::setPlace(Place place)
{
    m_settings.setValue(settings::keys::secretPlace, vault::nameOf(place));
    m_vault.setPlace(place); // and this page follows
}

void SecretsPage::askForMasterPassword()
{
    using Purpose = MasterPasswordSheet::Purpose;
    auto *sheet = new MasterPasswordSheet(
        m_vault.file().exists() ? Purpose::Unlock : Purpose::Choose, m_vault.file(), &m_host);
    connect(sheet, &MasterPasswordSheet::done, this, &SecretsPage::load);
    present(sheet);
}

void SecretsPage::changeMasterPassword()
{
    auto *sheet
        = new MasterPasswordSheet(MasterPasswordSheet::Purpose::Change, m_vault.file(), &m_host);
    connect(sheet, &MasterPasswordSheet::done, this, &SecretsPage::load);
    present(sheet);
}

void SecretsPage::discardFile()
{
    auto *sheet
        = new ConfirmSheet(tr("Delete the encrypted file?"),
                           tr("All passwords and passphrases in it are lost. Ponto asks for "
                              "them again."),
                           tr("Delete file"), &m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this] {
        m_vault.file().discard().then(this, [this](const base::Result<void> &result) {
            load();
            if (!result) {
                ++m_round; // what load() finds out must not hide this
                m_state->setText(secretProblemText(Place::File, result.error(), ReadIn::Settings));
            }
        });
    });
    present(sheet);
}

void SecretsPage::forgetSelected()
{
    vault::SecretStore *store = m_vault.store();
    const QList<QListWidgetItem *> items = m_list->selectedItems();
    if (store == nullptr || items.isEmpty()) {
        return;
    }
    m_forget->setEnabled(false);
    for (const QListWidgetItem *item : items) {
        const bool isLast = item == items.last();
        store->forget(m_ids.at(m_list->row(item)))
            .then(this, [this, isLast](const base::Result<void> &result) {
                if (!result) {
                    ++m_round;
                    m_state->setText(
                        secretProblemText(m_vault.place(), result.error(), ReadIn::Settings));
                    updateButtons();
                } else if (isLast) {
                    load();
                }
            });
    }
}

void SecretsPage::present(Sheet *sheet)
{
    m_host.present(sheet);
    sheet->setFocus();
}

} // namespace ui
