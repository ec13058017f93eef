#include "ssh/PromptSecret.h"

#include "keys/KeyFile.h"
#include "ssh/Connection.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace ssh {

std::optional<vault::SecretId> secretFor(const Prompt &prompt, const ConnectionSettings &settings)
{
    if (!prompt.jumpHost.isEmpty()) {
        return std::nullopt; // what is stored for the server is for nobody on the way to it
    }
    const auto *password = std::get_if<PasswordQuestion>(&prompt.question);
    if (password != nullptr && password->host == settings.host) { // else the port is not known
        return vault::SecretId::password(password->user, password->host, settings.port);
    }
    if (const auto *passphrase = std::get_if<PassphraseQuestion>(&prompt.question)) {
        return vault::SecretId::passphrase(QFileInfo(passphrase->keyFile).absoluteFilePath());
    }
    return std::nullopt;
}

QList<vault::SecretId> secretsOf(const ConnectionSettings &settings)
{
    const QString user = Connection::completed(settings).user;
    QList<vault::SecretId> ids{vault::SecretId::password(user, settings.host, settings.port)};
    QStringList files = settings.identityFiles;
    if (settings.useDefaultKeys) {
        files += keys::defaultIdentityFiles(QDir::homePath() + QStringLiteral("/.ssh"));
    }
    for (const QString &file : std::as_const(files)) {
        const auto id = vault::SecretId::passphrase(QFileInfo(file).absoluteFilePath());
        if (!ids.contains(id)) {
            ids.append(id);
        }
    }
    return ids;
}

bool hasAccepted(const ConnectionInfo &info, const vault::SecretId &secret)
{
    const auto isTheKey
        = [&](const QString &file) { return QFileInfo(file).absoluteFilePath() == secret.keyFile; };
    switch (secret.kind) {
    case vault::SecretId::Kind::Password:
        return info.hasUsedPassword;
    case vault::SecretId::Kind::Passphrase:
        return std::ranges::any_of(info.unlockedKeys, isTheKey);
    case vault::SecretId::Kind::ProxyPassword:
        break;
    }
    return false;
}

} // namespace ssh
