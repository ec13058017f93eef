#include "ui/connect/StoredSecretsPage.h"

#include "base/DisplayText.h"
#include "ui/errors/SecretText.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SecretEdit.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int visibleLines = 5;

QString titleOf(const vault::SecretId &id)
{
    using Kind = vault::SecretId::Kind;
    switch (id.kind) {
    case Kind::Passphrase:
        return StoredSecretsPage::tr("Passphrase of %1").arg(base::displayText(id.keyFile));
    case Kind::ProxyPassword:
        return StoredSecretsPage::tr("Password for %1 at the proxy %2:%3")
            .arg(base::displayText(id.user), base::displayText(id.host), QString::number(id.port));
    case Kind::Password:
        break;
    }
    return StoredSecretsPage::tr("Password for %1").arg(base::displayText(id.title()));
}

} // namespace

StoredSecretsPage::StoredSecretsPage(vault::Vault &vault, QList<vault::SecretId> ids,
                                     QWidget *parent)
    : ProfilePage(tr("Secrets"), parent)
    , m_vault(vault)
    , m_ids(std::move(ids))
    , m_list(new QListWidget)
    , m_value(new SecretEdit)
    , m_state(new PlainLabel({}, PlainLabel::Role::Subtle))
{
    m_list->setObjectName(QStringLiteral("profileSecrets"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle); // what it is, and whether it is stored
    m_list->setFixedHeight(fontMetrics().lineSpacing() * (visibleLines + 1));
    m_value->setObjectName(QStringLiteral("profileSecretValue"));
    m_state->setObjectName(QStringLiteral("profileSecretState"));
    createButtons();
    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {m_show, m_change, m_forget}) {
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *row = new QHBoxLayout;
    row->addWidget(m_list, 1);
    row->addLayout(buttons);
    addRow(tr("Remem&bered"), m_list, row);
    addRow(tr("&Value"), m_value);
    addRow(m_state);
    setFocusProxy(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] { enter(Mode::Idle); });
    connect(&m_vault, &vault::Vault::placeChanged, this, &StoredSecretsPage::refresh);
    enter(Mode::Idle);
}

void StoredSecretsPage::keyPressEvent(QKeyEvent *event)
{
    // Not passed on: Enter would save the session too.
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_value->hasFocus()) {
        saveSecret();
        return;
    }
    ProfilePage::keyPressEvent(event);
}

void StoredSecretsPage::createButtons()
{
    const auto create = [](const char *objectName) {
        auto *button = new QPushButton;
        button->setObjectName(QString::fromLatin1(objectName));
        return button;
    };
    m_show = create("profileSecretShow");
    m_change = create("profileSecretChange");
    m_forget = create("profileSecretForget");
    m_forget->setText(tr("&Forget"));
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (m_mode == Mode::Shown) {
            enter(Mode::Idle);
        } else {
            showSecret();
        }
    });
    connect(m_change, &QPushButton::clicked, this, [this] {
        if (m_mode == Mode::Changing) {
            saveSecret();
        } else {
            enter(Mode::Changing);
        }
    });
    connect(m_forget, &QPushButton::clicked, this, &StoredSecretsPage::forgetSecret);
}

void StoredSecretsPage::load(const profiles::Profile &)
{
    refresh();
}

void StoredSecretsPage::refresh()
{
    vault::SecretStore *store = m_vault.store();
    if (store == nullptr) {
        m_state->setText(
            tr("Nothing is remembered: so it is chosen under Secrets in the settings."));
        showStored(QList<vault::SecretId>());
        return;
    }
    store->list().then(this, [this](const base::Result<QList<vault::SecretId>> &stored) {
        if (!stored) {
            m_state->setText(secretProblemText(m_vault.place(), stored.error()));
        }
        showStored(stored);
    });
}

void StoredSecretsPage::showStored(const base::Result<QList<vault::SecretId>> &stored)
{
    m_stored = stored.value_or(QList<vault::SecretId>());
    const int row = std::max(0, m_list->currentRow());
    m_list->clear();
    for (const vault::SecretId &id : std::as_const(m_ids)) {
        const QString title = titleOf(id);
        auto *item = new QListWidgetItem(m_stored.contains(id) ? tr("%1: stored").arg(title)
                                                               : tr("%1: not stored").arg(title),
                                         m_list);
        item->setToolTip(item->text());
    }
    m_list->setCurrentRow(row);
    enter(Mode::Idle);
}

std::optional<vault::SecretId> StoredSecretsPage::current() const
{
    const int row = m_list->currentRow();
    return row < 0 ? std::nullopt : std::optional(m_ids.at(row));
}

void StoredSecretsPage::enter(Mode mode)
{
    m_mode = mode;
    m_value->take(); // the last one is not kept
    m_value->setReadOnly(mode != Mode::Changing);
    m_value->setEnabled(mode != Mode::Idle);
    m_value->setEchoMode(mode == Mode::Shown ? QLineEdit::Normal : QLineEdit::Password);
    m_value->setPlaceholderText(mode == Mode::Changing ? tr("type the new one") : QString());
    updateButtons();
    if (mode == Mode::Changing) {
        m_value->setFocus();
    }
}

void StoredSecretsPage::updateButtons()
{
    const auto id = current();
    const bool isStored = id && m_stored.contains(*id);
    m_show->setText(m_mode == Mode::Shown ? tr("Hide") : tr("S&how"));
    m_change->setText(m_mode == Mode::Changing ? tr("Store") : tr("Chan&ge…"));
    m_show->setEnabled(isStored);
    m_change->setEnabled(id && m_vault.store() != nullptr);
    m_forget->setEnabled(isStored);
}

void StoredSecretsPage::showSecret()
{
    const auto id = current();
    if (!id || m_vault.store() == nullptr) {
        return;
    }
    m_show->setEnabled(false);
    m_vault.store()->fetch(*id).then(this,
                                     [this, id](const base::Result<base::SecretString> &secret) {
                                         if (current() != id) {
                                             return; // another one is looked at meanwhile
                                         }
                                         if (!secret) {
                                             report(base::Failure(secret.error()), {});
                                             refresh();
                                             return;
                                         }
                                         enter(Mode::Shown);
                                         m_value->setText(QString::fromUtf8(secret->utf8()));
                                     });
}

void StoredSecretsPage::saveSecret()
{
    const auto id = current();
    vault::SecretStore *store = m_vault.store();
    if (m_mode != Mode::Changing || !id || store == nullptr) {
        return;
    }
    const base::SecretString secret = m_value->take();
    if (secret.isEmpty()) {
        m_state->setText(tr("Nothing was typed. To remove it, use Forget."));
        return;
    }
    enter(Mode::Idle);
    store->store(*id, secret).then(this, [this](const base::Result<void> &result) {
        report(result, tr("It is stored. The server has not been asked whether it is right."));
        refresh();
    });
}

void StoredSecretsPage::forgetSecret()
{
    const auto id = current();
    if (!id || m_vault.store() == nullptr) {
        return;
    }
    m_forget->setEnabled(false);
    m_vault.store()->forget(*id).then(this, [this](const base::Result<void> &result) {
        report(result, tr("It is forgotten."));
        refresh();
    });
}

void StoredSecretsPage::report(const base::Result<void> &result, const QString &done)
{
    m_state->setText(result ? done : secretProblemText(m_vault.place(), result.error()));
}

} // namespace ui
