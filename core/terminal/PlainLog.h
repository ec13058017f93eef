// PlainLog: makes lines of text of what TerminalFilter lets through, for a log that people read:
// colors and cursor movements are gone, and a line that was written over (a progress bar, a
// corrected command) is kept as it stood last. What full-screen programs draw on their own screen
// (the alternate one of xterm) is no text, and is left out.
//
// A value with little memory: what does not end for long is cut into lines.

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace terminal {

class PlainLog
{
public:
    // The lines that are complete now, as UTF-8, each with its "\n".
    QByteArray take(QByteArrayView shown);

    // What is left of the last one, with its "\n"; empty if nothing is.
    QByteArray takeRest();

private:
    enum class State { Text, Escape, Intermediate, Sequence };

    void step(char byte, QByteArray &out);
    void write(char byte);
    void control(char byte, QByteArray &out);
    void dispatch(char final);
    void changeScreen(bool isAlternate);
    void endLine(QByteArray &out);
    static bool isContinuation(char byte);

    State m_state = State::Text;
    QByteArray m_parameters; // of the sequence that is being read
    QByteArray m_line;
    bool m_isAlternate = false; // a full-screen program has the screen
    qsizetype m_place = 0; // in the line, where the next byte goes
};

} // namespace terminal
