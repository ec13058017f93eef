// ScreenSize: how many characters a terminal's screen has. Used by TerminalView.
//
// A display that has just been shown is some pixels wide until its window has laid it out. Were the
// screen to follow at once, what is on it would be cut and pushed into the scrollback, and the
// shell would draw its prompt for a width that is gone. So it follows once the display has its
// place.

#pragma once

#include <QObject>
#include <QSize>
#include <QTimer>

class QTermWidget;

namespace ui {

class ScreenSize final : public QObject
{
    Q_OBJECT

public:
    // `display` is the child of `terminal` that draws; both outlive this.
    ScreenSize(QTermWidget &terminal, QWidget &display, QObject *parent);

    // For a terminal that was never shown and has its font: a shell may write there already, and on
    // the few lines of a widget without a place most of it would be in the scrollback.
    void takeUsual();

    // Has it told soon if it is another one.
    void check();

signals:
    void changed(int columns, int rows); // both at least 2, and different from the last time

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();
    void report();

    QTermWidget &m_terminal;
    QWidget &m_display;
    QTimer m_layout;
    QTimer m_pause;
    QSize m_reported;
    bool m_hasPlace = false; // else the screen stays as it is
};

} // namespace ui
