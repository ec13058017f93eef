// PasteRule: when a terminal asks before it pastes what a shell may run at once.

#pragma once

namespace ui {

enum class PasteRule {
    Never,
    WhenItRuns, // several lines for a program that does not hold pasted text together (no brackets)
    Always, // several lines in any case
};

} // namespace ui
