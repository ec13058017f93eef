// KeyFile: what a private-key file is, found out without its passphrase.
//
// Used by the login, which offers a key before it unlocks it, and by the list of keys.

#pragma once

#include "base/Result.h"
#include "keys/KeyFileError.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace keys {

enum class LooseMode { Refuse, Accept };

struct KeyFile
{
    enum class Format { OpenSsh, Pem, Pkcs8, Putty };

    QString path = {};
    Format format = Format::OpenSsh;
    bool isEncrypted = false;
    QByteArray cipher = {}; // as the file names it; empty if not encrypted or not named
    QByteArray keyType = {}; // "ssh-ed25519"; empty if the file tells it only to the passphrase
    QByteArray publicBlob = {}; // RFC 4253 section 6.6; empty likewise

    QByteArray comment = {}; // bytes; empty if the file tells none without the passphrase
    quint32 mode = 0; // permission bits of the file
    bool isLoose = false; // others may read or change it; only with LooseMode::Accept

    // Reads the header of a private key. Never waits, whatever `path` leads to. A file whose mode
    // is looser than 0600 is refused for use; a list of keys accepts it.
    static base::Result<KeyFile, KeyFileError> read(const QString &path,
                                                    LooseMode looseMode = LooseMode::Refuse);
};

// The keys that OpenSSH tries by default and that exist in `directory` (usually ~/.ssh), in the
// order of IdentityFile in ssh_config(5). Keys of security devices are left to the agent.
QStringList defaultIdentityFiles(const QString &directory);

// The certificate beside a key, FILE-cert.pub, if it exists.
std::optional<QString> certificateBeside(const QString &keyFile);

} // namespace keys
