// TrustScope: where a connection looks for the key of its server, under which name, and how it
// would write it down. A value that crosses threads.

#pragma once

#include "hostkeys/KnownHosts.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace hostkeys {

// What ssh reads unless it is told otherwise (ssh_config(5), UserKnownHostsFile and
// GlobalKnownHostsFile).
QStringList standardUserFiles();
QStringList standardGlobalFiles();

// `own` in the order of writing, or the user's files if there are none; then `global`, which are
// only read. A file that is in both is the user's.
QList<KnownHosts::Source> sourcesOf(const QStringList &own, const QStringList &global);

// Keys that hold for this run of the program, a line each, as a source.
KnownHosts::Source sourceOfThisRun(const QByteArray &lines);

struct TrustScope
{
    QList<KnownHosts::Source> sources;
    QString host; // an alias, or as typed: name or address, no brackets
    quint16 port = 22; // 22 for an alias, which has none
    KnownHosts::NameForm form = KnownHosts::NameForm::LikeFile;
};

} // namespace hostkeys
