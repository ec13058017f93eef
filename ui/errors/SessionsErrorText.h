// What is to be told of the file of the saved sessions when it has been read.

#pragma once

#include "base/Result.h"
#include "profiles/ProfileStore.h"
#include "ui/errors/ErrorText.h"

#include <optional>

namespace ui {

// Absent if all of it was read.
std::optional<ErrorText> sessionsProblem(
    const base::Result<profiles::ProfileStore::LoadReport> &loaded);

} // namespace ui
