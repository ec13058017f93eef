// EncryptedFileStore: secrets in one file of our own, under a master password: for computers
// without a keyring, and only where the user chose it. SealedFile.h has the format.
//
// Each change reads the file again under a lock, changes one entry, and replaces the file
// atomically (mode 0600), so that two Pontos do not overwrite each other's entries. The work is
// done on a thread of its own, one piece after the other; the lock is waited for five seconds at
// most.
//
// Kinds of error: PermissionDenied: the master password is needed, or another Ponto has changed it;
// ProtocolViolation: the file was damaged or tampered with, and is left as it is; Unsupported: a
// newer Ponto wrote it.

#pragma once

#include "vault/SealedFile.h"
#include "vault/SecretStore.h"

#include <QObject>
#include <QThreadPool>

#include <memory>

namespace vault {

class EncryptedFileStore final : public QObject, public SecretStore
{
    Q_OBJECT

public:
    // Reads nothing yet. The directory is created with the file.
    explicit EncryptedFileStore(QString file, QObject *parent = nullptr);
    ~EncryptedFileStore() override; // what was begun is finished first

    bool exists() const;
    bool isUnlocked() const { return m_key != nullptr; }

    // Makes an empty file. AlreadyExists if there is one.
    QFuture<base::Result<void>> create(const base::SecretString &masterPassword);

    // PermissionDenied if that is not the password.
    QFuture<base::Result<void>> unlock(const base::SecretString &masterPassword);

    // Encrypts everything anew; the key that other Pontos still have opens nothing any more.
    QFuture<base::Result<void>> changePassword(const base::SecretString &old,
                                               const base::SecretString &changed);

    // Forgets the key.
    void lock();

    // Deletes the file with everything in it: for those who forgot the master password.
    QFuture<base::Result<void>> discard();

    QFuture<base::Result<base::SecretString>> fetch(const SecretId &id) override;
    QFuture<base::Result<void>> store(const SecretId &id,
                                      const base::SecretString &secret) override;
    QFuture<base::Result<void>> forget(const SecretId &id) override;
    QFuture<base::Result<void>> check() override;
    QFuture<base::Result<QList<SecretId>>> list() override;

private:
    // Shared: work under way uses the key while lock() lets go of it.
    using Key = std::shared_ptr<const SealingKey>;

    template<typename Work>
    auto run(Work work);
    QFuture<base::Result<void>> adopt(QFuture<base::Result<Key>> key);

    QString m_file;
    Key m_key; // null: locked
    QThreadPool m_thread;
};

} // namespace vault
