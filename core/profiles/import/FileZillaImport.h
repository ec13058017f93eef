// Sites of FileZilla: sitemanager.xml, or what its "Export" writes.

#pragma once

#include "profiles/import/ImportedSession.h"

#include <QByteArrayView>

#include <optional>

namespace profiles {

// Absent if it is no such XML, or has a DOCTYPE, which FileZilla never writes: entities could grow
// without end. What stands before a mistake in the file is kept, and the rest told by isCut.
std::optional<ImportedSessions> fileZillaSites(QByteArrayView content);

} // namespace profiles
