// Sessions of another Ponto: its sessions file, or what an export wrote.

#pragma once

#include "profiles/import/ImportedSession.h"

#include <QByteArrayView>

#include <optional>

namespace profiles {

// Absent if it is no such file. They get ids of their own; what refers to each other still does.
std::optional<ImportedSessions> pontoSessions(QByteArrayView content);

} // namespace profiles
