#include "ui/terminal/ShellCommands.h"

#include "base/DisplayText.h"
#include "ui/terminal/ScreenText.h"

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr int mostRowsOfPrompt = 5;
constexpr int mostRowsOfInput = 20;
constexpr qsizetype mostCharacters = 400;

QString trimmedEnd(const QString &text)
{
    qsizetype size = text.size();
    while (size > 0 && text[size - 1].isSpace()) {
        --size;
    }
    return text.first(size);
}

// The widget may have filled a row with blanks up to its end: then it seems to go on. One that does
// has letters there, but for a single blank between two words.
bool isContinued(const terminal::TextRow &row)
{
    return row.isContinued && trimmedEnd(row.text).size() + 1 >= row.text.size();
}

} // namespace

ShellCommands::ShellCommands(ScreenText &text, QObject *parent)
    : QObject(parent)
    , m_text(text)
{
}

void ShellCommands::notePrompt()
{
    m_tellsPrompts = true;
    m_hasPrompted = true;
}

void ShellCommands::notePromptStart(int row)
{
    m_promptStart = m_text.historyCount() + row - 1;
    m_isAtPrompt = true;
    m_prompt.clear(); // until its end is known
    m_rowsAbove = 0;
    if (!m_isMarked) {
        m_isMarked = true;
        emit changed();
    }
}

void ShellCommands::notePromptEnd(int row, int column)
{
    const int place = m_text.historyCount() + row - 1;
    if (column < 2 || place >= m_text.rowCount()) {
        return;
    }
    // Not while something is selected, which reading would undo.
    m_prompt = m_text.peek(place, column - 2).value_or(QString());
    if (m_prompt.endsWith(u'\n')) {
        m_prompt.chop(1); // blanks at the end are no text of the widget's
    }
    m_rowsAbove = rowsAbove(place);
}

// Rows of the prompt above that one, which is its last.
int ShellCommands::rowsAbove(int place) const
{
    const int above = m_promptStart < 0 ? 0 : place - m_promptStart;
    return above > 0 && above < mostRowsOfPrompt ? above : 0;
}

void ShellCommands::noteStart(const QString &text)
{
    const bool isFirst
        = m_tellsPrompts ? std::exchange(m_hasPrompted, false) : m_unplaced.isEmpty();
    if (isRunning() && !isFirst) {
        ShellCommand &command = m_commands.last();
        m_unplaced.append(command.number);
        if (command.text.isEmpty() && !text.isEmpty()) {
            command.text = text;
            emit changed();
        }
        return;
    }
    noteEnd(std::nullopt); // of one that has ended without a word
    m_isMarked = true;
    m_isAtPrompt = false;
    m_commands.append(
        {.number = ++m_lastNumber, .text = text, .startedAt = QDateTime::currentDateTime()});
    if (m_commands.size() > mostCommands) {
        m_commands.removeFirst();
    }
    m_unplaced.append(m_lastNumber);
    m_clock.start();
    emit changed();
}

void ShellCommands::noteOutput(int row)
{
    m_isAtPrompt = false;
    if (m_unplaced.isEmpty()) {
        return;
    }
    const auto command
        = std::ranges::find(m_commands, m_unplaced.takeFirst(), &ShellCommand::number);
    if (command != m_commands.end()) {
        readTyped(*command, m_text.historyCount() + row - 1);
        emit changed();
    }
}

// The prompt is looked for from the output upwards: meanwhile the rows may have moved. Not all
// shells tell where it ends; then the first key does, but not what was typed ahead of it: then the
// command itself is looked for, if the shell has told it.
void ShellCommands::readTyped(ShellCommand &command, int outputRow) const
{
    const bool hasPrompt = !trimmedEnd(m_prompt).isEmpty();
    const bool isKnown = hasPrompt || !command.text.isEmpty();
    if (!isKnown || m_text.hasSelection() || outputRow >= m_text.rowCount()) {
        return;
    }
    const auto begins = [&](const QString &line, const QString &rest) {
        const qsizetype at = hasPrompt ? -1 : QString(line + rest).indexOf(command.text);
        return hasPrompt ? line.startsWith(m_prompt) : at >= 0 && at < line.size();
    };
    QString typed;
    const int highest = std::max(0, outputRow - mostRowsOfInput);
    for (int row = outputRow - 1; row >= highest; --row) {
        const QString text = m_text.peek(row, m_text.columnCount() - 1).value_or(QString());
        const bool isContinued = !text.endsWith(u'\n');
        const QString line = isContinued ? text : text.chopped(1);
        const bool isFirst = begins(line, typed);
        typed.prepend((isFirst && hasPrompt ? line.sliced(m_prompt.size()) : line)
                      + (isContinued ? QString() : QStringLiteral(" ")));
        if (isFirst) {
            command.row = trimmedEnd(line);
            command.rowsAbove = hasPrompt ? m_rowsAbove : rowsAbove(row);
            command.rowsOfInput = outputRow - row;
            if (command.text.isEmpty()) {
                command.text = base::displayText(typed.trimmed().left(mostCharacters));
            }
            return;
        }
    }
}

