#include "ui/terminal/PromptMarks.h"

#include "ui/terminal/ScreenText.h"

#include <algorithm>

namespace ui {
namespace {

constexpr qsizetype mostPrompts = 100; // they differ where they hold a directory
constexpr int mostLines = 5; // of one prompt

} // namespace

void PromptMarks::noteStart(int row)
{
    m_startRow = m_text.historyCount() + row - 1;
}

void PromptMarks::noteEnd(int row, int column)
{
    const int place = m_text.historyCount() + row - 1;
    if (column < 2 || place >= m_text.rowCount()) {
        return;
    }
    const std::optional<QString> read = m_text.peek(place, column - 2);
    const QString text = read ? read->trimmed() : QString();
    if (text.isEmpty()) {
        return; // or something is selected, which reading would undo
    }
    const int above = m_startRow < 0 ? 0 : place - m_startRow;
    const Prompt prompt{text, above > 0 && above < mostLines ? above : 0};
    m_startRow = -1;
    m_prompts.removeAll(prompt);
    m_prompts.prepend(prompt);
    m_prompts.resize(std::min(m_prompts.size(), mostPrompts));
}

const PromptMarks::Prompt *PromptMarks::promptIn(const QString &row) const
{
    const QStringView text = QStringView(row).trimmed();
    const auto found = std::ranges::find_if(
        m_prompts, [text](const Prompt &prompt) { return text.startsWith(prompt.text); });
    return found == m_prompts.end() ? nullptr : &*found;
}

void PromptMarks::go(Direction direction)
{
    const int top = m_text.topRow();
    const QList<terminal::TextRow> rows = m_text.rows();
    m_text.clearSelection(); // that reading has moved
    const int step = direction == Direction::Up ? -1 : 1;
    const auto isBeyond
        = [&](int row) { return direction == Direction::Up ? row < top : row > top; };
    // The last line of a prompt may be in sight while its first is above.
    int row = std::clamp(top + (direction == Direction::Up ? mostLines : 0), 0,
                         static_cast<int>(rows.size()) - 1);
    for (; row >= 0 && row < rows.size(); row += step) {
        const Prompt *prompt = promptIn(rows[row].text);
        if (prompt != nullptr && isBeyond(row - prompt->linesAbove)) {
            m_text.scrollTo(row - prompt->linesAbove);
            return;
        }
    }
    if (direction == Direction::Down) {
        m_text.scrollTo(m_text.rowCount());
    }
}

} // namespace ui
