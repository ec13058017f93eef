// PromptPresenter: turns the questions of a connection into sheets of its tab, and the sheets'
// answers into answers of the connection. Passwords and passphrases that are stored answer in
// silence, and those that the user wants kept are stored once the login has succeeded.

#pragma once

#include "ssh/Connection.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace vault {
class LoginSecrets;
class Vault;
} // namespace vault

namespace ui {

class SecretInquiry;
class Sheet;
class SheetHost;

class PromptPresenter final : public QObject
{
    Q_OBJECT

public:
    // `host` is where the sheets are shown; borrowed, and must outlive this. So must the vault;
    // null: nothing is stored.
    explicit PromptPresenter(SheetHost &host, vault::Vault *vault = nullptr,
                             QObject *parent = nullptr);
    ~PromptPresenter() override;

    // What the user was told to expect, shown beside an unknown host key; empty for nothing.
    void setExpectedFingerprint(const QString &fingerprint) { m_expectedFingerprint = fingerprint; }

    // From now on the questions of this connection are shown here.
    void follow(ssh::Connection &connection);

    void present(const ssh::Prompt &prompt);
    void withdraw(ssh::Prompt::Id prompt);

    // Shows a changed or revoked key. A key that only the policy refused needs no sheet: the
    // banner of the closed connection says it.
    void presentRefusal(const ssh::HostKeyRefusal &refusal);

    // A host has let us in: what was to be remembered for it is stored. follow() calls it by
    // itself; for those who ask the questions of many connections here.
    void storeAccepted(const ssh::ConnectionSettings &settings, const ssh::ConnectionInfo &info);

signals:
    void answered(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer); // once for each
    void hostKeyReplaced(const ssh::HostKeyRefusal &refusal); // by the user: he may connect again
    void notStored(const QString &why); // what was to be remembered is not: sentences to be shown

private:
    Sheet *createSheet(const ssh::Prompt &prompt);
    void settle(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer);
    bool inquire(const ssh::Prompt &prompt);

    SheetHost &m_host;
    QString m_expectedFingerprint;
    QHash<ssh::Prompt::Id, QPointer<Sheet>> m_open;
    QHash<ssh::Prompt::Id, QPointer<SecretInquiry>> m_inquiries; // those about secrets
    vault::LoginSecrets *m_secrets = nullptr; // null: nothing is stored
};

} // namespace ui
