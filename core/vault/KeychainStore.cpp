#include "vault/KeychainStore.h"

#include "vault/KeyringCall.h"

using namespace Qt::StringLiterals;

namespace vault {
namespace {

// An entry that is never stored: asking for it unlocks nothing, and shows whether anybody answers.
const QString probeLabel = u"Ponto: is anybody there?"_s;

base::ErrorKind kindOf(KeyringStatus status)
{
    switch (status) {
    case KeyringStatus::NoEntry:
        return base::ErrorKind::NotFound;
    case KeyringStatus::Denied:
        return base::ErrorKind::PermissionDenied;
    case KeyringStatus::NoKeyring:
        return base::ErrorKind::Unsupported;
    case KeyringStatus::Done:
    case KeyringStatus::Failed:
        break;
    }
    return base::ErrorKind::ServerFailure;
}

base::Failure<base::Error> failure(const KeyringAnswer &answer, const QString &subject)
{
    return base::Failure(base::Error{.kind = kindOf(answer.status),
                                     .operation = u"ask the keyring"_s,
                                     .subject = subject,
                                     .detail = answer.detail});
}

} // namespace

KeychainStore::KeychainStore(QStringList accessProgram, const QString &indexFile,
                             std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
    , m_accessProgram(std::move(accessProgram))
    , m_index(indexFile)
    , m_deadline(deadline)
{
}

KeychainStore::~KeychainStore() = default;

QFuture<base::Result<KeyringAnswer>> KeychainStore::request(const KeyringRequest &request)
{
    auto *call = new KeyringCall(m_accessProgram, m_deadline, this);
    return call->start(request);
}

QFuture<base::Result<base::SecretString>> KeychainStore::fetch(const SecretId &id)
{
    using Fetched = base::Result<base::SecretString>;
    if (!m_index.contains(id)) {
        return settled<base::SecretString>(failure({KeyringStatus::NoEntry}, id.title()));
    }
    return request({.action = KeyringAction::Fetch, .label = id.label()})
        .then(this, [this, id](const base::Result<KeyringAnswer> &answer) -> Fetched {
            if (!answer) {
                return base::Failure(answer.error());
            }
            if (answer->status == KeyringStatus::Done) {
                return answer->secret;
            }
            if (answer->status == KeyringStatus::NoEntry) {
                m_index.remove(id); // somebody deleted it there
            }
            return failure(*answer, id.title());
        });
}

QFuture<base::Result<void>> KeychainStore::store(const SecretId &id,
                                                 const base::SecretString &secret)
{
    Q_ASSERT(!secret.isEmpty());
    // Listed before the keyring has it: between the keyring's deed and its answer somebody may ask,
    // or this process may end. An entry of the list that is not there is found out by fetch().
    const bool wasListed = m_index.contains(id);
    m_index.add(id);
    return request({.action = KeyringAction::Store, .label = id.label(), .secret = secret})
        .then(
            this,
            [this, id, wasListed](const base::Result<KeyringAnswer> &answer) -> base::Result<void> {
                if (answer && answer->status == KeyringStatus::Done) {
                    m_index.add(id); // a fetch that came too early took it off
                    return {};
                }
                if (!wasListed) {
                    m_index.remove(id);
                }
                return answer ? failure(*answer, id.title()) : base::Failure(answer.error());
            });
}

QFuture<base::Result<void>> KeychainStore::forget(const SecretId &id)
{
    if (!m_index.contains(id)) {
        return settled<void>({});
    }
    return request({.action = KeyringAction::Forget, .label = id.label()})
        .then(this, [this, id](const base::Result<KeyringAnswer> &answer) -> base::Result<void> {
            if (!answer) {
                return base::Failure(answer.error());
            }
            const bool isGone
                = answer->status == KeyringStatus::Done || answer->status == KeyringStatus::NoEntry;
            if (!isGone) {
                return failure(*answer, id.title());
            }
            m_index.remove(id);
            return {};
        });
}

QFuture<base::Result<void>> KeychainStore::check()
{
    return request({.action = KeyringAction::Fetch, .label = probeLabel})
        .then(this, [](const base::Result<KeyringAnswer> &answer) -> base::Result<void> {
            if (!answer) {
                return base::Failure(answer.error());
            }
            const bool isThere
                = answer->status == KeyringStatus::Done || answer->status == KeyringStatus::NoEntry;
            return isThere ? base::Result<void>() : failure(*answer, {});
        });
}

QFuture<base::Result<QList<SecretId>>> KeychainStore::list()
{
    return settled<QList<SecretId>>(m_index.ids());
}

} // namespace vault
