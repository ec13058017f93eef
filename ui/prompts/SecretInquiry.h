// SecretInquiry: one question for a password or passphrase, of a server, a proxy or a key: what is
// stored answers it in silence, a sheet asks the user where nothing is stored or the server has
// refused it.
//
// Used by PromptPresenter, which deletes it when it was answered or withdrawn.

#pragma once

#include "ssh/Prompt.h"
#include "vault/LoginSecrets.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace ui {

class PasswordSheet;
class Sheet;
class SheetHost;

class SecretInquiry final : public QObject
{
    Q_OBJECT

public:
    // `prompt` is one that a stored secret may answer. All references are borrowed.
    SecretInquiry(const ssh::Prompt &prompt, vault::LoginSecrets &secrets, SheetHost &host,
                  QObject *parent = nullptr);
    ~SecretInquiry() override; // takes its sheet away

    void start();

signals:
    void settled(const ssh::PromptAnswer &answer); // once, the last signal

private:
    void recall();
    void handleRecalled(const base::Result<base::SecretString> &secret);
    void askToUnlock();
    void showSheet(const QString &remark);
    void offerRemembering();
    void handleTyped(const ssh::SecretAnswers &answers);
    void settle(const ssh::PromptAnswer &answer);
    void show(Sheet *sheet);

    ssh::Prompt m_prompt;
    vault::SecretId m_id;
    vault::LoginSecrets &m_secrets;
    SheetHost &m_host;
    QTimer m_patience; // then the user may type meanwhile
    QPointer<Sheet> m_shown;
    QPointer<PasswordSheet> m_sheet; // the same, if it is this one
    bool m_isSettled = false;
};

} // namespace ui
