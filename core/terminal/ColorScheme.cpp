#include "terminal/ColorScheme.h"

#include "base/DisplayText.h"

#include <QHash>

#include <algorithm>
#include <optional>

namespace terminal {
namespace {

constexpr qsizetype mostNameCharacters = 60;

using Values = QHash<QByteArray, QByteArray>; // "Color0/Color" to what stands there

Values valuesIn(QByteArrayView file)
{
    Values values;
    QByteArray group;
    for (const QByteArray &raw : file.toByteArray().split('\n')) {
        const QByteArray line = raw.trimmed();
        const qsizetype equals = line.indexOf('=');
        if (line.startsWith('[') && line.endsWith(']')) {
            group = line.sliced(1, line.size() - 2);
        } else if (equals > 0 && !line.startsWith('#')) {
            values.insert(group + '/' + line.first(equals).trimmed(),
                          line.sliced(equals + 1).trimmed());
        }
    }
    return values;
}

// "27,30,35", with an alpha perhaps, or "#1b1e23": KConfig reads both.
std::optional<ColorScheme::Color> parsedColor(const QByteArray &text)
{
    ColorScheme::Color color{};
    if (text.startsWith('#') && text.size() == 7) {
        for (std::size_t part = 0; part < color.size(); ++part) {
            bool isNumber = false;
            const uint value
                = text.sliced(1 + 2 * static_cast<qsizetype>(part), 2).toUInt(&isNumber, 16);
            if (!isNumber) {
                return std::nullopt;
            }
            color[part] = static_cast<quint8>(value);
        }
        return color;
    }
    const QList<QByteArray> parts = text.split(',');
    if (parts.size() != 3 && parts.size() != 4) {
        return std::nullopt;
    }
    for (std::size_t part = 0; part < color.size(); ++part) {
        bool isNumber = false;
        const uint value = parts[static_cast<qsizetype>(part)].trimmed().toUInt(&isNumber);
        if (!isNumber || value > 255) {
            return std::nullopt;
        }
        color[part] = static_cast<quint8>(value);
    }
    return color;
}

class Reader
{
public:
    explicit Reader(const Values &values)
        : m_values(values)
    {
    }

    std::optional<ColorScheme::Problem> problem() const { return m_problem; }

    ColorScheme::Color color(const QByteArray &group)
    {
        return read(group).value_or(ColorScheme::Color{});
    }

    ColorScheme::Color colorOr(const QByteArray &group, const ColorScheme::Color &otherwise)
    {
        return has(group) ? color(group) : otherwise;
    }

private:
    bool has(const QByteArray &group) const { return m_values.contains(group + "/Color"); }

    std::optional<ColorScheme::Color> read(const QByteArray &group)
    {
        if (!has(group)) {
            m_problem = ColorScheme::Problem::NotAScheme;
            return std::nullopt;
        }
        const auto found = parsedColor(m_values.value(group + "/Color"));
        if (!found && !m_problem) {
            m_problem = ColorScheme::Problem::BadColor;
        }
        return found;
    }

    const Values &m_values;
    std::optional<ColorScheme::Problem> m_problem;
};

void append(QByteArray &out, const QByteArray &group, const ColorScheme::Color &color)
{
    out += '[' + group + "]\nColor=" + QByteArray::number(color[0]) + ','
        + QByteArray::number(color[1]) + ',' + QByteArray::number(color[2]) + "\n\n";
}

QByteArray numbered(std::size_t index)
{
    return "Color" + QByteArray::number(static_cast<qulonglong>(index));
}

} // namespace

std::expected<ColorScheme, ColorScheme::Problem> ColorScheme::fromKonsole(QByteArrayView file)
{
    if (file.size() > mostBytes) {
        return std::unexpected(Problem::TooLarge);
    }
    const Values values = valuesIn(file);
    Reader reader(values);
    ColorScheme scheme;
    scheme.name = base::displayText(QString::fromUtf8(values.value("General/Description")))
                      .trimmed()
                      .left(mostNameCharacters);
    scheme.background = reader.color("Background");
    scheme.foreground = reader.color("Foreground");
    scheme.boldForeground = reader.colorOr("ForegroundIntense", scheme.foreground);
    for (std::size_t index = 0; index < colorCount; ++index) {
        scheme.colors[index] = reader.color(numbered(index));
        scheme.brightColors[index]
            = reader.colorOr(numbered(index) + "Intense", scheme.colors[index]);
    }
    if (const auto problem = reader.problem()) {
        return std::unexpected(*problem);
    }
    return scheme;
}

QByteArray ColorScheme::toKonsole() const
{
    QByteArray out = "[General]\nDescription=" + name.toUtf8() + "\nOpacity=1\n\n";
    append(out, "Background", background);
    append(out, "BackgroundIntense", background);
    append(out, "Foreground", foreground);
    append(out, "ForegroundIntense", boldForeground);
    for (std::size_t index = 0; index < colorCount; ++index) {
        append(out, numbered(index), colors[index]);
        append(out, numbered(index) + "Intense", brightColors[index]);
    }
    return out;
}

} // namespace terminal
