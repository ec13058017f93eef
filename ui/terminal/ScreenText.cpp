#include "ui/terminal/ScreenText.h"

#include <QScrollBar>
#include <qtermwidget.h>

#include <algorithm>

namespace ui {
namespace {

constexpr int mostRowsOfLine = 10; // above and below, of a line that goes on

} // namespace

ScreenText::ScreenText(QTermWidget &terminal)
    : m_terminal(terminal)
    , m_bar(terminal.focusProxy()->findChild<QScrollBar *>())
{
}

int ScreenText::historyCount() const
{
    return m_terminal.historyLinesCount();
}

int ScreenText::rowCount() const
{
    return historyCount() + screenRowCount();
}

int ScreenText::screenRowCount() const
{
    return m_terminal.screenLinesCount();
}

int ScreenText::columnCount() const
{
    return m_terminal.screenColumnsCount();
}

QString ScreenText::text(int row, int firstColumn, int lastColumn) const
{
    m_terminal.setSelectionStart(row, firstColumn);
    m_terminal.setSelectionEnd(row, lastColumn);
    return m_terminal.selectedText();
}

terminal::TextRow ScreenText::row(int row) const
{
    terminal::TextRow read{.text = text(row, 0, columnCount() - 1)};
    read.isContinued = !read.text.endsWith(u'\n');
    if (!read.isContinued) {
        read.text.chop(1);
    }
    return read;
}

QList<terminal::TextRow> ScreenText::rows() const
{
    QList<terminal::TextRow> all;
    const int count = rowCount();
    all.reserve(count);
    for (int index = 0; index < count; ++index) {
        all.append(row(index));
    }
    return all;
}

std::optional<QString> ScreenText::peek(int row, int lastColumn) const
{
    if (hasSelection()) {
        return std::nullopt;
    }
    const QString read = text(row, 0, lastColumn);
    forgetSelection();
    return read;
}

// The size of a cell and the margin are those of the cursor, for which every widget can be asked.
std::optional<ScreenText::Spot> ScreenText::spotAt(QPoint place) const
{
    const QWidget *display = m_terminal.focusProxy();
    const QRect cursor = display->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    if (hasSelection() || cursor.isEmpty()) {
        return std::nullopt;
    }
    const int column = (place.x() - cursor.x() % cursor.width()) / cursor.width();
    const int first = topRow() + (place.y() - cursor.y() % cursor.height()) / cursor.height();
    if (first < 0 || first >= rowCount() || column < 0 || column >= columnCount()) {
        return std::nullopt;
    }
    Spot spot;
    const QString before = text(first, 0, column);
    const bool isBehindText = before.endsWith(u'\n');
    spot.index = before.size() - 1;
    spot.line = row(first).text;
    spot.firstRow = first;
    spot.rowLengths = {spot.line.size()};
    for (int above = first - 1; above >= 0 && first - above < mostRowsOfLine; --above) {
        const terminal::TextRow upper = row(above);
        if (!upper.isContinued) {
            break;
        }
        spot.line.prepend(upper.text);
        spot.index += upper.text.size();
        spot.firstRow = above;
        spot.rowLengths.prepend(upper.text.size());
    }
    for (int below = first; below + 1 < rowCount() && below - first < mostRowsOfLine; ++below) {
        if (!row(below).isContinued) {
            break;
        }
        const QString lower = row(below + 1).text;
        spot.line += lower;
        spot.rowLengths.append(lower.size());
    }
    forgetSelection();
    return isBehindText ? std::nullopt : std::optional(spot);
}

QList<QRect> ScreenText::cells(const Spot &spot, qsizetype first, qsizetype length) const
{
    const QRect cursor = m_terminal.focusProxy()->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    const QPoint margin(cursor.x() % cursor.width(), cursor.y() % cursor.height());
    QList<QRect> result;
    qsizetype begin = 0; // of the row, in the line
    for (int index = 0; index < spot.rowLengths.size(); ++index) {
        const qsizetype end = begin + spot.rowLengths.at(index);
        const qsizetype from = std::max(first, begin);
        const qsizetype to = std::min(first + length, end);
        if (from < to) {
            const int row = spot.firstRow + index;
            const int left = columnOf(row, static_cast<int>(from - begin));
            const int right = columnOf(row, static_cast<int>(to - begin - 1)) + 1;
            const QPoint corner(left * cursor.width(), (row - topRow()) * cursor.height());
            result.append(
                QRect(corner + margin, QSize((right - left) * cursor.width(), cursor.height())));
        }
        begin = end;
    }
    forgetSelection();
    return result;
}

bool ScreenText::hasSelection() const
{
    return selectedRow().has_value();
}

std::optional<int> ScreenText::selectedRow() const
{
    if (m_terminal.selectedText().isEmpty()) {
        return std::nullopt;
    }
    int row = 0;
    int column = 0;
    m_terminal.getSelectionStart(row, column);
    return row;
}

// A character may take two cells, or none.
int ScreenText::columnOf(int row, int character) const
{
    int low = 0;
    int high = columnCount() - 1;
    while (low < high) { // the first column up to which there are more characters than that
        const int middle = (low + high) / 2;
        QString before = text(row, 0, middle);
        if (before.endsWith(u'\n')) {
            before.chop(1);
        }
        if (before.size() > character) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

void ScreenText::show(int row, int start, int length)
{
    const qsizetype rest = this->row(row).text.size() - start;
    const int first = columnOf(row, start);
    const int last = length > rest ? columnCount() - 1 : columnOf(row, start + length - 1);
    m_terminal.setSelectionStart(row, first);
    m_terminal.setSelectionEnd(row, last);
    const int top = topRow();
    const int rows = m_terminal.screenLinesCount();
    if (row < top || row >= top + rows) {
        scrollTo(row - rows / 2);
    }
    redraw();
}

void ScreenText::clearSelection()
{
    forgetSelection();
    redraw();
}

// The place before the first one stands for none.
void ScreenText::forgetSelection() const
{
    m_terminal.setSelectionStart(0, -1);
}

int ScreenText::scrollBarWidth() const
{
    return m_bar != nullptr && m_bar->isVisible() ? m_bar->width() : 0;
}

int ScreenText::topRow() const
{
    return m_bar != nullptr ? m_bar->value() : rowCount();
}

void ScreenText::scrollTo(int row)
{
    if (m_bar != nullptr) {
        m_bar->setValue(std::clamp(row, m_bar->minimum(), m_bar->maximum()));
    }
}

// The widget keeps a copy of what is to be seen, without looking at the selection again, until one
// scrolls: so that is done, there and back. Where there is nothing to scroll the bar gets room for
// one row, which it loses at once.
void ScreenText::redraw() const
{
    if (m_bar == nullptr) {
        return;
    }
    const int top = m_bar->value();
    if (top == m_bar->maximum()) {
        m_bar->setMaximum(top + 1);
    }
    m_bar->setValue(top + 1);
    m_bar->setValue(top);
}

} // namespace ui
