// Acts of a file pane in words, for its list of what can be undone and for what it says afterwards.

#pragma once

#include "ui/errors/ErrorText.h"
#include "ui/files/FileChanges.h"

#include <QString>

namespace ui {

// Of a name that is safe to show: with its middle left out if it is longer than a menu or the title
// of a dialog should be.
QString shortName(const QString &name);

// "Rename report.txt", "Delete 3 items". `name` is safe to show.
QString changeText(ChangeOutcome::Act act, const QString &name, qsizetype count);

// "12 files and folders".
QString filesText(qsizetype count);

// "Stopped: 3 of 10 items are deleted.", of an act without errors that was stopped.
QString stoppedText(const ChangeOutcome &outcome);

// Of an act that ended because its pane went to show another place.
ErrorText leftBehindText(const ChangeOutcome &outcome);

// "Working… 12 of 200": what is said while an act takes its time.
QString progressText(qsizetype done, qsizetype total, int filesOfTree);

} // namespace ui
