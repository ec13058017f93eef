// OpenSshJump: a jump host as ProxyJump of ssh_config(5) names it, and what ssh hands on to the
// child that connects to it (ssh.c): it is a host of the configuration itself.

#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace profiles {

struct OpenSshJump
{
    QString alias; // of the configuration, or an address
    QString user; // empty: what the configuration says
    quint16 port = 0; // 0: likewise
    QString before; // the jump hosts in front of it, as ProxyJump has them; empty: likewise

    // The jump host next to the server: the last of "a,user@b:port", where b may be an ssh:// URI
    // or stand in brackets. Absent if it is none, or one that no `ssh` gets as an argument.
    static std::optional<OpenSshJump> parse(const QString &value);

    // What `ssh` takes for it, without the name.
    QStringList arguments() const;

    friend bool operator==(const OpenSshJump &, const OpenSshJump &) = default;
};

} // namespace profiles
