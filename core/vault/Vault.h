// Vault: where the user wants secrets to be kept, and the store that it means. Made by the
// composition root, borrowed by all who need or show secrets.
//
// Without a keyring nothing else is used in its place: Ponto asks each time.

#pragma once

#include "vault/EncryptedFileStore.h"
#include "vault/KeychainStore.h"
#include "vault/Place.h"

#include <QObject>

namespace vault {

class Vault final : public QObject
{
    Q_OBJECT

public:
    struct Files
    {
        QString index; // of SecretIndex
        QString encrypted; // of EncryptedFileStore
    };

    // `accessProgram` and `deadline` are those of KeychainStore.
    Vault(Place place, const QStringList &accessProgram, const Files &files,
          std::chrono::milliseconds deadline, QObject *parent = nullptr);

    Place place() const { return m_place; }
    void setPlace(Place place); // moves nothing

    // Null if nothing is to be kept.
    SecretStore *store();
    bool hasStore() const { return m_place != Place::Nowhere; }

    KeychainStore &keyring() { return m_keyring; }
    EncryptedFileStore &file() { return m_file; }

signals:
    void placeChanged();

private:
    Place m_place;
    KeychainStore m_keyring;
    EncryptedFileStore m_file;
};

} // namespace vault
