// Which of several places on the screen lies beside another, as the arrow keys mean it.

#pragma once

#include <QList>
#include <QRect>

namespace ui {

enum class Direction { Left, Right, Up, Down };

// Index of the place that is nearest to `from` in that direction, and of those the one that faces
// most of it; -1 if none lies there. `from` may be one of them.
qsizetype neighbor(const QRect &from, const QList<QRect> &places, Direction direction);

} // namespace ui
