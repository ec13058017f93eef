// What the user is told of a file that was copied all the same. Used by the transfer panel and the
// headless verbs.

#pragma once

#include "transfer/TransferRequest.h"

#include <QString>

namespace ui {

// One sentence in plain text; the path in it is safe to print.
QString copyNoteText(const transfer::CopyNote &note);

} // namespace ui
