// Icons: the program's icons by name, such as "terminal" or "folder-new".
//
// Where the desktop's icon theme has a symbolic icon for the same thing that one is used, otherwise
// ours (:/icons/NAME.svg, black lines). Ours are drawn in the text color of the palette of the
// moment, in any size, so that they follow a change between light and dark without being asked.

#pragma once

#include <QIcon>
#include <QPalette>
#include <QString>

namespace ui {

class Icons
{
public:
    static QIcon icon(const QString &name);

    // Ours, whatever the theme has: for what is on the window when that is shown. Looking the first
    // name up in a theme takes longer than making all widgets of the window.
    static QIcon ownIcon(const QString &name);

    // Ours, always in that color: for marks that mean something.
    static QIcon icon(const QString &name, const QColor &color);
};

} // namespace ui
