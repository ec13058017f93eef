// LoginOrder: the ways to log in, and in which order they are tried.

#pragma once

#include "base/Result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace profiles {

// Where a proof of who the user is comes from. One method of RFC 4252 may have several.
enum class LoginSource {
    Gssapi, // a Kerberos ticket (RFC 4462, gssapi-with-mic)
    KeyFiles, // the key files of the profile
    Agent,
    DefaultKeys, // ~/.ssh/id_*
    Password,
    KeyboardInteractive, // what the server asks (RFC 4256)
};

using LoginOrder = QList<LoginSource>; // what is not in it is not tried

// Paramiko's order: the key files, the agent, the default keys, the password, then questions of the
// server. Kerberos is left out, as there: it speaks to a third party, which only a user who has
// one wants.
LoginOrder defaultLoginOrder();

// Every source, in the order in which they are offered to the user: Kerberos first, as Paramiko
// tries it once it is turned on.
LoginOrder allLoginSources();

// "gssapi", "key-files", "agent", "default-keys", "password", "keyboard-interactive".
QString name(LoginSource source);

// Understands the names above and those of RFC 4252 and 4462, as PreferredAuthentications of
// ssh_config(5) has them: "publickey" stands for all three sources of keys. A source counts where
// it comes first. Fails with InvalidName, and the first unknown name as subject.
base::Result<LoginOrder> loginOrderFromNames(const QStringList &names);

QStringList names(const LoginOrder &order);

} // namespace profiles
