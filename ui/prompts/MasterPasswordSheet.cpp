#include "ui/prompts/MasterPasswordSheet.h"

#include "ui/errors/SecretText.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SecretEdit.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <cstring>

namespace ui {
namespace {

QString titleOf(MasterPasswordSheet::Purpose purpose)
{
    switch (purpose) {
    case MasterPasswordSheet::Purpose::Choose:
        return MasterPasswordSheet::tr("Choose a master password");
    case MasterPasswordSheet::Purpose::Change:
        return MasterPasswordSheet::tr("Change the master password");
    case MasterPasswordSheet::Purpose::Unlock:
        break;
    }
    return MasterPasswordSheet::tr("Master password of the stored passwords");
}

QString buttonOf(MasterPasswordSheet::Purpose purpose)
{
    switch (purpose) {
    case MasterPasswordSheet::Purpose::Choose:
        return MasterPasswordSheet::tr("Create file");
    case MasterPasswordSheet::Purpose::Change:
        return MasterPasswordSheet::tr("Change");
    case MasterPasswordSheet::Purpose::Unlock:
        break;
    }
    return MasterPasswordSheet::tr("Unlock");
}

bool areEqual(const base::SecretString &first, const base::SecretString &second)
{
    return std::strcmp(first.utf8(), second.utf8()) == 0;
}

} // namespace

MasterPasswordSheet::MasterPasswordSheet(Purpose purpose, vault::EncryptedFileStore &store,
                                         QWidget *parent)
    : Sheet(parent, Theme::Meaning::Ok)
    , m_purpose(purpose)
    , m_store(store)
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("masterPasswordSheet"));
    setAccessibleName(titleOf(purpose));
    m_problem->setObjectName(QStringLiteral("masterPasswordProblem"));
    m_problem->hide();

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(QStringLiteral("key"),
                                    Theme::color(Theme::Meaning::Ok, QApplication::palette()),
                                    titleOf(purpose), this));
    layout->addWidget(m_problem);
    createFields(*layout);
    layout->addWidget(new PlainLabel(
        purpose == Purpose::Unlock
            ? tr("It opens the encrypted file on this computer and is sent to nobody.")
            : tr("It encrypts the passwords that Ponto remembers. Nobody can open the file without "
                 "it: if you forget it, the stored passwords are lost."),
        PlainLabel::Role::Subtle, this));
    layout->addLayout(createButtons());
}

void MasterPasswordSheet::createFields(QVBoxLayout &layout)
{
    if (m_purpose != Purpose::Choose) {
        m_old = addField(layout, QStringLiteral("masterPasswordEdit"), tr("Master password"));
    }
    if (m_purpose != Purpose::Unlock) {
        m_new
            = addField(layout, QStringLiteral("masterPasswordNewEdit"), tr("New master password"));
        m_repeated = addField(layout, QStringLiteral("masterPasswordRepeatEdit"),
                              tr("The new master password again"));
    }
    setFocusProxy(m_old != nullptr ? m_old : m_new);
}

SecretEdit *MasterPasswordSheet::addField(QVBoxLayout &layout, const QString &objectName,
                                          const QString &name)
{
    auto *edit = new SecretEdit(this);
    edit->setObjectName(objectName);
    edit->setAccessibleName(name);
    edit->setPlaceholderText(name);
    layout.addWidget(edit);
    return edit;
}

QLayout *MasterPasswordSheet::createButtons()
{
    m_accept = new QPushButton(buttonOf(m_purpose), this);
    m_accept->setObjectName(QStringLiteral("masterPasswordAccept"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("masterPasswordCancel"));
    setDefaultButton(m_accept);
    connect(m_accept, &QPushButton::clicked, this, &MasterPasswordSheet::submit);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_accept);
    buttons->addWidget(cancel);
    return buttons;
}

void MasterPasswordSheet::submit()
{
    if (!m_accept->isEnabled()) {
        return; // it is being done
    }
    const base::SecretString old = m_old != nullptr ? m_old->take() : base::SecretString();
    if (m_purpose == Purpose::Unlock) {
        start(m_store.unlock(old));
        return;
    }
    const base::SecretString changed = m_new->take();
    const base::SecretString repeated = m_repeated->take();
    if (changed.isEmpty()) {
        showProblem(tr("The new master password is empty. Type one, twice."));
    } else if (!areEqual(changed, repeated)) {
        showProblem(tr("The two new master passwords differ. Type them again."));
    } else {
        start(m_purpose == Purpose::Choose ? m_store.create(changed)
                                           : m_store.changePassword(old, changed));
    }
}

void MasterPasswordSheet::start(const QFuture<base::Result<void>> &work)
{
    setBusy(true);
    QFuture<base::Result<void>>(work).then(this, [this](const base::Result<void> &result) {
        setBusy(false);
        if (result) {
            emit done();
            finish();
        } else if (result.error().kind == base::ErrorKind::PermissionDenied) {
            showProblem(tr("That is not the master password."));
        } else {
            showProblem(secretProblemText(vault::Place::File, result.error()));
        }
    });
}

// Deriving the key takes a moment on purpose.
void MasterPasswordSheet::setBusy(bool busy)
{
    m_accept->setEnabled(!busy);
    m_accept->setText(busy ? tr("One moment…") : buttonOf(m_purpose));
}

void MasterPasswordSheet::showProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->show();
    setFocus();
}

} // namespace ui
