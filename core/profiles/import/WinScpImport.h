// Sites of WinSCP: WinSCP.ini, which its "Export configuration" writes as well.

#pragma once

#include "profiles/import/ImportedSession.h"

#include <QByteArrayView>

#include <optional>

namespace profiles {

// Absent if there is no section of WinSCP's in it.
std::optional<ImportedSessions> winScpSites(QByteArrayView content);

} // namespace profiles
