// LoginSecrets: the secrets of one login, between its questions and the vault: what is stored is
// tried once, and what the user typed is stored when it was accepted, not before. A passphrase that
// has opened its key on the way answers the same question of the next host.
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

    // It is asked for anew, not again: one server may stand on the way twice, and hosts share keys.
    void beginQuestion(const SecretId &id) { m_given.remove(id.title()); }

    // Must be asked first: can it be recalled? Else the user is to be asked at once.
    bool mayKnow(const SecretId &id) const;

    // NotFound if nothing is stored, or if it has been given out for this login: then it was
    // refused.
    QFuture<base::Result<base::SecretString>> recall(const SecretId &id);

    // Whoever holds the key to the vault keeps it: recall() finds nothing in this login.
    void decline() { m_isDeclined = true; }

    // recall() has given it out, and here it is asked for again.
    bool wasRefused(const SecretId &id) const { return m_given.contains(id.title()); }

    // The user typed the secret, to be stored or not. The last one of an id counts.
    enum class Fate { Store, Forget };
    void handleTyped(const SecretId &id, const base::SecretString &secret, Fate fate);

    // A host has let us in: stores what was to be stored and was accepted there. One future for
    // each.
    QList<QFuture<base::Result<void>>> commit(
        const std::function<bool(const SecretId &)> &isAccepted);

private:
    struct Typed
    {
        SecretId id;
        base::SecretString secret;
        Fate fate = Fate::Forget;
    };

    Vault &m_vault;
    bool m_isDeclined = false;
    QSet<QString> m_given; // titles
    QHash<QString, Typed> m_typed; // by title
    QHash<QString, base::SecretString> m_accepted; // passphrases, by title
};

} // namespace vault
