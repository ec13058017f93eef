#include "ui/widgets/Sheet.h"

#include <QKeyEvent>
#include <QPushButton>

namespace ui {

Sheet::Sheet(QWidget *parent, std::optional<Theme::Meaning> meaning)
    : Panel(meaning, parent)
{
}

void Sheet::cancel()
{
    if (!m_isFinished) {
        emit cancelled();
        finish();
    }
}

void Sheet::setDefaultButton(QPushButton *button)
{
    m_default = button; // not setDefault(): styles show that as they show the focus
}

void Sheet::finish()
{
    m_isFinished = true;
    const QWidget *focus = window()->focusWidget();
    m_hadFocus = focus == nullptr || isAncestorOf(focus);
    hide();
    emit finished();
    deleteLater();
}

void Sheet::keyPressEvent(QKeyEvent *event)
{
    // A field passes Enter on after it has answered by it. To hide the sheet moves the focus, maybe
    // to a button, which would answer once more.
    if (m_isFinished) {
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        cancel();
        return;
    }
    // QDialog would do this: Enter presses the button that has the focus, or the default one.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        auto *focused = qobject_cast<QPushButton *>(focusWidget());
        if (QPushButton *button = focused != nullptr ? focused : m_default; button != nullptr) {
            button->click();
            return;
        }
    }
    Panel::keyPressEvent(event);
}

bool Sheet::focusNextPrevChild(bool next)
{
    QWidget *const start = focusWidget() != nullptr ? focusWidget() : this;
    QWidget *candidate = start;
    do {
        candidate = next ? candidate->nextInFocusChain() : candidate->previousInFocusChain();
        const bool takesTab = (candidate->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (takesTab && isAncestorOf(candidate) && candidate->isVisibleTo(this)
            && candidate->isEnabled() && candidate->focusProxy() == nullptr) {
            candidate->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    } while (candidate != start);
    return false;
}

} // namespace ui
