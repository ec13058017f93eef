// Theme: the few colors that mean something, for the palette that the desktop gives us.
//
// Everything else comes from the palette itself. Widgets ask at the time of painting, or again in
// changeEvent(PaletteChange), so that a switch between light and dark is followed at once.

#pragma once

#include <QColor>
#include <QPalette>

namespace ui {

class Theme
{
public:
    enum class Meaning { Danger, Warning, Ok, Subtle };

    // Is text of this palette lighter than what it stands on?
    static bool isDark(const QPalette &palette);

    // For text, icons and lines on the palette's Window and Base: a contrast of at least 4.5 to 1
    // with the grounds of Qt's own palettes (WCAG 2.2, criterion 1.4.3).
    static QColor color(Meaning meaning, const QPalette &palette);

    // A ground for panels with that meaning: the palette's Window with a hint of the color. The
    // palette's WindowText is readable on it.
    static QColor ground(Meaning meaning, const QPalette &palette);

    // A ground for the chosen one of several buttons: the palette's Button with a good share of its
    // Highlight, because many styles let a pressed button in a dark window look like any other.
    static QColor chosenGround(const QPalette &palette);

    // For hints in empty fields: readable on the palette's Base, yet fainter than its Text.
    static QColor placeholder(const QPalette &palette);

    // Contrast ratio as WCAG 2.2 defines it: 1 to 21.
    static double contrast(const QColor &first, const QColor &second);
};

} // namespace ui
