#include "ui/files/EditedName.h"

#include "base/DisplayText.h"
#include "files/FilePath.h"

#include <QRegularExpression>

namespace ui {
namespace {

constexpr uint lastCharacter = 0x10FFFF; // of Unicode

QRegularExpressionMatchIterator codesIn(const QString &text)
{
    static const QRegularExpression code(
        QStringLiteral(R"(\\x([0-9A-Fa-f]{2})|\\u\{([0-9A-Fa-f]{1,8})\})"));
    return code.globalMatch(text);
}

// The bytes that are shown as `text`, if no part of it means itself.
std::expected<QByteArray, EditProblem> decoded(const QString &text)
{
    QByteArray name;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &code : codesIn(text)) {
        name += QStringView(text).sliced(end, code.capturedStart() - end).toUtf8();
        end = code.capturedEnd();
        if (code.hasCaptured(1)) {
            name += static_cast<char>(code.captured(1).toUInt(nullptr, 16));
            continue;
        }
        const uint character = code.captured(2).toUInt(nullptr, 16);
        if (character > lastCharacter || QChar::isSurrogate(character)) {
            return std::unexpected(EditProblem::NoCharacter);
        }
        name += QString::fromUcs4(reinterpret_cast<const char32_t *>(&character), 1).toUtf8();
    }
    return name + QStringView(text).sliced(end).toUtf8();
}

} // namespace

std::expected<QByteArray, EditProblem> editedName(const QByteArray &name, const QString &text)
{
    const QString shown = base::displayText(name);
    if (text == shown) {
        return name;
    }
    if (shown.toUtf8() == name || !codesIn(text).hasNext()) {
        return text.toUtf8();
    }
    if (decoded(shown) != name) {
        return std::unexpected(EditProblem::TwoMeanings);
    }
    return decoded(text);
}

std::optional<EditProblem> problemOfName(const QByteArray &name)
{
    if (name.contains('/')) {
        return EditProblem::HasSlash;
    }
    return name.size() > files::longestName ? std::optional(EditProblem::TooLong) : std::nullopt;
}

} // namespace ui
