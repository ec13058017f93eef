// What is to be told of the file of the saved sessions when it has been read, or was to be written.

#pragma once

#include "base/Result.h"
#include "profiles/ProfileStore.h"
#include "ui/errors/ErrorText.h"

#include <optional>

namespace ui {

// The sessions could not be saved.
ErrorText sessionsNotSaved(const base::Error &error);

// Absent if all of it was read.
std::optional<ErrorText> sessionsProblem(
    const base::Result<profiles::ProfileStore::LoadReport> &loaded);

} // namespace ui
