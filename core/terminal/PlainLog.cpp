#include "terminal/PlainLog.h"

#include <algorithm>
#include <utility>

namespace terminal {
namespace {

constexpr char escape = '\x1b';
constexpr char backspace = '\b';
constexpr qsizetype longestLine = qsizetype{64} * 1024;
constexpr qsizetype longestParameters = 64;

} // namespace

bool PlainLog::isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U; // of a character in UTF-8
}

QByteArray PlainLog::take(QByteArrayView shown)
{
    QByteArray out;
    for (const char byte : shown) {
        step(byte, out);
    }
    return out;
}

QByteArray PlainLog::takeRest()
{
    QByteArray out;
    if (!m_line.isEmpty()) {
        endLine(out);
    }
    return out;
}

void PlainLog::step(char byte, QByteArray &out)
{
    if (byte == escape) {
        m_state = State::Escape;
        return;
    }
    const bool isControl = byte >= 0 && byte < ' ';
    if (isControl) {
        control(byte, out);
        return;
    }
    switch (m_state) {
    case State::Text:
        write(byte);
        if (m_line.size() >= longestLine && !isContinuation(byte)) {
            endLine(out);
        }
        break;
    case State::Escape:
        m_parameters.clear();
        m_isAlternate = m_isAlternate && byte != 'c'; // RIS leaves it
        m_state = byte == '['            ? State::Sequence
            : byte >= ' ' && byte <= '/' ? State::Intermediate
                                         : State::Text;
        break;
    case State::Intermediate:
        m_state = State::Text;
        break;
    case State::Sequence:
        if (byte >= '@' && byte <= '~') {
            m_state = State::Text;
            dispatch(byte);
        } else if (m_parameters.size() < longestParameters) {
            m_parameters += byte;
        }
        break;
    }
}

void PlainLog::control(char byte, QByteArray &out)
{
    if (m_isAlternate) {
        return;
    }
    switch (byte) {
    case '\n':
        endLine(out);
        break;
    case '\r':
        m_place = 0;
        break;
    case backspace:
        while (m_place > 0 && isContinuation(m_line[--m_place])) { }
        break;
    case '\t':
        write(byte);
        break;
    default:
        break;
    }
}

// Characters take the place of those that stand there, one for one.
void PlainLog::write(char byte)
{
    if (m_isAlternate) {
        return;
    }
    if (isContinuation(byte)) {
        m_line.insert(m_place++, byte);
        return;
    }
    if (m_place < m_line.size()) {
        qsizetype end = m_place + 1;
        while (end < m_line.size() && isContinuation(m_line[end])) {
            ++end;
        }
        m_line.remove(m_place, end - m_place);
    }
    m_line.insert(m_place++, byte);
}

// What shells and progress bars do within a line: erase its end, or all of it, and move.
void PlainLog::dispatch(char final)
{
    if (final == 'h' || final == 'l') {
        changeScreen(final == 'h');
        return;
    }
    if (m_isAlternate) {
        return;
    }
    const auto one = [this] { return qMax(1, m_parameters.toInt()); };
    if (final == 'K') {
        if (m_parameters.isEmpty() || m_parameters == "0") {
            m_line.truncate(m_place);
        } else if (m_parameters == "2") {
            m_line.clear();
            m_place = 0;
        }
    } else if (final == 'D') {
        for (int left = std::min(one(), static_cast<int>(longestLine)); left > 0; --left) {
            while (m_place > 0 && isContinuation(m_line[--m_place])) { }
        }
    } else if (final == 'C') {
        for (int left = std::min(one(), static_cast<int>(longestLine));
             left > 0 && m_place < m_line.size(); --left) {
            do {
                ++m_place;
            } while (m_place < m_line.size() && isContinuation(m_line[m_place]));
        }
    } else if (final == 'P') {
        for (int left = one(); left > 0 && m_place < m_line.size(); --left) {
            qsizetype end = m_place + 1;
            while (end < m_line.size() && isContinuation(m_line[end])) {
                ++end;
            }
            m_line.remove(m_place, end - m_place);
        }
    }
}

// xterm's control sequences, DECSET 47, 1047 and 1049: the parameters begin with "?".
void PlainLog::changeScreen(bool isAlternate)
{
    static const QByteArrayList screens{"47", "1047", "1049"};
    if (!m_parameters.startsWith('?')) {
        return;
    }
    for (const QByteArray &mode : m_parameters.sliced(1).split(';')) {
        if (screens.contains(mode)) {
            m_isAlternate = isAlternate;
        }
    }
}

void PlainLog::endLine(QByteArray &out)
{
    out += std::exchange(m_line, {});
    out += '\n';
    m_place = 0;
}

} // namespace terminal
