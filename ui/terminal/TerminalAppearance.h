// TerminalAppearance: how terminals look and what they do by themselves, as the settings say.

#pragma once

#include "profiles/TerminalChoice.h"
#include "terminal/ColorSchemes.h"
#include "ui/terminal/PasteRule.h"

#include <QFont>

namespace settings {
class Settings;
}

namespace ui {

struct TerminalAppearance
{
    enum class Colors { System, Light, Dark }; // System: light or dark as the window is
    enum class Cursor { Block, Underline, Bar }; // until the program in it asks for another one

    enum class Bell { None, Mark, Visual }; // Mark: on a tab behind; Visual: a flash as well

    enum class Ending { Keep, Close }; // the terminal, when its shell ends with status 0

    static constexpr int mostScrollbackLines = profiles::TerminalChoice::mostScrollback;
    static constexpr int smallestPoints = 5;
    static constexpr int largestPoints = 48;

    QFont font; // of fixed width
    Colors colors = Colors::System;
    QString schemeFile; // colors of the user's own instead; empty: none
    Cursor cursor = Cursor::Block;
    bool isCursorBlinking = false;
    int scrollbackLines = mostScrollbackLines;
    Bell bell = Bell::Mark;
    PasteRule pasteRule = PasteRule::WhenItRuns;
    Ending ending = Ending::Keep;
    QString recordingName; // see TerminalRecorder::setNameTemplate()

    // Before the id of a scheme in the settings.
    static constexpr QLatin1StringView schemePrefix{"scheme:"};

    // Those that the user has imported.
    static terminal::ColorSchemes schemes(const settings::Settings &settings);

    // What is stored but makes no sense counts as not set.
    static TerminalAppearance of(const settings::Settings &settings);

    // With what a session has chosen instead.
    static TerminalAppearance of(const settings::Settings &settings,
                                 const profiles::TerminalChoice &choice);

    friend bool operator==(const TerminalAppearance &, const TerminalAppearance &) = default;
};

} // namespace ui
