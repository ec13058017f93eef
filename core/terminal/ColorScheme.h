// ColorScheme: the colors of a terminal, read from a .colorscheme file of Konsole and written as
// one.
//
// The file may be anybody's: it is read with a limit, only colors and the name are taken from it
// (no wallpaper, no transparency), and what is written is made from these alone.

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <array>
#include <expected>

namespace terminal {

struct ColorScheme
{
    using Color = std::array<quint8, 3>; // red, green, blue

    enum class Problem {
        TooLarge,
        NotAScheme, // a color that each scheme has is missing
        BadColor, // what stands there is no color
    };

    static constexpr qsizetype mostBytes = qsizetype{64} * 1024;
    static constexpr std::size_t colorCount = 8; // black, red, green, yellow, blue, magenta, ...

    QString name; // as the file describes itself: one plain line, perhaps empty
    Color background{};
    Color foreground{};
    Color boldForeground{};
    std::array<Color, colorCount> colors{};
    std::array<Color, colorCount> brightColors{};

    static std::expected<ColorScheme, Problem> fromKonsole(QByteArrayView file);
    QByteArray toKonsole() const;

    friend bool operator==(const ColorScheme &, const ColorScheme &) = default;
};

} // namespace terminal
