// LoginSecrets: the secrets of one login, between its questions and the vault: what is stored is
// tried once, and what the user typed is stored when the server has accepted it, not before.
//
// Used by the window's questions and by the verbs, on their thread; the connection itself knows
// nothing of it.

#pragma once

#include "vault/Vault.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace vault {

class LoginSecrets final : public QObject
{
    Q_OBJECT

public:
    // Borrows the vault.
    explicit LoginSecrets(Vault &vault, QObject *parent = nullptr);

    Vault &vault() { return m_vault; }

    // Forgets everything about the login before, its secrets above all.
    void begin();

    // NotFound if nothing is stored, or if it has been given out for this login: then the server
    // has refused it.
    QFuture<base::Result<base::SecretString>> recall(const SecretId &id);

    // Whoever holds the key to the vault keeps it: recall() finds nothing in this login.
    void decline() { m_isDeclined = true; }

    // recall() has given it out, and here it is asked for again.
    bool wasRefused(const SecretId &id) const { return m_given.contains(id.title()); }

    // The user typed the secret. The last one of an id counts.
    void keep(const SecretId &id, const base::SecretString &secret);
    void drop(const SecretId &id); // typed too, and not to be stored

    // The login has succeeded: stores what was to be kept and was accepted. One future for each.
    QList<QFuture<base::Result<void>>> commit(
        const std::function<bool(const SecretId &)> &isAccepted);

private:
    struct Typed
    {
        SecretId id;
        base::SecretString secret;
    };

    Vault &m_vault;
    bool m_isDeclined = false;
    QSet<QString> m_given; // titles
    QHash<QString, Typed> m_typed; // by title
};

} // namespace vault
