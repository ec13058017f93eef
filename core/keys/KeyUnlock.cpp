#include "keys/KeyUnlock.h"

#include "keys/KeyFile.h"
#include "keys/KeyFileContent.h"
#include "keys/OpenSshKey.h"
#include "keys/PemKey.h"
#include "keys/PuttyKey.h"

namespace keys {
namespace {

base::Result<PrivateKey, KeyFileError> unlock(QByteArrayView bytes, const KeyFile &file,
                                              const base::SecretString &passphrase)
{
    switch (file.format) {
    case KeyFile::Format::OpenSsh: {
        const QByteArrayView body
            = armored(bytes, "OPENSSH PRIVATE KEY").value_or(QByteArrayView());
        const auto container = base::SecretString::fromUtf8(
            QByteArray::fromBase64(QByteArray::fromRawData(body.data(), body.size())));
        return unlockOpenSshKey(container.bytes(), file.path, passphrase);
    }
    case KeyFile::Format::Pem:
    case KeyFile::Format::Pkcs8:
        return unlockPemKey(bytes, passphrase);
    case KeyFile::Format::Putty:
        return PuttyKey::parse(bytes).and_then(
            [&](const PuttyKey &key) { return key.unlock(passphrase); });
    }
    Q_UNREACHABLE_RETURN(PrivateKey::fromFields({}, {}));
}

} // namespace

base::Result<PrivateKey, KeyFileError> unlockKeyFile(const QString &path,
                                                     const base::SecretString &passphrase)
{
    const auto file = KeyFile::read(path);
    if (!file) {
        return base::Failure(file.error());
    }
    return KeyFileContent::load(path)
        .and_then([&](const KeyFileContent &content) {
            return unlock(content.bytes.bytes(), *file, passphrase);
        })
        .transform_error([&path](const KeyFileError &error) { return withPath(error, path); });
}

} // namespace keys