void ShellCommands::noteEnd(std::optional<int> status)
{
    if (!isRunning()) {
        return; // shells say it at the first prompt too
    }
    ShellCommand &command = m_commands.last();
    command.duration = std::chrono::milliseconds(m_clock.elapsed());
    command.status = status;
    const ShellCommand ended = command;
    emit changed();
    emit finished(ended);
}

void ShellCommands::noteShellEnd()
{
    noteEnd(std::nullopt);
    m_unplaced.clear();
    m_promptStart = -1;
    m_isAtPrompt = false;
    m_tellsPrompts = false;
    m_prompt.clear();
}

// The one that reads like it, of several the one with as many later ones below. -1: gone.
int ShellCommands::rowOf(const QList<terminal::TextRow> &rows, qsizetype index) const
{
    const QString &wanted = m_commands[index].row;
    if (wanted.isEmpty()) {
        return -1;
    }
    qsizetype below
        = std::count_if(m_commands.begin() + index + 1, m_commands.end(),
                        [&wanted](const ShellCommand &later) { return later.row == wanted; });
    for (int row = promptRow(rows) - 1; row >= 0; --row) {
        if (trimmedEnd(rows[row].text) == wanted && below-- == 0) {
            return row;
        }
    }
    return -1;
}

// In which the next command is being typed; the number of rows if none is.
int ShellCommands::promptRow(const QList<terminal::TextRow> &rows) const
{
    const int count = static_cast<int>(rows.size());
    if (!m_isAtPrompt) {
        return count;
    }
    if (m_prompt.isEmpty()) {
        return std::clamp(m_promptStart, 0, count);
    }
    for (int row = count - 1; row >= 0; --row) {
        if (rows[row].text.startsWith(m_prompt)) {
            return row;
        }
    }
    return count;
}

// The row below its last one: where the next prompt begins.
int ShellCommands::endOfOutput(const QList<terminal::TextRow> &rows, qsizetype index,
                               int start) const
{
    for (qsizetype later = index + 1; later < m_commands.size(); ++later) {
        if (const int row = rowOf(rows, later); row >= start) {
            return std::max(start, row - m_commands[later].rowsAbove);
        }
    }
    if (const int row = promptRow(rows); m_isAtPrompt && row < rows.size()) {
        return std::max(start, row - m_rowsAbove);
    }
    qsizetype end = rows.size();
    while (end > start && trimmedEnd(rows[end - 1].text).isEmpty()) {
        --end;
    }
    return static_cast<int>(end);
}

bool ShellCommands::goTo(qsizetype index)
{
    if (index < 0 || index >= m_commands.size()) {
        return false;
    }
    const QList<terminal::TextRow> rows = m_text.rows();
    m_text.clearSelection(); // that reading has moved
    const int row = rowOf(rows, index);
    if (row < 0) {
        return false;
    }
    m_text.scrollTo(row - m_commands[index].rowsAbove);
    return true;
}

std::optional<QString> ShellCommands::output(qsizetype index)
{
    if (index < 0 || index >= m_commands.size()) {
        return std::nullopt;
    }
    const QList<terminal::TextRow> rows = m_text.rows();
    m_text.clearSelection();
    const int row = rowOf(rows, index);
    if (row < 0) {
        return std::nullopt;
    }
    const int start = row + m_commands[index].rowsOfInput;
    const int end = endOfOutput(rows, index, start);
    QString text;
    for (int at = start; at < end; ++at) {
        text += isContinued(rows[at]) ? rows[at].text : trimmedEnd(rows[at].text) + u'\n';
    }
    return text;
}

} // namespace ui
