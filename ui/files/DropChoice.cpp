#include "ui/files/DropChoice.h"

#include <QDropEvent>
#include <QMimeData>

namespace ui {
namespace {

Qt::DropAction wantedAction(DragOrigin origin, Qt::KeyboardModifiers keys)
{
    const bool isShift = keys.testFlag(Qt::ShiftModifier);
    const bool isControl = keys.testFlag(Qt::ControlModifier);
    if (isShift && isControl) {
        const bool isHere = origin == DragOrigin::ThisPane || origin == DragOrigin::SamePlace;
        return isHere ? Qt::LinkAction : Qt::CopyAction;
    }
    const bool isMove = isControl ? false
        : isShift                 ? origin != DragOrigin::OtherProgram
                                  : origin == DragOrigin::ThisPane;
    return isMove ? Qt::MoveAction : Qt::CopyAction;
}

} // namespace

std::optional<DropChoice> DropChoice::of(const QDropEvent &event, const OriginOf &originOf)
{
    const auto drag = fromMimeData(*event.mimeData());
    const auto origin = drag && originOf ? originOf(*drag) : std::nullopt;
    if (!origin) {
        return std::nullopt;
    }
    for (const Qt::DropAction action : {wantedAction(*origin, event.modifiers()), Qt::CopyAction}) {
        if (event.possibleActions().testFlag(action)) {
            return DropChoice{*drag, *origin, action};
        }
    }
    return std::nullopt;
}

} // namespace ui
