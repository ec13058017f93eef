// What a change of permissions would do to the selected files, in a few lines.

#pragma once

#include "files/AttributeChange.h"

#include <QList>
#include <QString>

namespace ui {

// "a.sh: 0644 → 0755", a line for each of the first files that change, and how many more do; then
// how many stay as they are. Plain text, safe to show.
QString changePreview(const QList<files::FileEntry> &entries, const files::AttributeChange &change);

} // namespace ui
