// SecretIndex: the list of what Ponto has put into the desktop's keyring, which can be asked for
// one entry but not for all. An INI file with titles and no secrets.
//
// One entry of the file for each title, so that two Pontos do not overwrite each other's. For one
// thread.

#pragma once

#include "vault/SecretId.h"

#include <QSettings>

namespace vault {

class SecretIndex
{
public:
    // The file need not exist.
    explicit SecretIndex(const QString &iniFile);

    // As the file is now; ordered by title.
    QList<SecretId> ids();
    bool contains(const SecretId &id);

    void add(const SecretId &id);
    void remove(const SecretId &id);

private:
    QSettings m_file;
};

} // namespace vault
