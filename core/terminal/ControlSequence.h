// ControlSequence: one CSI sequence taken apart, such as "CSI ? 25 h" (ECMA-48, section 5.4).
// TerminalFilter collects it and SequencePolicy decides what of it may pass.

#pragma once

#include <QByteArray>

#include <algorithm>
#include <array>
#include <span>

namespace terminal {

class ControlSequence
{
public:
    // Nobody sends as many: the widest seen is an SGR that sets two true colors and some
    // attributes.
    static constexpr int maxParameters = 32;

    // Greater values are cut down to this as they are read.
    static constexpr int maxValue = 9999;

    static constexpr int omitted = -1;

    char prefix = 0; // one of < = > ? or 0
    char intermediate = 0; // 0x20 to 0x2F or 0
    char final = 0; // 0x40 to 0x7E

    // Makes it as new. The values need no wiping: none at or behind count() is looked at.
    void clear()
    {
        prefix = intermediate = final = 0;
        m_count = 0;
    }

    // Takes one byte of the parameter part: a digit, ';' or ':'. False if there is no room for it.
    [[nodiscard]] bool addParameterByte(char byte);

    int count() const { return m_count; }

    // `omitted` if nothing stood there, or there are not as many.
    int value(int index) const { return index < m_count ? m_values[at(index)] : omitted; }

    // The value at `index`, or `otherwise` if it was omitted.
    int valueOr(int index, int otherwise) const;

    // True if this value was set off by ':', hence belongs to the one before it (ITU-T T.416).
    bool isSubparameter(int index) const { return index < m_count && m_isSub[at(index)]; }

private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    std::array<int, maxParameters> m_values{};
    std::array<bool, maxParameters> m_isSub{};
    int m_count = 0;
};

// Is called for each byte of colored text.
inline bool ControlSequence::addParameterByte(char byte)
{
    if (m_count == 0) {
        m_values[0] = omitted;
        m_count = 1;
    }
    if (byte >= '0' && byte <= '9') {
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

// Appends "CSI prefix values intermediate final", at most maxParameters values. Omitted ones are
// left out, their ';' are not.
void appendSequence(QByteArray &out, char prefix, std::span<const int> values, char intermediate,
                    char final);

} // namespace terminal
