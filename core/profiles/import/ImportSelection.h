// What becomes of imported sessions in the store: which of them are there already, and the sessions
// that are to be saved for those that the user has chosen.

#pragma once

#include "profiles/import/ImportedSession.h"
#include "profiles/ProfileStore.h"

#include <QSet>

namespace profiles {

// Sets knownAs and knownId of those whose user, host, port and route are those of a stored session.
void markKnown(ImportedSessions &imported, const ProfileStore &store);

// For ProfileStore::restore(). `chosen` are indices of `imported.sessions`; what is hindered is
// passed over. All stand in `group`, in their groups of the file. Names that are taken get a
// number, and nothing that is stored is changed: a group that is there keeps what it says.
ProfileStore::GroupContent storedSessions(const ImportedSessions &imported,
                                          const QSet<qsizetype> &chosen, const QString &group,
                                          const ProfileStore &store);

} // namespace profiles
