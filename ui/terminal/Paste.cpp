#include "ui/terminal/Paste.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QMouseEvent>
#include <QWidget>

#include <utility>

namespace ui {

using terminal::PasteText;

Paste::Paste(QWidget &display, QObject *parent)
    : QObject(parent)
{
    display.installEventFilter(this);
}

void Paste::pasteClipboard()
{
    paste(QGuiApplication::clipboard()->text(QClipboard::Clipboard));
}

void Paste::pasteSelection()
{
    const QClipboard *clipboard = QGuiApplication::clipboard();
    paste(clipboard->text(clipboard->supportsSelection() ? QClipboard::Selection
                                                         : QClipboard::Clipboard));
}

void Paste::paste(const QString &text)
{
    const PasteText clean(text);
    if (mustAsk(clean)) {
        m_waiting = clean;
        emit confirmationNeeded(m_waiting);
    } else {
        send(clean);
    }
}

bool Paste::mustAsk(const PasteText &text) const
{
    if (text.isEmpty() || m_rule == PasteRule::Never) {
        return false;
    }
    const bool isMultilineAsked = m_rule == PasteRule::Always || runsAtOnce();
    return text.hadControls() || (text.isMultiline() && isMultilineAsked);
}

void Paste::confirm()
{
    send(std::exchange(m_waiting, {}));
}

void Paste::cancel()
{
    m_waiting = {};
}

void Paste::send(const PasteText &text)
{
    using Bracketing = PasteText::Bracketing;
    const Bracketing bracketing = m_modes.bracketedPaste ? Bracketing::On : Bracketing::Off;
    if (!text.isEmpty()) {
        emit pasted(text.toBytes(bracketing), text);
    }
}

bool Paste::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const auto *press = static_cast<QMouseEvent *>(event);
        const bool isOurs
            = !m_modes.mouseTracking || press->modifiers().testFlag(Qt::ShiftModifier);
        if (press->button() == Qt::MiddleButton && isOurs) {
            pasteSelection();
            return true;
        }
        break;
    }
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop: {
        auto *drop = static_cast<QDropEvent *>(event);
        drop->setAccepted(drop->mimeData()->hasText());
        if (event->type() == QEvent::Drop && drop->isAccepted()) {
            paste(drop->mimeData()->text());
        }
        return true;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
