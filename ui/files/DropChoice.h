// What becomes of a drag of files where it is dropped: whether it is welcome, and whether files are
// copied, moved or linked. The rule is the same for lists, path fields and tabs.

#pragma once

#include "ui/files/FileDrag.h"

#include <functional>
#include <optional>

class QDropEvent;

namespace ui {

// Where a drag comes from, seen from the pane that it is over.
enum class DragOrigin { ThisPane, SamePlace, OtherPlace, OtherProgram };

// Says so, or nothing for a drag that is not welcome.
using OriginOf = std::function<std::optional<DragOrigin>(const FileDrag &drag)>;

struct DropChoice
{
    FileDrag drag;
    DragOrigin origin = DragOrigin::OtherProgram;
    Qt::DropAction action = Qt::CopyAction;

    // Within a pane things move, as everywhere; between panes they are copied. Shift moves, Control
    // copies, both make links, where that is possible; the drag must allow it.
    static std::optional<DropChoice> of(const QDropEvent &event, const OriginOf &originOf);
};

} // namespace ui
