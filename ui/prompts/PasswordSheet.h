// PasswordSheet: asks for the password of a login, be it on a server or a proxy, or for the
// passphrase of a key on this computer.
//
// The two look different, and neither can be imitated by what a server asks (ChallengeSheet): the
// passphrase never leaves this computer, so that nobody must be led to type it for a server.

#pragma once

#include "ssh/Prompt.h"
#include "ui/widgets/Sheet.h"

class QLineEdit;

namespace ui {

class PasswordSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit PasswordSheet(const ssh::PasswordQuestion &question, QWidget *parent = nullptr);
    explicit PasswordSheet(const ssh::PassphraseQuestion &question, QWidget *parent = nullptr);
    explicit PasswordSheet(const ssh::ProxyPasswordQuestion &question, QWidget *parent = nullptr);

signals:
    void answered(const ssh::SecretAnswers &answers); // one

private:
    struct Texts
    {
        QString icon;
        QString title;
        QString remark;
        QString refused; // empty at the first attempt
        QString fieldName;
        QString button;
    };

    void build(const Texts &texts);

    QLineEdit *m_edit = nullptr;
};

} // namespace ui
