// editedName(): the name that somebody means who edits one as the list shows it, where a character
// that can not be shown is written as a code: \x0A, \xff, \u{202E}, see base::displayText().

#pragma once

#include <QByteArray>
#include <QString>

#include <expected>
#include <optional>

namespace ui {

enum class EditProblem {
    TwoMeanings, // a code, in a name that holds such text and what has to be written as a code too
    NoCharacter, // a code for a character that does not exist
    HasSlash, // of a file's name: it would be another place
    TooLong, // likewise
};

// `text` is what became of base::displayText(name) in a field. One that was not changed is the
// name, whatever bytes that has. Where the name is shown as it is, text means itself, and so does
// text without codes everywhere; else codes mean in the field what they mean in the list.
std::expected<QByteArray, EditProblem> editedName(const QByteArray &name, const QString &text);

// Why `name` can not be that of a file.
std::optional<EditProblem> problemOfName(const QByteArray &name);

} // namespace ui
