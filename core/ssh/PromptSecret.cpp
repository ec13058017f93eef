#include "ssh/PromptSecret.h"

#include "keys/KeyFile.h"
#include "ssh/Connection.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace ssh {

namespace {

std::optional<vault::SecretId> proxySecret(const ConnectionSettings &settings)
{
    const auto *proxy = std::get_if<base::ProxyAddress>(&settings.route);
    return proxy == nullptr || proxy->user.isEmpty()
        ? std::nullopt
        : std::optional(vault::SecretId::proxyPassword(proxy->user, proxy->host, proxy->port));
}

void appendTo(QList<vault::SecretId> &ids, const ConnectionSettings &settings)
{
    const auto append = [&ids](const vault::SecretId &id) {
        if (!ids.contains(id)) {
            ids.append(id);
        }
    };
    const QString user = Connection::completed(settings).user;
    append(vault::SecretId::password(user, settings.host, settings.port));
    QStringList files = settings.identityFiles;
    if (settings.useDefaultKeys) {
        files += keys::defaultIdentityFiles(QDir::homePath() + QStringLiteral("/.ssh"));
    }
    for (const QString &file : std::as_const(files)) {
        append(vault::SecretId::passphrase(QFileInfo(file).absoluteFilePath()));
    }
    if (const auto proxy = proxySecret(settings)) {
        append(*proxy);
    }
    if (const auto *jump = std::get_if<JumpVia>(&settings.route)) {
        appendTo(ids, *jump->host);
    }
}

} // namespace

std::optional<vault::SecretId> secretFor(const Prompt::Question &question,
                                         const ConnectionSettings &settings)
{
    if (const auto *password = std::get_if<PasswordQuestion>(&question)) {
        return vault::SecretId::password(password->user, settings.host, settings.port);
    }
    if (const auto *passphrase = std::get_if<PassphraseQuestion>(&question)) {
        return vault::SecretId::passphrase(QFileInfo(passphrase->keyFile).absoluteFilePath());
    }
    return std::holds_alternative<ProxyPasswordQuestion>(question) ? proxySecret(settings)
                                                                   : std::nullopt;
}

bool isAskedAgain(const Prompt::Question &question)
{
    return std::visit(
        [](const auto &asked) {
            if constexpr (requires { asked.attempt; }) {
                return asked.attempt > 1;
            } else {
                return false;
            }
        },
        question);
}

QList<vault::SecretId> secretsOf(const ConnectionSettings &settings)
{
    QList<vault::SecretId> ids;
    appendTo(ids, settings);
    return ids;
}

bool hasAccepted(const ConnectionSettings &settings, const ConnectionInfo &info,
                 const vault::SecretId &secret)
{
    const auto isTheKey
        = [&](const QString &file) { return QFileInfo(file).absoluteFilePath() == secret.keyFile; };
    switch (secret.kind) {
    case vault::SecretId::Kind::Password:
        return info.hasUsedPassword
            && secret == vault::SecretId::password(info.user, settings.host, settings.port);
    case vault::SecretId::Kind::Passphrase:
        return std::ranges::any_of(info.unlockedKeys, isTheKey);
    case vault::SecretId::Kind::ProxyPassword:
        break;
    }
    return info.hasUsedProxyPassword && secret == proxySecret(settings);
}

} // namespace ssh
