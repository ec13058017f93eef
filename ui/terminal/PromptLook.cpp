#include "ui/terminal/PromptLook.h"

#include <QRegularExpression>
#include <QVariant>
#include <QWidget>

#include <algorithm>

namespace ui {

bool looksLikePrompt(const QWidget &display)
{
    // What the default prompts of sh, bash, zsh, fish, ksh and csh end with, and popular themes.
    static const QRegularExpression end(QStringLiteral("[$#%>❯❱➜→»›λ](\\s|$)"));
    const QString line = display.inputMethodQuery(Qt::ImSurroundingText).toString();
    const int cursor = display.inputMethodQuery(Qt::ImCursorPosition).toInt();
    return end.match(line.first(std::clamp<qsizetype>(cursor, 0, line.size()))).hasMatch();
}

} // namespace ui
