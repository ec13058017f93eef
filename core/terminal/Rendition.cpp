#include "terminal/Rendition.h"

namespace terminal {
namespace {

constexpr std::size_t widgetParameters = 15;
constexpr int maxAttribute = 107; // bright white background
constexpr int maxColor = 255;

constexpr int underline = 4;
constexpr int noUnderline = 24;
constexpr int foregroundColor = 38;
constexpr int backgroundColor = 48;
constexpr int underlineColor = 58;
constexpr int directColor = 2; // red, green, blue follow
constexpr int indexedColor = 5; // an index follows

// Reads the parameters from left to right and writes them in groups that stay together.
class RenditionWriter
{
public:
    RenditionWriter(const ControlSequence &sequence, QByteArray &out)
        : m_sequence(sequence)
        , m_out(out)
    {
    }

    void write();

private:
    void writeAttribute(int attribute, int subparameters);
    void writeColor(int plane, int subparameters);
    void add(std::span<const int> group);
    void flush();
    int countSubparameters() const;
    int next() { return m_sequence.valueOr(m_next++, 0); }

    const ControlSequence &m_sequence;
    QByteArray &m_out;
    int m_next = 0; // index of the first parameter that was not read
    std::array<int, widgetParameters> m_group{};
    std::size_t m_grouped = 0;
};

int RenditionWriter::countSubparameters() const
{
    int count = 0;
    while (m_sequence.isSubparameter(m_next + count)) {
        ++count;
    }
    return count;
}

void RenditionWriter::add(std::span<const int> group)
{
    if (m_grouped + group.size() > m_group.size()) {
        flush();
    }
    for (const int value : group) {
        m_group[m_grouped++] = value;
    }
}

void RenditionWriter::flush()
{
    if (m_grouped > 0) {
        appendSequence(m_out, 0, {m_group.data(), m_grouped}, 0, 'm');
        m_grouped = 0;
    }
}

void RenditionWriter::writeAttribute(int attribute, int subparameters)
{
    const bool isUnderlineStyle = attribute == underline && subparameters > 0;
    const bool turnsOff = isUnderlineStyle && m_sequence.value(m_next) == 0;
    m_next += subparameters;
    if (attribute <= maxAttribute) {
        const std::array group{turnsOff ? noUnderline : attribute};
        add(group);
    }
}

// `plane` is 38, 48 or 58. The values follow after ';' (as xterm began it) or after ':' (T.416),
// where a color space, mostly empty, may stand before red.
void RenditionWriter::writeColor(int plane, int subparameters)
{
    const int end = m_next + subparameters;
    const int kind = next();
    std::array<int, 5> group{plane, kind};
    std::size_t length = 2;
    if (kind == directColor) {
        constexpr int kindColorSpaceAndColor = 5;
        if (subparameters >= kindColorSpaceAndColor) {
            next();
        }
        group[length++] = next();
        group[length++] = next();
        group[length++] = next();
    } else if (kind == indexedColor) {
        group[length++] = next();
    }
    const bool isWhole = length > 2 && m_next <= (subparameters > 0 ? end : m_sequence.count());
    const bool isColor = group[2] <= maxColor && group[3] <= maxColor && group[4] <= maxColor;
    if (isWhole && isColor && plane != underlineColor) {
        add(std::span(group).first(length));
    }
    if (subparameters > 0) {
        m_next = end; // T.416 allows a tolerance to follow the color
    }
}

void RenditionWriter::write()
{
    while (m_next < m_sequence.count()) {
        const int attribute = next();
        const int subparameters = countSubparameters();
        if (attribute == foregroundColor || attribute == backgroundColor
            || attribute == underlineColor) {
            writeColor(attribute, subparameters);
        } else {
            writeAttribute(attribute, subparameters);
        }
    }
    flush();
}

} // namespace

void appendRendition(const ControlSequence &sequence, QByteArray &out)
{
    if (sequence.count() == 0) {
        appendSequence(out, 0, {}, 0, 'm');
        return;
    }
    RenditionWriter(sequence, out).write();
}

} // namespace terminal
