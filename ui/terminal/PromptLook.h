// PromptLook: whether a shell seems to wait for a command, where it does not mark its prompts. What
// stands before the cursor is compared to how prompts usually look.

#pragma once

class QWidget;

namespace ui {

// `display` is that of a QTermWidget, which answers an input method about the line of its cursor.
// True for "ada@web01:~$ ls" too: what is typed has not been sent.
bool looksLikePrompt(const QWidget &display);

} // namespace ui
