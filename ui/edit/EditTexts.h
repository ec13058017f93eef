// What an editor says: of its file's state, and of what failed.

#pragma once

#include "edit/EditSession.h"
#include "ui/errors/ErrorText.h"

namespace ui {

QString fileTitle(const edit::EditOrigin &origin); // "report.txt — web01"

// One line for the status: "Saved", "Waiting to be sent", ...
QString editStateText(const edit::EditSession &session);

ErrorText openFailureText(const edit::EditOrigin &origin, const base::Error &error);
ErrorText binaryText(const edit::EditOrigin &origin);
ErrorText saveFailureText(const edit::EditOrigin &origin, const base::Error &error);
ErrorText notKeptText(const edit::EditOrigin &origin, const base::Error &error);
ErrorText conflictText(const edit::EditOrigin &origin, const edit::EditConflict &conflict);

} // namespace ui
