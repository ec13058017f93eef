// KeychainStore: secrets in the keyring of the desktop: the Secret Service (GNOME Keyring,
// KeePassXC, KWallet) or KWallet's own interface, through QtKeychain.
//
// Each request is done by a process of its own (KeyringAccess says why), which is killed at the
// deadline: a keyring that hangs, or that waits for somebody to unlock it who is not there, ends as
// TimedOut. Only what Ponto remembers to have stored is asked for (SecretIndex), so that nobody is
// asked to unlock a keyring which holds nothing for us.

#pragma once

#include "vault/SecretIndex.h"
#include "vault/SecretStore.h"

#include <QObject>
#include <QStringList>

#include <chrono>

namespace vault {

struct KeyringAnswer;
struct KeyringRequest;

class KeychainStore final : public QObject, public SecretStore
{
    Q_OBJECT

public:
    // `accessProgram` is the command that calls KeyringAccess::run(). `deadline` is that of one
    // request, the time for unlocking the keyring by hand included.
    KeychainStore(QStringList accessProgram, const QString &indexFile,
                  std::chrono::milliseconds deadline, QObject *parent = nullptr);
    ~KeychainStore() override; // kills what is under way; its futures are cancelled

    QFuture<base::Result<base::SecretString>> fetch(const SecretId &id) override;
    QFuture<base::Result<void>> store(const SecretId &id,
                                      const base::SecretString &secret) override;
    QFuture<base::Result<void>> forget(const SecretId &id) override;
    QFuture<base::Result<void>> check() override;
    QFuture<base::Result<QList<SecretId>>> list() override;

private:
    QFuture<base::Result<KeyringAnswer>> request(const KeyringRequest &request);

    QStringList m_accessProgram;
    SecretIndex m_index;
    std::chrono::milliseconds m_deadline;
};

} // namespace vault
