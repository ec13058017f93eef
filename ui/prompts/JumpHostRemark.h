// Says on a sheet that its question is about a jump host on the way. Used by those who make the
// sheets of a connection's questions.

#pragma once

class QString;

namespace ui {

class Sheet;

// Below the heading, so that nobody takes the question for one of the server itself. Nothing if
// `jumpHost` is empty.
void nameJumpHost(Sheet &sheet, const QString &jumpHost);

} // namespace ui
