// KnownHostsImport: takes the lines of another known_hosts file over into one of ours. Used by the
// host-key manager.

#pragma once

#include "hostkeys/KnownHosts.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QString>

namespace hostkeys {

struct KnownHostsImport
{
    QByteArrayList added; // lines to be added, as they were
    qsizetype known = 0; // the same marker, names and key stand in one of our files
    QList<qsizetype> unreadable; // numbers of lines whose key cannot be read: left out
    QList<qsizetype> contradicting; // another key of this type is known for a name: left out

    // What of `content` is new beside `hosts`. Comments are not taken over. A hashed name
    // contradicts nothing: nobody can say whose it is.
    static KnownHostsImport plan(const KnownHosts &hosts, const QByteArray &content);

    // Adds `added` to the end of `file`, creating it if need be. May wait for a lock.
    base::Result<void> writeTo(const QString &file) const;
};

} // namespace hostkeys
