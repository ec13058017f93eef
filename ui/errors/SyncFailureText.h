// Why one action of a synchronization was not done, in words. Used by the window that synchronizes
// and by the sync verb.

#pragma once

#include "synchronize/SyncRun.h"
#include "ui/errors/ErrorText.h"

namespace ui {

ErrorText syncFailureText(const synchronize::RunFailure &failure);

// Why a directory is watched no more, as TreeWatch and TreeKeeper tell it.
ErrorText watchFailureText(const base::Error &reason);

} // namespace ui
