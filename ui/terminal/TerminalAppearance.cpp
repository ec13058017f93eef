#include "ui/terminal/TerminalAppearance.h"

#include "settings/Settings.h"

#include <QFontDatabase>

#include <algorithm>

namespace ui {
namespace {

namespace keys = settings::keys;

// A proportional font would tear the columns apart: then the system's font of fixed width serves.
QFont terminalFont(const settings::Settings &settings, const profiles::TerminalChoice &choice)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QString family = choice.fontFamily.isEmpty() ? settings.value(keys::terminalFontFamily)
                                                       : choice.fontFamily;
    if (!family.isEmpty() && QFontDatabase::isFixedPitch(family)) {
        font.setFamily(family);
    }
    const int points
        = choice.fontPoints > 0 ? choice.fontPoints : settings.value(keys::terminalFontPoints);
    if (points > 0) {
        font.setPointSize(std::clamp(points, TerminalAppearance::smallestPoints,
                                     TerminalAppearance::largestPoints));
    }
    return font;
}

TerminalAppearance::Colors colorsNamed(const QString &name)
{
    if (name == QLatin1StringView("light")) {
        return TerminalAppearance::Colors::Light;
    }
    return name == QLatin1StringView("dark") ? TerminalAppearance::Colors::Dark
                                             : TerminalAppearance::Colors::System;
}

TerminalAppearance::Cursor cursorNamed(const QString &name)
{
    if (name == QLatin1StringView("underline")) {
        return TerminalAppearance::Cursor::Underline;
    }
    return name == QLatin1StringView("bar") ? TerminalAppearance::Cursor::Bar
                                            : TerminalAppearance::Cursor::Block;
}

TerminalAppearance::Bell bellNamed(const QString &name)
{
    if (name == QLatin1StringView("none")) {
        return TerminalAppearance::Bell::None;
    }
    return name == QLatin1StringView("visual") ? TerminalAppearance::Bell::Visual
                                               : TerminalAppearance::Bell::Mark;
}

PasteRule pasteRuleNamed(const QString &name)
{
    if (name == QLatin1StringView("never")) {
        return PasteRule::Never;
    }
    return name == QLatin1StringView("always") ? PasteRule::Always : PasteRule::WhenItRuns;
}

} // namespace

terminal::ColorSchemes TerminalAppearance::schemes(const settings::Settings &settings)
{
    return terminal::ColorSchemes(settings.directory() + QStringLiteral("/colorschemes"));
}

TerminalAppearance TerminalAppearance::of(const settings::Settings &settings)
{
    return of(settings, {});
}

TerminalAppearance TerminalAppearance::of(const settings::Settings &settings,
                                          const profiles::TerminalChoice &choice)
{
    TerminalAppearance appearance;
    appearance.font = terminalFont(settings, choice);
    const QString colors
        = choice.colors.isEmpty() ? settings.value(keys::terminalColors) : choice.colors;
    appearance.colors = colorsNamed(colors);
    if (colors.startsWith(schemePrefix)) {
        appearance.schemeFile = schemes(settings).pathOf(colors.sliced(schemePrefix.size()));
    }
    appearance.cursor = cursorNamed(choice.cursor.isEmpty() ? settings.value(keys::terminalCursor)
                                                            : choice.cursor);
    appearance.isCursorBlinking = settings.value(keys::terminalCursorBlinks);
    appearance.scrollbackLines
        = std::clamp(choice.scrollback.value_or(settings.value(keys::terminalScrollback)), 0,
                     mostScrollbackLines);
    appearance.bell
        = bellNamed(choice.bell.isEmpty() ? settings.value(keys::terminalBell) : choice.bell);
    appearance.pasteRule = pasteRuleNamed(settings.value(keys::terminalPaste));
    appearance.ending = settings.value(keys::terminalCloses) ? Ending::Close : Ending::Keep;
    appearance.recordingName = settings.value(keys::recordingName);
    return appearance;
}

} // namespace ui
