#include "vault/LoginSecrets.h"

namespace vault {

LoginSecrets::LoginSecrets(Vault &vault, QObject *parent)
    : QObject(parent)
    , m_vault(vault)
{
}

void LoginSecrets::begin()
{
    m_isDeclined = false;
    m_given.clear();
    m_typed.clear();
    m_accepted.clear();
}

bool LoginSecrets::mayKnow(const SecretId &id) const
{
    return !wasRefused(id) && (m_vault.hasStore() || m_accepted.contains(id.title()));
}

QFuture<base::Result<base::SecretString>> LoginSecrets::recall(const SecretId &id)
{
    if (mayKnow(id) && m_accepted.contains(id.title())) {
        m_given.insert(id.title());
        return settled<base::SecretString>(m_accepted.value(id.title()));
    }
    SecretStore *store = m_vault.store();
    if (store == nullptr || m_isDeclined || wasRefused(id)) {
        return settled<base::SecretString>(
            base::Failure(base::Error{.kind = base::ErrorKind::NotFound, .subject = id.title()}));
    }
    return store->fetch(id).then(this, [this, id](const base::Result<base::SecretString> &secret) {
        if (secret) {
            m_given.insert(id.title());
        }
        return secret;
    });
}

void LoginSecrets::handleTyped(const SecretId &id, const base::SecretString &secret, Fate fate)
{
    m_typed.remove(id.title());
    if (!secret.isEmpty()) {
        m_typed.insert(id.title(), {id, secret, fate});
    }
}

QList<QFuture<base::Result<void>>> LoginSecrets::commit(
    const std::function<bool(const SecretId &)> &isAccepted)
{
    QList<QFuture<base::Result<void>>> work;
    SecretStore *store = m_vault.store();
    for (const QString &title : m_typed.keys()) {
        if (!isAccepted(m_typed.value(title).id)) {
            continue;
        }
        const Typed typed = m_typed.take(title);
        if (store != nullptr && typed.fate == Fate::Store) {
            work.append(store->store(typed.id, typed.secret));
        }
        if (typed.id.kind == SecretId::Kind::Passphrase) {
            m_accepted.insert(title, typed.secret);
            m_given.remove(title); // what was refused before is not this one
        }
    }
    return work;
}

} // namespace vault
