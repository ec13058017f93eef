// SecretId: which secret is meant. The same text names it in the desktop's keyring, in the
// encrypted file and in Ponto's own list, so that a person recognizes an entry wherever it is met.

#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace vault {

struct SecretId
{
    enum class Kind { Password, Passphrase, ProxyPassword };

    Kind kind = Kind::Password;
    QString user; // empty for a passphrase
    QString host; // as typed, without brackets; empty for a passphrase
    quint16 port = 0; // 0 for a passphrase
    QString keyFile; // absolute path; of a passphrase only

    static SecretId password(const QString &user, const QString &host, quint16 port);
    static SecretId passphrase(const QString &keyFile);
    static SecretId proxyPassword(const QString &user, const QString &host, quint16 port);

    // "me@web01", "me@web01:2222", "passphrase of /home/me/.ssh/id_ed25519", "proxy me@gate:1080".
    // Different secrets have different titles. Not yet safe to show: see base::displayText().
    QString title() const;

    // "Ponto: me@web01": the name of the entry outside of Ponto.
    QString label() const;

    // What title() made. Absent if it is none.
    static std::optional<SecretId> fromTitle(const QString &title);

    friend bool operator==(const SecretId &, const SecretId &) = default;
};

} // namespace vault
