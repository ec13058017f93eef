// PasswordSheet: asks for the password of a login, be it on a server or a proxy, or for the
// passphrase of a key on this computer.
//
// The two look different, and neither can be imitated by what a server asks (ChallengeSheet): the
// passphrase never leaves this computer, so that nobody must be led to type it for a server.

#pragma once

#include "ssh/Prompt.h"
#include "ui/widgets/Sheet.h"

class QCheckBox;

namespace ui {

class PlainLabel;
class SecretEdit;

class PasswordSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit PasswordSheet(const ssh::PasswordQuestion &question, QWidget *parent = nullptr);
    explicit PasswordSheet(const ssh::PassphraseQuestion &question, QWidget *parent = nullptr);
    explicit PasswordSheet(const ssh::ProxyPasswordQuestion &question, QWidget *parent = nullptr);

    // Shows a box whether to remember the secret; `place` is where, as placeText() calls it.
    enum class Suggestion { Keep, DoNotKeep }; // what the box says at first
    void offerRemembering(const QString &place, Suggestion suggestion);

    // The box is there, but cannot be used: a sentence or two on why.
    void refuseRemembering(const QString &why);

    // One sentence above the field, in place of what stands there; empty: none.
    void setRefusal(const QString &text);
    void setRemark(const QString &text); // below it

    bool wantsRemembering() const;
    bool isUntouched() const; // nothing was typed yet

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

    SecretEdit *m_edit = nullptr;
    PlainLabel *m_refused = nullptr;
    PlainLabel *m_remark = nullptr; // what the keyring is doing, or why it does not
    QCheckBox *m_remember = nullptr;
};

} // namespace ui
