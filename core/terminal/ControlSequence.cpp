#include "terminal/ControlSequence.h"

#include <algorithm>
#include <charconv>

namespace terminal {

bool ControlSequence::addParameterByte(char byte)
{
    const bool isDigit = byte >= '0' && byte <= '9';
    if (m_count == 0) {
        m_values[0] = omitted;
        m_count = 1;
    }
    if (isDigit) {
        int &last = m_values[at(m_count - 1)];
        last = std::min(std::max(last, 0) * 10 + (byte - '0'), maxValue);
        return true;
    }
    if (m_count == maxParameters) {
        return false;
    }
    m_values[at(m_count)] = omitted;
    m_isSub[at(m_count)] = byte == ':';
    ++m_count;
    return true;
}

int ControlSequence::valueOr(int index, int otherwise) const
{
    const int found = value(index);
    return found == omitted ? otherwise : found;
}

void appendSequence(QByteArray &out, char prefix, std::span<const int> values, char intermediate,
                    char final)
{
    out += "\033[";
    if (prefix != 0) {
        out += prefix;
    }
    bool isFirst = true;
    for (const int value : values) {
        if (!isFirst) {
            out += ';';
        }
        isFirst = false;
        if (value != ControlSequence::omitted) {
            std::array<char, 12> digits;
            const auto [end, error]
                = std::to_chars(digits.data(), digits.data() + digits.size(), value);
            out.append(digits.data(), end - digits.data());
        }
    }
    if (intermediate != 0) {
        out += intermediate;
    }
    out += final;
}

} // namespace terminal
