// KnownHostsJobs: what reads and writes known_hosts files, done on a pool thread. Used by windows,
// which must not wait for a disk or a lock. The futures cannot be canceled: all is done or nothing.

#pragma once

#include "hostkeys/KnownHosts.h"
#include "hostkeys/KnownHostsEdit.h"
#include "hostkeys/KnownHostsImport.h"
#include "hostkeys/TrustScope.h"

#include <QFuture>

namespace hostkeys {

QFuture<KnownHosts::Survey> surveyInPool(const QList<KnownHosts::Source> &sources);

QFuture<base::Result<void>> applyInPool(const QList<FileChange> &changes);

// Makes replacementsOf() for the files as they are then. Returns what was changed.
QFuture<base::Result<QList<FileChange>>> replaceInPool(const TrustScope &scope, const HostKey &key);

// Takes over what is new in the file `from` into the first writable source. Fails with NotFound if
// there is no such file, and with ReadOnly if no source is writable.
QFuture<base::Result<KnownHostsImport>> importInPool(const QList<KnownHosts::Source> &sources,
                                                     const QString &from);

} // namespace hostkeys
