// ScreenText: the rows of a QTermWidget, screen and scrollback, as text, and a way to show one of
// them. Rows count from 0 at the top of the scrollback. Used by what belongs to TerminalView.
//
// The widget gives whole lines only, without where it has broken them. But what is selected can be
// asked for, and the end of a selected row tells whether its line goes on. So the rows are read by
// selecting them one after the other, without drawing that: 10,000 take some ten milliseconds.

#pragma once

#include "terminal/TextSearch.h"

#include <QList>
#include <QObject>
#include <QPoint>
#include <QPointer>
#include <QRect>

#include <optional>

class QScrollBar;
class QTermWidget;
class QWidget;

namespace ui {

class ScreenText
{
public:
    // Borrowed.
    explicit ScreenText(QTermWidget &terminal);

    int historyCount() const; // rows of the scrollback, which come first
    int rowCount() const;
    int screenRowCount() const; // of the screen alone, which come last
    int columnCount() const;

    // Moves the selection: see hasSelection().
    terminal::TextRow row(int row) const;
    QList<terminal::TextRow> rows() const;
    QString text(int row, int firstColumn, int lastColumn) const;

    // A row up to that column, for one who must not disturb: nothing if something is selected.
    std::optional<QString> peek(int row, int lastColumn) const;

    // The whole line at that place of the widget, and which character of it stands there. Nothing
    // if something is selected, or if there is none.
    struct Spot
    {
        QString line;
        qsizetype index = 0;
        int firstRow = 0; // of the line
        QList<qsizetype> rowLengths; // characters of the line in each of its rows
    };
    std::optional<Spot> spotAt(QPoint place) const;

    // Where characters of that line are in the widget: one rectangle for each row.
    QList<QRect> cells(const Spot &spot, qsizetype first, qsizetype length) const;

    bool hasSelection() const;
    std::optional<int> selectedRow() const; // in which the selection begins

    // Selects the characters of a row and shows it in the middle. What goes on in the next row is
    // selected up to the end of this one.
    void show(int row, int start, int length);
    void clearSelection();

    int scrollBarWidth() const; // pixels, 0 without one

    // The row at the top of what is to be seen.
    int topRow() const;
    void scrollTo(int row);

private:
    int columnOf(int row, int character) const;
    void forgetSelection() const;
    void redraw() const;

    QTermWidget &m_terminal;
    QPointer<QScrollBar> m_bar;
};

} // namespace ui
