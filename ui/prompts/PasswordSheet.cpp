#include "ui/prompts/PasswordSheet.h"

#include "base/DisplayText.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLineEdit>
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
    m_edit = new QLineEdit(this);
    m_edit->setEchoMode(QLineEdit::Password);
    m_edit->setAccessibleName(texts.fieldName);
    m_edit->setPlaceholderText(texts.fieldName);
    setFocusProxy(m_edit);
    auto *accept = new QPushButton(texts.button, this);
    accept->setObjectName(QStringLiteral("passwordAccept"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("passwordCancel"));

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(accept);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(
        texts.icon, Theme::color(Theme::Meaning::Ok, QApplication::palette()), texts.title, this));
    if (!texts.refused.isEmpty()) {
        auto *refused = new PlainLabel(texts.refused, PlainLabel::Role::Danger, this);
        refused->setObjectName(QStringLiteral("passwordRefused"));
        layout->addWidget(refused);
    }
    layout->addWidget(m_edit);
    layout->addWidget(new PlainLabel(texts.remark, PlainLabel::Role::Subtle, this));
    layout->addLayout(buttons);

    connect(accept, &QPushButton::clicked, this, [this] {
        const base::SecretString secret = base::SecretString::fromText(m_edit->text());
        m_edit->clear();
        emit answered({secret});
        finish();
    });
    connect(m_edit, &QLineEdit::returnPressed, accept, &QPushButton::click);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
