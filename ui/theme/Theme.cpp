#include "ui/theme/Theme.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

// WCAG 2.2, "relative luminance".
double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor &first, const QColor &second, float share)
{
    const auto mix = [share](float a, float b) { return a * (1 - share) + b * share; };
    return QColor::fromRgbF(mix(first.redF(), second.redF()), mix(first.greenF(), second.greenF()),
                            mix(first.blueF(), second.blueF()));
}

} // namespace

bool Theme::isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::WindowText))
        > luminance(palette.color(QPalette::Window));
}

QColor Theme::color(Meaning meaning, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (meaning) {
    case Meaning::Danger:
        return dark ? QColor(0xff, 0x95, 0x8c) : QColor(0xb3, 0x1b, 0x1b);
    case Meaning::Warning:
        return dark ? QColor(0xf0, 0xbd, 0x52) : QColor(0x82, 0x52, 0x00);
    case Meaning::Ok:
        return dark ? QColor(0x7c, 0xd1, 0x92) : QColor(0x12, 0x67, 0x32);
    case Meaning::Subtle:
        break;
    }
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.32F);
}

QColor Theme::ground(Meaning meaning, const QPalette &palette)
{
    const float share = meaning == Meaning::Subtle ? 0.05F : 0.12F;
    return mixed(palette.color(QPalette::Window), color(meaning, palette), share);
}

QColor Theme::chosenGround(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Button), palette.color(QPalette::Highlight), 0.4F);
}

QColor Theme::placeholder(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.35F);
}

double Theme::contrast(const QColor &first, const QColor &second)
{
    const auto [darker, lighter] = std::minmax({luminance(first), luminance(second)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace ui
