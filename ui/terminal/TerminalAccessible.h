// TerminalAccessible: a terminal for screen readers: a text that they can read but not change. Made
// by Qt when one asks, for a TerminalView and for the widget in it that has the focus.

#pragma once

#include <QAccessibleWidget>

namespace ui {

class TerminalView;

class TerminalAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    // `widget` is the view, or the one inside of it.
    TerminalAccessible(QWidget *widget, TerminalView &view);

    // Makes Qt know it. Further calls do nothing.
    static void install();

    void *interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text kind) const override;
    QAccessible::State state() const override;

    QString text(int startOffset, int endOffset) const override;
    int characterCount() const override;
    int cursorPosition() const override;
    void setCursorPosition(int) override { }
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    QString attributes(int offset, int *startOffset, int *endOffset) const override;

    // What is selected is the mouse's affair.
    int selectionCount() const override { return 0; }
    void selection(int, int *startOffset, int *endOffset) const override;
    void addSelection(int, int) override { }
    void removeSelection(int) override { }
    void setSelection(int, int, int) override { }
    void scrollToSubstring(int, int) override { }

private:
    QWidget *display() const;

    TerminalView &m_view; // lives as long as the widget
};

} // namespace ui
