#include "ui/prompts/PasswordSheet.h"

#include "base/DisplayText.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SecretEdit.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

PasswordSheet::PasswordSheet(const ssh::PasswordQuestion &question, QWidget *parent)
    : Sheet(parent)
{
    const QString user = base::displayText(question.user);
    const QString host = base::displayText(question.host);
    setObjectName(QStringLiteral("passwordSheet"));
    setAccessibleName(tr("Password for %1 at %2").arg(user, host));
    build({QStringLiteral("server"), tr("Password for %1 at %2").arg(user, host),
           tr("It is sent to the server through the encrypted connection."),
           question.attempt > 1 ? tr("That password was not accepted.") : QString(), tr("Password"),
           tr("Log in")});
    m_edit->setObjectName(QStringLiteral("passwordEdit"));
}

PasswordSheet::PasswordSheet(const ssh::PassphraseQuestion &question, QWidget *parent)
    : Sheet(parent, Theme::Meaning::Ok)
{
    const QString file = base::displayText(question.keyFile);
    setObjectName(QStringLiteral("passphraseSheet"));
    setAccessibleName(tr("Passphrase for the key %1").arg(file));
    build({QStringLiteral("key"), tr("Passphrase for the key %1").arg(file),
           tr("It unlocks the key on this computer and is never sent to the server."),
           question.attempt > 1 ? tr("That passphrase does not open the key.") : QString(),
           tr("Passphrase"), tr("Unlock")});
    m_edit->setObjectName(QStringLiteral("passphraseEdit"));
}

PasswordSheet::PasswordSheet(const ssh::ProxyPasswordQuestion &question, QWidget *parent)
    : Sheet(parent, Theme::Meaning::Warning)
{
    const QString user = base::displayText(question.user);
    const QString proxy = base::displayText(question.proxy);
    setObjectName(QStringLiteral("proxyPasswordSheet"));
    setAccessibleName(tr("Password for %1 at the proxy %2").arg(user, proxy));
    build({QStringLiteral("server"), tr("Password for %1 at the proxy %2").arg(user, proxy),
           tr("It is sent to the proxy without encryption. Do not use the password of a server."),
           question.attempt > 1 ? tr("That password was not accepted.") : QString(), tr("Password"),
           tr("Log in")});
    m_edit->setObjectName(QStringLiteral("proxyPasswordEdit"));
}

void PasswordSheet::build(const Texts &texts)
{
    m_edit = new SecretEdit(this);
    m_edit->setAccessibleName(texts.fieldName);
    m_edit->setPlaceholderText(texts.fieldName);
    setFocusProxy(m_edit);
    auto *accept = new QPushButton(texts.button, this);
    accept->setObjectName(QStringLiteral("passwordAccept"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("passwordCancel"));

    m_refused = new PlainLabel({}, PlainLabel::Role::Danger, this);
    m_refused->setObjectName(QStringLiteral("passwordRefused"));
    setRefusal(texts.refused);
    m_remember = new QCheckBox(tr("&Remember"), this);
    m_remember->setObjectName(QStringLiteral("passwordRemember"));
    m_remember->hide();
    m_remark = new PlainLabel({}, PlainLabel::Role::Subtle, this);
    m_remark->setObjectName(QStringLiteral("passwordRemark"));
    m_remark->hide();

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(accept);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(
        texts.icon, Theme::color(Theme::Meaning::Ok, QApplication::palette()), texts.title, this));
    layout->addWidget(m_refused);
    layout->addWidget(m_edit);
    layout->addWidget(new PlainLabel(texts.remark, PlainLabel::Role::Subtle, this));
    layout->addWidget(m_remember);
    layout->addWidget(m_remark);
    layout->addLayout(buttons);

    connect(accept, &QPushButton::clicked, this, [this] {
        emit answered({m_edit->take()});
        finish();
    });
    setDefaultButton(accept);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

void PasswordSheet::offerRemembering(const QString &place, Suggestion suggestion)
{
    m_remember->setText(tr("&Remember in %1").arg(place));
    m_remember->setToolTip(tr("Stored only when it was accepted."));
    m_remember->setChecked(suggestion == Suggestion::Keep);
    m_remember->show();
}

void PasswordSheet::refuseRemembering(const QString &why)
{
    m_remember->setChecked(false);
    m_remember->setEnabled(false);
    m_remember->show();
    setRemark(why);
}

void PasswordSheet::setRefusal(const QString &text)
{
    m_refused->setText(text);
    m_refused->setVisible(!text.isEmpty());
}

void PasswordSheet::setRemark(const QString &text)
{
    m_remark->setText(text);
    m_remark->setVisible(!text.isEmpty());
}

bool PasswordSheet::wantsRemembering() const
{
    return m_remember->isChecked() && m_remember->isEnabled();
}

bool PasswordSheet::isUntouched() const
{
    return m_edit->text().isEmpty();
}

} // namespace ui
