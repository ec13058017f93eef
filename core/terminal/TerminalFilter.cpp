#include "terminal/TerminalFilter.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <array>
#include <utility>

namespace terminal {
namespace {

constexpr char bell = '\a';
constexpr char cancel = '\x18';
constexpr char substitute = '\x1a';
constexpr char escape = '\x1b';
constexpr char del = '\x7f';
constexpr char latinLead = '\xc2'; // first byte of U+0080 to U+00BF in UTF-8

constexpr qsizetype maxStringBytes = 4096;
constexpr qsizetype maxTitleLength = 80;
constexpr qsizetype maxCommandLength = 400;
constexpr qsizetype maxCommandEvents = 256; // until somebody takes them
constexpr qsizetype maxExitDigits = 10;

// What a program may put into the clipboard is longer: OSC 52 in base64.
constexpr qsizetype maxClipboardBytes = qsizetype{128} * 1024;
constexpr QByteArrayView clipboardCommand = "52;";

constexpr QByteArrayView cursorQuery = "\033[6n"; // DSR: answered with CPR

constexpr bool isControl(char byte)
{
    return byte >= 0 && byte < ' ';
}

constexpr bool isText(char byte)
{
    return byte < 0;
}

constexpr bool isBetween(char byte, char first, char last)
{
    return byte >= first && byte <= last;
}

// BEL BS HT LF VT FF CR SO SI. The others do nothing, print a replacement, or (ENQ) make the widget
// answer.
constexpr bool isPermittedControl(char byte)
{
    return isBetween(byte, '\a', '\x0f');
}

// For each byte value: does it pass in the ground state without a look at what surrounds it?
constexpr std::array<bool, 256> passesInGround = [] {
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const char byte = static_cast<char>(i);
        table[i] = (!isControl(byte) || isPermittedControl(byte)) && byte != latinLead;
    }
    return table;
}();

void appendControl(char byte, QByteArray &out)
{
    if (isPermittedControl(byte)) {
        out += byte;
    }
}

// Titles and commands end up in labels, lists and tab names. Dropped: controls, and format
// characters, among them all that change the reading direction. Lines become one.
QByteArray cleanText(QByteArrayView text, qsizetype maxLength)
{
    QString title;
    qsizetype length = 0;
    for (const uint codePoint : QString::fromUtf8(text).toUcs4()) {
        const QChar::Category category = QChar::category(codePoint);
        const bool isPlain = category != QChar::Other_Control && category != QChar::Other_Format
            && category != QChar::Separator_Line && category != QChar::Separator_Paragraph;
        if ((isPlain || codePoint == u'\n') && length < maxLength) {
            title += codePoint == u'\n' ? QChar::fromUcs4(u' ') : QChar::fromUcs4(codePoint);
            ++length;
        }
    }
    return title.trimmed().toUtf8();
}

// The text of "c;BASE64" (xterm's "Manipulate Selection Data") as UTF-8; empty if it is something
// else, above all "?", with which a program asks for the clipboard. Control characters would let
// the text press keys where it is pasted.
QByteArray clipboardText(QByteArrayView data)
{
    const qsizetype semicolon = data.indexOf(';');
    if (semicolon < 0) {
        return {};
    }
    const auto decoded = QByteArray::fromBase64Encoding(data.sliced(semicolon + 1).toByteArray(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || !decoded.decoded.isValidUtf8()) {
        return {};
    }
    QString text = QString::fromUtf8(decoded.decoded);
    text.removeIf([](QChar character) {
        return character.category() == QChar::Other_Control && character != u'\n'
            && character != u'\t';
    });
    return text.toUtf8();
}

// The command that "C;cmdline_url=TEXT" tells, percent-decoded (as kitty and fish have it); empty
// if it does not.
QByteArray commandText(QByteArrayView mark)
{
    constexpr QByteArrayView option = ";cmdline_url=";
    const qsizetype place = mark.indexOf(option);
    if (place < 0) {
        return {};
    }
    QByteArray text = mark.sliced(place + option.size()).toByteArray();
    text.truncate(text.indexOf(';') < 0 ? text.size() : text.indexOf(';'));
    return cleanText(QByteArray::fromPercentEncoding(text), maxCommandLength);
}

// The path of "file://host/path", percent-decoded (RFC 8089); empty if it is something else.
QByteArray pathOfFileUrl(QByteArrayView url)
{
    constexpr QByteArrayView scheme = "file://";
    const qsizetype slash = url.indexOf('/', scheme.size());
    if (!url.startsWith(scheme) || slash < 0) {
        return {};
    }
    const QByteArray path = QByteArray::fromPercentEncoding(url.sliced(slash).toByteArray());
    return path.contains('\0') ? QByteArray() : path;
}

} // namespace

// Text, and the parameters of CSI, are most of what comes: they need not go through step().
QByteArray TerminalFilter::filter(QByteArrayView in)
{
    QByteArray out;
    out.reserve(in.size());
    const char *at = in.begin();
    while (at != in.end()) {
        if (m_state == State::Ground) {
            const char *stop = std::find_if_not(at, in.end(), [](char byte) {
                return passesInGround[static_cast<unsigned char>(byte)];
            });
            out.append(at, stop - at);
            at = stop;
        } else if (m_state == State::CsiParameter) {
            at = std::find_if_not(at, in.end(), [this](char byte) {
                return isBetween(byte, '0', ';') && m_sequence.addParameterByte(byte);
            });
        }
        if (at != in.end()) {
            step(*at++, out);
        }
    }
    return out;
}

QList<TerminalEvent> TerminalFilter::takeEvents()
{
    m_commandEvents = 0;
    return std::exchange(m_events, {});
}

QList<CursorQuery> TerminalFilter::takeCursorQueries()
{
    return std::exchange(m_cursorQueries, {});
}

void TerminalFilter::step(char byte, QByteArray &out)
{
    if (m_state == State::LeadByte) {
        stepLeadByte(byte, out);
        return;
    }
    if (stepAnywhere(byte, out)) {
        return;
    }
    switch (m_state) {
    case State::Ground:
        if (byte == latinLead) {
            m_state = State::LeadByte;
        } else if (passesInGround[static_cast<unsigned char>(byte)]) {
            out += byte;
        }
        break;
    case State::Escape:
        stepEscape(byte, out);
        break;
    case State::EscapeIntermediate:
    case State::EscapeIgnore:
        stepEscapeIntermediate(byte, out);
        break;
    case State::CsiParameter:
    case State::CsiIntermediate:
    case State::CsiIgnore:
        stepCsi(byte, out);
        break;
    case State::OscString:
        stepOscString(byte, out);
        break;
    case State::LeadByte:
    case State::IgnoredString:
        break;
    }
}

// The lead byte is held back until its partner is here. Were it sent at once, dropped bytes could
// follow, and then the partner that makes U+009B of it.
void TerminalFilter::stepLeadByte(char byte, QByteArray &out)
{
    m_state = State::Ground;
    if (isBetween(byte, '\x80', '\x9f')) {
        return;
    }
    if (isBetween(byte, '\xa0', '\xbf')) {
        out += latinLead;
        out += byte;
        return;
    }
    out += "\xef\xbf\xbd"; // U+FFFD, as for any other broken UTF-8
    step(byte, out);
}

// The transitions that are the same in all states. Returns true if the byte is done with.
bool TerminalFilter::stepAnywhere(char byte, QByteArray &out)
{
    if (byte == escape) {
        if (m_state == State::OscString) {
            dispatchOsc(out); // the first byte of ST
        }
        m_state = State::Escape;
        return true;
    }
    if (byte == cancel || byte == substitute) {
        m_state = State::Ground;
        return true;
    }
    const bool isInSequence = m_state != State::Ground && m_state != State::OscString
        && m_state != State::IgnoredString;
    if (!isInSequence) {
        return false;
    }
    if (isControl(byte)) {
        appendControl(byte, out); // carried out at once, in the middle of the sequence
        return true;
    }
    if (isText(byte)) {
        m_state = State::Ground; // no sequence holds such a byte: it is text again
        return false;
    }
    return byte == del;
}

void TerminalFilter::stepEscape(char byte, QByteArray &out)
{
    if (isBetween(byte, ' ', '/')) {
        m_escapeIntermediate = byte;
        m_state = State::EscapeIntermediate;
        return;
    }
    switch (byte) {
    case '[':
        m_sequence.clear();
        m_state = State::CsiParameter;
        return;
    case ']':
        m_string.clear();
        m_state = State::OscString;
        return;
    case 'P': // DCS
    case 'X': // SOS
    case '^': // PM
    case '_': // APC
        m_state = State::IgnoredString;
        return;
    default:
        m_escapeIntermediate = 0;
        m_state = State::EscapeIntermediate;
        stepEscapeIntermediate(byte, out);
    }
}

void TerminalFilter::stepEscapeIntermediate(char byte, QByteArray &out)
{
    if (isBetween(byte, ' ', '/')) {
        m_state = State::EscapeIgnore; // two intermediates: not one of ours
        return;
    }
    if (m_state == State::EscapeIntermediate && isPermittedEscape(m_escapeIntermediate, byte)) {
        out += escape;
        if (m_escapeIntermediate != 0) {
            out += m_escapeIntermediate;
        }
        out += byte;
        if (m_escapeIntermediate == 0 && byte == 'c') {
            m_modes = {}; // RIS
        }
    }
    m_state = State::Ground;
}

void TerminalFilter::stepCsi(char byte, QByteArray &out)
{
    if (isBetween(byte, '@', '~')) {
        dispatchCsi(byte, out);
        return;
    }
    if (m_state == State::CsiIgnore) {
        return;
    }
    if (isBetween(byte, ' ', '/')) {
        const bool isFirst = m_state == State::CsiParameter;
        m_sequence.intermediate = byte;
        m_state = isFirst ? State::CsiIntermediate : State::CsiIgnore;
        return;
    }
    if (m_state == State::CsiIntermediate) {
        m_state = State::CsiIgnore; // a parameter after an intermediate
        return;
    }
    if (isBetween(byte, '<', '?')) {
        const bool isFirst = m_sequence.prefix == 0 && m_sequence.count() == 0;
        m_sequence.prefix = byte;
        m_state = isFirst ? State::CsiParameter : State::CsiIgnore;
        return;
    }
    if (!m_sequence.addParameterByte(byte)) { // again, for the one that did not fit
        m_state = State::CsiIgnore;
    }
}

void TerminalFilter::dispatchCsi(char final, QByteArray &out)
{
    if (m_state != State::CsiIgnore) {
        m_sequence.final = final;
        const qsizetype before = out.size();
        appendPermitted(m_sequence, m_modes, out);
        if (final == cursorQuery.back() && QByteArrayView(out).sliced(before) == cursorQuery) {
            m_cursorQueries.append(CursorQuery::Program);
        }
    }
    m_state = State::Ground;
}

void TerminalFilter::stepOscString(char byte, QByteArray &out)
{
    if (byte == bell) { // xterm's terminator, as common as ST
        dispatchOsc(out);
        m_state = State::Ground;
    } else if (isControl(byte)) {
        return;
    } else if (m_string.size()
               == (m_string.startsWith(clipboardCommand) ? maxClipboardBytes : maxStringBytes)) {
        m_string.clear();
        m_state = State::IgnoredString;
    } else {
        m_string += byte;
    }
}

void TerminalFilter::dispatchOsc(QByteArray &out)
{
    const qsizetype semicolon = m_string.indexOf(';');
    if (semicolon >= 0) {
        const QByteArrayView command = QByteArrayView(m_string).first(semicolon);
        const QByteArrayView text = QByteArrayView(m_string).sliced(semicolon + 1);
        if (command == "0" || command == "2") {
            report({TerminalEvent::Kind::TitleChanged, cleanText(text, maxTitleLength)});
        } else if (command == "7") {
            const QByteArray path = pathOfFileUrl(text);
            if (!path.isEmpty()) {
                report({TerminalEvent::Kind::DirectoryChanged, path});
            }
        } else if (command == "52") {
            const QByteArray offered = clipboardText(text);
            if (!offered.isEmpty()) {
                report({TerminalEvent::Kind::ClipboardOffered, offered});
            }
        } else if (command == "133") {
            dispatchShellMark(text, out);
        }
    }
    m_string.clear();
}

// "A", "B", "C", "D" or "D;STATUS", perhaps followed by options (FinalTerm's marks, as iTerm2,
// kitty and others document them). A full-screen program has no prompt.
void TerminalFilter::dispatchShellMark(QByteArrayView mark, QByteArray &out)
{
    const char kind = mark.isEmpty() ? '\0' : mark.front();
    const bool isAlone = mark.size() == 1 || (mark.size() > 1 && mark[1] == ';');
    if (!isAlone) {
        return;
    }
    if (kind == 'A' || kind == 'B' || kind == 'C') {
        if (m_modes.alternateScreen || (kind == 'C' && m_commandEvents >= maxCommandEvents)) {
            return;
        }
        out += cursorQuery;
        m_cursorQueries.append(kind == 'A'       ? CursorQuery::PromptStart
                                   : kind == 'B' ? CursorQuery::PromptEnd
                                                 : CursorQuery::CommandStart);
        if (kind == 'A') {
            report({TerminalEvent::Kind::PromptStarted, {}});
        } else if (kind == 'C') {
            report({TerminalEvent::Kind::CommandStarted, commandText(mark)});
        }
    } else if (kind == 'D') {
        QByteArray status = mark.sliced(qMin(qsizetype{2}, mark.size())).toByteArray();
        status.truncate(
            qMin(maxExitDigits, status.indexOf(';') < 0 ? status.size() : status.indexOf(';')));
        const bool isNumber
            = std::ranges::all_of(status, [](char digit) { return isBetween(digit, '0', '9'); });
        report({TerminalEvent::Kind::CommandFinished, isNumber ? status : QByteArray()});
    }
}

void TerminalFilter::report(TerminalEvent event)
{
    if (event.kind == TerminalEvent::Kind::PromptStarted
        || event.kind == TerminalEvent::Kind::CommandStarted
        || event.kind == TerminalEvent::Kind::CommandFinished) {
        if (m_commandEvents < maxCommandEvents) {
            ++m_commandEvents;
            m_events.append(std::move(event));
        }
        return;
    }
    m_events.removeIf([&](const TerminalEvent &earlier) { return earlier.kind == event.kind; });
    m_events.append(std::move(event));
}

} // namespace terminal
