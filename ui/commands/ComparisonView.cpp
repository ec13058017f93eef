#include "ui/commands/ComparisonView.h"

#include "base/DisplayText.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QLocale>
#include <QTextBlock>

#include <algorithm>

namespace ui {
namespace {

using Where = commands::ComparedLine::Where;

constexpr qsizetype context = 3; // equal lines around a difference

enum Side { Neither, LeftSide, RightSide, Fold };

// Which lines are within reach of a difference.
QList<bool> shownLines(const QList<commands::ComparedLine> &lines)
{
    QList<bool> shown(lines.size(), false);
    for (qsizetype line = 0; line < lines.size(); ++line) {
        if (lines.at(line).where != Where::Both) {
            const qsizetype end = std::min(lines.size(), line + context + 1);
            std::fill(shown.begin() + std::max<qsizetype>(0, line - context), shown.begin() + end,
                      true);
        }
    }
    return shown;
}

} // namespace

ComparisonView::ComparisonView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

void ComparisonView::showText(const QByteArray &text)
{
    setPlainText(base::displayText(text, base::LineBreaks::Keep));
}

void ComparisonView::showDifference(const QList<commands::ComparedLine> &lines)
{
    clear();
    const QList<bool> shown = shownLines(lines);
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    qsizetype folded = 0;
    for (qsizetype line = 0; line <= lines.size(); ++line) {
        const bool isShown = line == lines.size() || shown.at(line);
        if (!isShown) {
            ++folded;
            continue;
        }
        if (folded > 0) {
            append(tr("… equal lines: %1").arg(QLocale().toString(folded)), cursor, Fold);
            folded = 0;
        }
        if (line < lines.size()) {
            const Where where = lines.at(line).where;
            const QString sign = where == Where::Left ? QStringLiteral("- ")
                : where == Where::Right               ? QStringLiteral("+ ")
                                                      : QStringLiteral("  ");
            append(sign + base::displayText(lines.at(line).text), cursor,
                   where == Where::Left        ? LeftSide
                       : where == Where::Right ? RightSide
                                               : Neither);
        }
    }
    cursor.endEditBlock();
    color();
    moveCursor(QTextCursor::Start);
}

void ComparisonView::append(const QString &line, QTextCursor &cursor, int side)
{
    if (!document()->isEmpty()) {
        cursor.insertBlock();
    }
    cursor.insertText(line);
    cursor.block().setUserState(side);
}

void ComparisonView::color()
{
    using Meaning = Theme::Meaning;
    QTextCursor cursor(document());
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.userState() <= Neither) {
            continue;
        }
        const Meaning meaning = block.userState() == LeftSide ? Meaning::Danger
            : block.userState() == RightSide                  ? Meaning::Ok
                                                              : Meaning::Subtle;
        QTextCharFormat format;
        format.setForeground(Theme::color(meaning, palette()));
        cursor.setPosition(block.position());
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor::KeepAnchor);
        cursor.setCharFormat(format);
    }
}

void ComparisonView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        color();
    }
}

} // namespace ui
