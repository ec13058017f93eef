// SecretStore: where passwords and passphrases are kept between two runs, as those see it who need
// one: the window's questions, the verbs and the settings.
//
// All members are called on one thread and return at once; futures end there too, and always: at
// the latest when the store's own deadline has passed. Kinds of error that all stores share:
// NotFound (no such secret), PermissionDenied (locked, or the user said no), TimedOut, Unsupported
// (there is no such store on this computer).

#pragma once

#include "base/Result.h"
#include "base/SecretString.h"
#include "vault/SecretId.h"

#include <QFuture>
#include <QList>
#include <QPromise>

namespace vault {

class SecretStore
{
public:
    SecretStore() = default;
    virtual ~SecretStore() = default;
    Q_DISABLE_COPY_MOVE(SecretStore)

    virtual QFuture<base::Result<base::SecretString>> fetch(const SecretId &id) = 0;

    // Adds the secret, which is not empty, or replaces the one of the same id.
    virtual QFuture<base::Result<void>> store(const SecretId &id, const base::SecretString &secret)
        = 0;

    // Success if it is gone already.
    virtual QFuture<base::Result<void>> forget(const SecretId &id) = 0;

    // Whether the store can be used now; if not, `detail` of the error has its own words.
    virtual QFuture<base::Result<void>> check() = 0;

    // What is stored, without the secrets, ordered by title.
    virtual QFuture<base::Result<QList<SecretId>>> list() = 0;
};

// A future that has ended already.
template<typename T>
QFuture<base::Result<T>> settled(const base::Result<T> &result)
{
    QPromise<base::Result<T>> promise;
    promise.start();
    promise.addResult(result);
    promise.finish();
    return promise.future();
}

} // namespace vault
