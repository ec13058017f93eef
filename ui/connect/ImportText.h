// The words about importing sessions: formats, what is wrong with a file, and what becomes of each
// session in it. What they quote of the file is safe to show as plain text.

#pragma once

#include "profiles/import/SessionImport.h"

#include <QString>

namespace ui {

QString importFormatText(profiles::ImportFormat format);

// One sentence.
QString importProblemText(profiles::ImportProblem problem);

// Why it cannot be imported, that it is there already, or what of it is not taken over; empty if
// all is well.
QString importRemark(const profiles::ImportedSession &session);

} // namespace ui
