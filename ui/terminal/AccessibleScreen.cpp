#include "ui/terminal/AccessibleScreen.h"

#include "ui/terminal/ScreenText.h"

#include <QAccessible>
#include <QScrollBar>
#include <qtermwidget.h>
#include <QWidget>

#include <algorithm>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto pause = 250ms; // a reader says two or three words in that time

} // namespace

AccessibleScreen::AccessibleScreen(ScreenText &text, QTermWidget &terminal, QWidget &display,
                                   QObject *parent)
    : QObject(parent)
    , m_text(text)
    , m_display(display)
    , m_isActive(&QAccessible::isActive)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &AccessibleScreen::tell);
    connect(&terminal, &QTermWidget::receivedData, this, &AccessibleScreen::noteChange);
    if (const auto *bar = display.findChild<QScrollBar *>()) {
        connect(bar, &QScrollBar::valueChanged, this, &AccessibleScreen::noteChange);
    }
}

void AccessibleScreen::noteChange()
{
    m_isStale = true;
    if (m_isActive() && !m_pause.isActive()) {
        m_pause.start();
    }
}

// Reading moves the selection: not while the user has one.
void AccessibleScreen::read()
{
    if (!m_isStale || m_text.hasSelection()) {
        return;
    }
    const int top = m_text.topRow();
    const int end = std::min(m_text.rowCount(), top + m_text.screenRowCount());
    m_rows.clear();
    for (int row = top; row < end; ++row) {
        m_rows.append(m_text.peek(row, m_text.columnCount() - 1).value_or(QString()));
        if (m_rows.last().endsWith(u'\n')) {
            m_rows.last().chop(1);
        }
    }
    m_isStale = false;
}

QString AccessibleScreen::text()
{
    read();
    return m_rows.join(u'\n');
}

// What stayed at the beginning and at the end is not told again.
void AccessibleScreen::tell()
{
    if (!m_isActive()) {
        return;
    }
    const QString now = text();
    qsizetype start = 0;
    const qsizetype shorter = std::min(now.size(), m_told.size());
    while (start < shorter && now[start] == m_told[start]) {
        ++start;
    }
    qsizetype same = 0;
    while (same < shorter - start
           && now[now.size() - 1 - same] == m_told[m_told.size() - 1 - same]) {
        ++same;
    }
    const QString before = m_told.sliced(start, m_told.size() - start - same);
    const QString after = now.sliced(start, now.size() - start - same);
    m_told = now;
    if (!before.isEmpty() || !after.isEmpty()) {
        QAccessibleTextUpdateEvent update(&m_display, static_cast<int>(start), before, after);
        update.setCursorPosition(cursorOffset());
        QAccessible::updateAccessibility(&update);
        emit changed(static_cast<int>(start), before, after);
    }
    QAccessibleTextCursorEvent moved(&m_display, cursorOffset());
    QAccessible::updateAccessibility(&moved);
}

// The size of a cell and the margin are those of the cursor, for which every widget can be asked.
QRect AccessibleScreen::cursorCell() const
{
    return m_display.inputMethodQuery(Qt::ImCursorRectangle).toRect();
}

int AccessibleScreen::offsetOf(int row, int column) const
{
    if (row < 0 || row >= m_rows.size()) {
        return -1;
    }
    qsizetype offset = row; // line breaks
    for (int above = 0; above < row; ++above) {
        offset += m_rows[above].size();
    }
    return static_cast<int>(offset
                            + std::clamp(qsizetype{column}, qsizetype{0}, m_rows[row].size()));
}

int AccessibleScreen::cursorOffset()
{
    return offsetAt(cursorCell().center());
}

int AccessibleScreen::offsetAt(QPoint place)
{
    read();
    const QRect cell = cursorCell();
    if (cell.isEmpty()) {
        return -1;
    }
    return offsetOf((place.y() - cell.y() % cell.height()) / cell.height(),
                    (place.x() - cell.x() % cell.width()) / cell.width());
}

QRect AccessibleScreen::cellAt(int offset)
{
    read();
    const QRect cell = cursorCell();
    if (cell.isEmpty()) {
        return {};
    }
    qsizetype column = offset;
    for (int row = 0; row < m_rows.size(); ++row) {
        if (column <= m_rows[row].size()) {
            return {cell.x() % cell.width() + static_cast<int>(column) * cell.width(),
                    cell.y() % cell.height() + row * cell.height(), cell.width(), cell.height()};
        }
        column -= m_rows[row].size() + 1;
    }
    return {};
}

} // namespace ui
