#include "vault/Vault.h"

namespace vault {

Vault::Vault(Place place, const QStringList &accessProgram, const Files &files,
             std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_keyring(accessProgram, files.index, deadline)
    , m_file(files.encrypted)
{
}

void Vault::setPlace(Place place)
{
    if (place != m_place) {
        m_place = place;
        emit placeChanged();
    }
}

SecretStore *Vault::store()
{
    switch (m_place) {
    case Place::Keyring:
        return &m_keyring;
    case Place::File:
        return &m_file;
    case Place::Nowhere:
        break;
    }
    return nullptr;
}

} // namespace vault
