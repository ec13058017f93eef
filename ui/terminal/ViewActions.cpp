#include "ui/terminal/ViewActions.h"

#include "ui/keyboard/KeyBindings.h"
#include "ui/terminal/TerminalView.h"

namespace ui {

QList<ViewAction> viewActions()
{
    const auto both = Qt::ControlModifier | Qt::ShiftModifier;
    return {
        {"copy", TerminalView::tr("&Copy"), {both | Qt::Key_C}, &TerminalView::copy},
        {"paste",
         TerminalView::tr("&Paste"),
         {both | Qt::Key_V, Qt::ShiftModifier | Qt::Key_Insert},
         &TerminalView::paste},
        {"find", TerminalView::tr("&Find…"), {both | Qt::Key_F}, &TerminalView::find},
        {"previousPrompt",
         TerminalView::tr("Pre&vious prompt"),
         {both | Qt::Key_PageUp},
         &TerminalView::goToPreviousPrompt},
        {"nextPrompt",
         TerminalView::tr("&Next prompt"),
         {both | Qt::Key_PageDown},
         &TerminalView::goToNextPrompt},
        {"clear", TerminalView::tr("C&lear scrollback"), {}, &TerminalView::clearScrollback},
        {"save", TerminalView::tr("&Save output…"), {}, &TerminalView::saveOutput},
        // With and without Shift on the key itself: where "+" is a key of its own, and where it is
        // not.
        {"larger",
         TerminalView::tr("&Larger text"),
         {both | Qt::Key_Plus, both | Qt::Key_Equal},
         &TerminalView::zoomIn},
        {"smaller",
         TerminalView::tr("S&maller text"),
         {both | Qt::Key_Minus, both | Qt::Key_Underscore},
         &TerminalView::zoomOut},
        {"usualSize",
         TerminalView::tr("&Usual size of text"),
         {both | Qt::Key_0, both | Qt::Key_ParenRight},
         &TerminalView::resetZoom},
    };
}

void declareTerminalKeys()
{
    for (const ViewAction &action : viewActions()) {
        KeyBindings::shared().declare(KeyBindings::Scope::Terminal,
                                      QString::fromLatin1(action.name), action.title,
                                      action.usualKeys);
    }
}

} // namespace ui
