// ChangeAct: what a user does to files in a pane.

#pragma once

namespace ui {

enum class ChangeAct {
    Rename,
    Move,
    NewFolder,
    NewFile,
    NewLink,
    Delete, // for good
    Trash,
    Permissions,
    Duplicate,
    Touch,
    Resize,
    Undo,
};

} // namespace ui
