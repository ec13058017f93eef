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
}

QFuture<base::Result<base::SecretString>> LoginSecrets::recall(const SecretId &id)
{
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

void LoginSecrets::keep(const SecretId &id, const base::SecretString &secret)
{
    if (secret.isEmpty()) {
        drop(id);
    } else {
        m_typed.insert(id.title(), {id, secret});
    }
}

void LoginSecrets::drop(const SecretId &id)
{
    m_typed.remove(id.title());
}

QList<QFuture<base::Result<void>>> LoginSecrets::commit(
    const std::function<bool(const SecretId &)> &isAccepted)
{
    QList<QFuture<base::Result<void>>> work;
    SecretStore *store = m_vault.store();
    for (const Typed &typed : std::as_const(m_typed)) {
        if (store != nullptr && isAccepted(typed.id)) {
            work.append(store->store(typed.id, typed.secret));
        }
    }
    m_typed.clear();
    return work;
}

} // namespace vault
