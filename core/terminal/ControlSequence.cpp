#include "terminal/ControlSequence.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace terminal {

using namespace std::string_view_literals;

int ControlSequence::valueOr(int index, int otherwise) const
{
    const int found = value(index);
    return found == omitted ? otherwise : found;
}

void appendSequence(QByteArray &out, char prefix, std::span<const int> values, char intermediate,
                    char final)
{
    constexpr std::size_t maxDigits = 11; // of an int, with its sign
    constexpr std::size_t introducerAndRest = 5; // ESC [ and one of each char
    std::array<char, introducerAndRest + ControlSequence::maxParameters *(maxDigits + 1)> text;
    char *at = std::ranges::copy("\033["sv, text.data()).out;
    if (prefix != 0) {
        *at++ = prefix;
    }
    bool isFirst = true;
    for (const int value : values) {
        if (!isFirst) {
            *at++ = ';';
        }
        isFirst = false;
        if (value != ControlSequence::omitted) {
            at = std::to_chars(at, at + maxDigits, value).ptr;
        }
    }
    if (intermediate != 0) {
        *at++ = intermediate;
    }
    *at++ = final;
    out.append(text.data(), at - text.data());
}

} // namespace terminal
