// LinkHover: shows what a click with Ctrl would open: the path under the mouse is underlined, the
// mouse becomes a hand while Ctrl is held, and a tool tip says what happens. Addresses are
// underlined by the widget itself. Lies over the display of a TerminalView and takes no input.

#pragma once

#include "ui/terminal/TerminalLinks.h"

#include <QByteArray>
#include <QCursor>
#include <QList>
#include <QPoint>
#include <QRect>
#include <QString>
#include <QWidget>

#include <optional>

namespace ui {

class ScreenText;

class LinkHover final : public QWidget
{
    Q_OBJECT

public:
    // All outlive this. Becomes a child of the display.
    LinkHover(const ScreenText &text, const TerminalLinks &links, QWidget &display);

    // From where relative paths count: absolute, or empty if nobody knows.
    void setDirectory(const QByteArray &path) { m_directory = path; }

    // While a program has the mouse, clicks are its own, and nothing is shown.
    void setMouseTaken(bool isTaken);

    // The path at that place of the display; empty if there is none.
    QByteArray pathAt(QPoint place) const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void look(QPoint place, Qt::KeyboardModifiers modifiers);
    void showTarget(const QString &toolTip, const QList<QRect> &cells);
    void showHand(bool isHand);
    void forget();

    const ScreenText &m_text;
    const TerminalLinks &m_links;
    QWidget &m_display;
    QByteArray m_directory;
    QList<QRect> m_cells; // underlined; empty: nothing
    std::optional<QCursor> m_usualCursor; // while it is a hand
    bool m_isOverLink = false;
    bool m_isMouseTaken = false;
};

} // namespace ui
