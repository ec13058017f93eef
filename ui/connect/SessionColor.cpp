#include "ui/connect/SessionColor.h"

#include "base/DisplayText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ui {
namespace {

constexpr double readable = 4.5;
constexpr int lightnessStep = 6; // of 255
constexpr int saturation = 190;
constexpr int middle = 128;

struct NamedColor
{
    const char *name;
    const char *text;
    int hue; // -1: gray
};

constexpr std::array colors{
    NamedColor{"red", QT_TRANSLATE_NOOP("ui::SessionColor", "Red"), 0},
    NamedColor{"orange", QT_TRANSLATE_NOOP("ui::SessionColor", "Orange"), 28},
    NamedColor{"yellow", QT_TRANSLATE_NOOP("ui::SessionColor", "Yellow"), 52},
    NamedColor{"green", QT_TRANSLATE_NOOP("ui::SessionColor", "Green"), 120},
    NamedColor{"cyan", QT_TRANSLATE_NOOP("ui::SessionColor", "Cyan"), 185},
    NamedColor{"blue", QT_TRANSLATE_NOOP("ui::SessionColor", "Blue"), 215},
    NamedColor{"magenta", QT_TRANSLATE_NOOP("ui::SessionColor", "Magenta"), 300},
    NamedColor{"gray", QT_TRANSLATE_NOOP("ui::SessionColor", "Gray"), -1},
};

const NamedColor *find(const QString &name)
{
    const auto found = std::ranges::find_if(
        colors, [&](const NamedColor &color) { return name == QLatin1StringView(color.name); });
    return found == colors.end() ? nullptr : &*found;
}

bool isReadable(const QColor &color, const QPalette &palette)
{
    return Theme::contrast(color, palette.color(QPalette::Base)) >= readable
        && Theme::contrast(color, palette.color(QPalette::Window)) >= readable;
}

} // namespace

const QStringList &sessionColors()
{
    static const QStringList names = [] {
        QStringList list;
        for (const NamedColor &color : colors) {
            list.append(QString::fromLatin1(color.name));
        }
        return list;
    }();
    return names;
}

QString sessionColorText(const QString &name)
{
    const NamedColor *color = find(name);
    return color == nullptr ? base::displayText(name)
                            : QCoreApplication::translate("ui::SessionColor", color->text);
}

// From the middle towards the end that stands out from the ground.
QColor sessionColor(const QString &name, const QPalette &palette)
{
    const NamedColor *color = find(name);
    if (color == nullptr) {
        return {};
    }
    const int step = Theme::isDark(palette) ? lightnessStep : -lightnessStep;
    QColor result;
    for (int lightness = middle; lightness > 0 && lightness < 255; lightness += step) {
        result
            = QColor::fromHsl(std::max(color->hue, 0), color->hue < 0 ? 0 : saturation, lightness);
        if (isReadable(result, palette)) {
            break;
        }
    }
    return result;
}

void addSessionColors(QComboBox &box)
{
    for (const QString &name : sessionColors()) {
        box.addItem(Icons::icon(QStringLiteral("server"), sessionColor(name, box.palette())),
                    sessionColorText(name), name);
    }
}

} // namespace ui
