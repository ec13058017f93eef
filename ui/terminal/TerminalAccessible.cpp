#include "ui/terminal/TerminalAccessible.h"

#include "ui/terminal/AccessibleScreen.h"
#include "ui/terminal/TerminalView.h"

#include <algorithm>

namespace ui {
namespace {

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    for (QWidget *at = widget; at != nullptr; at = at->parentWidget()) {
        if (auto *view = qobject_cast<TerminalView *>(at)) {
            const bool isTerminal = widget == view || widget == view->focusProxy();
            return isTerminal ? new TerminalAccessible(widget, *view) : nullptr;
        }
    }
    return nullptr;
}

} // namespace

TerminalAccessible::TerminalAccessible(QWidget *widget, TerminalView &view)
    : QAccessibleWidget(widget, QAccessible::Terminal)
    , m_view(view)
{
}

// Qt keeps the same function once, however often it is installed.
void TerminalAccessible::install()
{
    QAccessible::installFactory(&make);
}

QWidget *TerminalAccessible::display() const
{
    return m_view.focusProxy();
}

void *TerminalAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this)
                                              : QAccessibleWidget::interface_cast(type);
}

QString TerminalAccessible::text(QAccessible::Text kind) const
{
    switch (kind) {
    case QAccessible::Name:
        return m_view.accessibleName();
    case QAccessible::Value:
        return text(0, characterCount());
    default:
        return QAccessibleWidget::text(kind);
    }
}

QAccessible::State TerminalAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.focusable = true;
    state.focused = display()->hasFocus();
    return state;
}

QString TerminalAccessible::text(int startOffset, int endOffset) const
{
    const QString all = m_view.accessibleScreen().text();
    const qsizetype start = std::clamp(qsizetype{startOffset}, qsizetype{0}, all.size());
    const qsizetype end = std::clamp(qsizetype{endOffset}, start, all.size());
    return all.sliced(start, end - start);
}

int TerminalAccessible::characterCount() const
{
    return static_cast<int>(m_view.accessibleScreen().text().size());
}

int TerminalAccessible::cursorPosition() const
{
    return std::max(0, m_view.accessibleScreen().cursorOffset());
}

QRect TerminalAccessible::characterRect(int offset) const
{
    const QRect cell = m_view.accessibleScreen().cellAt(offset);
    return cell.isEmpty() ? QRect() : cell.translated(display()->mapToGlobal(QPoint(0, 0)));
}

int TerminalAccessible::offsetAtPoint(const QPoint &point) const
{
    return m_view.accessibleScreen().offsetAt(display()->mapFromGlobal(point));
}

QString TerminalAccessible::attributes(int, int *startOffset, int *endOffset) const
{
    *startOffset = 0;
    *endOffset = characterCount();
    return {};
}

void TerminalAccessible::selection(int, int *startOffset, int *endOffset) const
{
    *startOffset = 0;
    *endOffset = 0;
}

} // namespace ui
