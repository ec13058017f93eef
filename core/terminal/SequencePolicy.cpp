#include "terminal/SequencePolicy.h"

#include "terminal/Rendition.h"

#include <algorithm>
#include <string_view>

namespace terminal {
namespace {

using namespace std::string_view_literals;

// REP draws its character that many times; one line of a large screen is enough.
constexpr int maxRepeat = 500;

constexpr int columnMode = 3; // DECCOLM: 132 columns
constexpr int columnSwitchMode = 40;
constexpr int bracketedPasteMode = 2004;
constexpr int firstMouseMode = 1000;
constexpr int lastMouseMode = 1003;
constexpr std::array alternateScreenModes{47, 1047, 1049};

// ANSI modes (CSI h, CSI l): insert, and new line.
constexpr std::array ansiModes{4, 20};

// Private modes (CSI ? h, CSI ? l). Missing on purpose: 2, which turns the widget into a VT52 that
// reads the stream by other rules; 3 and 40, which make it 132 columns wide: see
// appendColumnChange().
constexpr std::array privateModes{
    1, // cursor keys send ESC O
    4, // smooth scrolling
    5, // reverse screen
    6, // origin
    7, // wrap at the right edge
    8, // auto-repeat
    12, // blinking cursor
    25, // cursor shown
    47, // alternate screen
    1000, // mouse clicks,
    1001, // highlighting,
    1002, // dragging,
    1003, // all movements
    1004, // focus events
    1005, // coordinates in UTF-8,
    1006, // in decimal,
    1015, // in decimal as urxvt does
    1034, // eight-bit input
    1047, // alternate screen,
    1048, // saved cursor,
    1049, // both
    2004, // bracketed paste
};

bool isOneOf(std::string_view finals, char final)
{
    return finals.contains(final);
}

void appendValues(const ControlSequence &sequence, int most, int limit, QByteArray &out)
{
    std::array<int, ControlSequence::maxParameters> values;
    const int count = std::min(sequence.count(), most);
    for (int i = 0; i < count; ++i) {
        values[static_cast<std::size_t>(i)] = std::min(sequence.value(i), limit);
    }
    appendSequence(out, sequence.prefix, std::span(values).first(static_cast<std::size_t>(count)),
                   sequence.intermediate, sequence.final);
}

void noteMode(int mode, bool isOn, TerminalModes &modes)
{
    if (mode == bracketedPasteMode) {
        modes.bracketedPaste = isOn;
    } else if (mode == columnSwitchMode) {
        modes.columnSwitch = isOn;
    } else if (mode >= firstMouseMode && mode <= lastMouseMode) {
        modes.mouseTracking = isOn;
    } else if (std::ranges::contains(alternateScreenModes, mode)) {
        modes.alternateScreen = isOn;
    }
}

// The window keeps its width. All else that a program expects of DECCOLM (VT510 manual) is done:
// margins away, screen cleared, cursor home.
void appendColumnChange(QByteArray &out)
{
    out += "\033[r\033[2J\033[H";
}

template<std::size_t Size>
void appendModes(const ControlSequence &sequence, const std::array<int, Size> &permitted,
                 QByteArray &out)
{
    for (int i = 0; i < sequence.count(); ++i) {
        const int mode = sequence.value(i);
        if (std::ranges::contains(permitted, mode)) {
            appendSequence(out, sequence.prefix, std::span(&mode, 1), 0, sequence.final);
        }
    }
}

void appendPrivateModes(const ControlSequence &sequence, TerminalModes &modes, QByteArray &out)
{
    appendModes(sequence, privateModes, out);
    for (int i = 0; i < sequence.count(); ++i) {
        noteMode(sequence.value(i), sequence.final == 'h', modes);
        if (sequence.value(i) == columnMode && modes.columnSwitch) {
            appendColumnChange(out);
        }
    }
}

// Queries to which the widget answers with fixed text or the cursor's position. Not among them:
// DECID, DECREQTPARM, DECRQM, all window reports and the private forms of DSR.
bool isPermittedQuery(const ControlSequence &sequence)
{
    const int which = sequence.valueOr(0, 0);
    if (sequence.count() > 1) {
        return false;
    }
    return sequence.final == 'c' ? which == 0 : which == 5 || which == 6;
}

void appendPlain(const ControlSequence &sequence, QByteArray &out)
{
    const char final = sequence.final;
    if (final == 'm') {
        appendRendition(sequence, out);
        return;
    }
    const bool takesOne = isOneOf("@ABCDEFGIJKLMPSXZdg"sv, final)
        || (final == 'T' && sequence.count() <= 1) // with more it starts highlight tracking
        || (isOneOf("cn"sv, final) && isPermittedQuery(sequence));
    if (takesOne) {
        appendValues(sequence, 1, ControlSequence::maxValue, out);
    } else if (isOneOf("Hfr"sv, final)) {
        appendValues(sequence, 2, ControlSequence::maxValue, out);
    } else if (final == 'b') {
        appendValues(sequence, 1, maxRepeat, out);
    } else if (final == 'h' || final == 'l') {
        appendModes(sequence, ansiModes, out);
    } else if (isOneOf("su"sv, final) && sequence.count() == 0) { // with values: margins, keyboard
        appendValues(sequence, 0, 0, out);
    }
}

} // namespace

void appendPermitted(const ControlSequence &sequence, TerminalModes &modes, QByteArray &out)
{
    const char final = sequence.final;
    if (sequence.prefix == 0 && sequence.intermediate == 0) {
        appendPlain(sequence, out);
        return;
    }
    if (sequence.prefix == '?' && sequence.intermediate == 0 && (final == 'h' || final == 'l')) {
        appendPrivateModes(sequence, modes, out);
        return;
    }
    if (sequence.prefix == '>' && sequence.intermediate == 0 && final == 'c'
        && isPermittedQuery(sequence)) {
        appendValues(sequence, 1, 0, out); // DA2
        return;
    }
    if (sequence.prefix == 0 && sequence.intermediate == '!' && final == 'p') {
        appendValues(sequence, 0, 0, out); // DECSTR
        return;
    }
    constexpr int lastCursorShape = 6;
    if (sequence.prefix == 0 && sequence.intermediate == ' ' && final == 'q'
        && sequence.valueOr(0, 0) <= lastCursorShape) {
        const int shape = sequence.valueOr(0, 0); // DECSCUSR: the widget wants exactly one digit
        appendSequence(out, 0, std::span(&shape, 1), ' ', final);
    }
}

bool isPermittedEscape(char intermediate, char final)
{
    switch (intermediate) {
    case 0: // IND NEL HTS RI, DECSC DECRC, keypad modes, LS2 LS3, RIS
        return isOneOf("DEHM78=>noc"sv, final);
    case '#': // double height and width, DECALN
        return isOneOf("34568"sv, final);
    case '(':
    case ')':
    case '*':
    case '+': // designate character sets: line drawing, British, US
        return isOneOf("0AB"sv, final);
    default:
        return false;
    }
}

} // namespace terminal
