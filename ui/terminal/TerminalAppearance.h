// TerminalAppearance: how terminals look, as the settings say.

#pragma once

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

    static constexpr int mostScrollbackLines = 10'000;
    static constexpr int smallestPoints = 5;
    static constexpr int largestPoints = 48;

    QFont font; // of fixed width
    Colors colors = Colors::System;
    Cursor cursor = Cursor::Block;
    bool isCursorBlinking = false;
    int scrollbackLines = mostScrollbackLines;
    Bell bell = Bell::Mark;

    // What is stored but makes no sense counts as not set.
    static TerminalAppearance of(const settings::Settings &settings);

    friend bool operator==(const TerminalAppearance &, const TerminalAppearance &) = default;
};

} // namespace ui
