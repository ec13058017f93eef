// Failures of a file pane in words: one message for one act, however many files it was done to.

#pragma once

#include "ui/errors/ErrorText.h"
#include "ui/files/EditedName.h"

namespace files {
class FilePath;
}

namespace ui {

struct ChangeOutcome;

ErrorText listingFailure(const files::FilePath &directory, const base::Error &error);

// `outcome` has an error at least.
ErrorText changeFailure(const ChangeOutcome &outcome);

// The connection was lost in the middle of it. `text` is what the user called for, safe to show.
ErrorText cutOffFailure(const QString &text);

// Nothing was done: what was typed is no name.
ErrorText renameRefusal(const QByteArray &name, EditProblem problem);

} // namespace ui
