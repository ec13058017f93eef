// TerminalFilter: what a server sends, reduced to what may reach the terminal widget.
//
// It takes the stream apart with the state machine of Paul Williams' "A parser for DEC's
// ANSI-compatible video terminals" (vt100.net/emu/dec_ansi_parser) and puts it together again from
// the permitted pieces (see SequencePolicy.h), so that the widget only ever sees whole, well-formed
// sequences. All strings (OSC, DCS, SOS, PM, APC) end here; what an OSC says is told as an event.
// The prompt marks of OSC 133 become questions to the widget where its cursor is, since nobody else
// knows.
//
// The stream is UTF-8. Bytes from 0x80 are therefore text, and the C1 controls are U+0080 to
// U+009F: dropped, because the widget takes U+009B for CSI.
//
// A value: assign a fresh one when a new stream begins. Its memory is bounded whatever comes.

#pragma once

#include "terminal/ControlSequence.h"
#include "terminal/SequencePolicy.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace terminal {

struct TerminalEvent
{
    enum class Kind {
        TitleChanged, // OSC 0 and 2; text is UTF-8, one plain line of at most 80 characters
        DirectoryChanged, // OSC 7; text is an absolute path on the server, as bytes
        PromptStarted, // OSC 133 A; no text
        CommandStarted, // OSC 133 C: the shell runs what was typed; text is that as one plain line
                        // of UTF-8, empty if it was not told
        CommandFinished, // OSC 133 D; text is its exit status in digits, empty if it was not told
        ClipboardOffered, // OSC 52; text is UTF-8 for the clipboard, without control characters
    };

    Kind kind;
    QByteArray text;

    friend bool operator==(const TerminalEvent &, const TerminalEvent &) = default;
};

// Who has asked the widget for the place of the cursor: its answers come in the same order.
enum class CursorQuery {
    Program, // on the server: the answer is for it
    PromptStart, // the filter, where a prompt begins (OSC 133 A)
    PromptEnd, // likewise, where it ends and typing begins (OSC 133 B)
    CommandStart, // likewise, where the output of a command begins: one for each CommandStarted
};

class TerminalFilter
{
public:
    // The permitted part of `in`. A sequence that is cut off waits for its rest in the next call.
    QByteArray filter(QByteArrayView in);

    // What happened since the last call: commands in their order, up to a limit, and of each other
    // kind the latest.
    QList<TerminalEvent> takeEvents();

    // Those in what filter() has returned since the last call.
    QList<CursorQuery> takeCursorQueries();

    TerminalModes modes() const { return m_modes; }

private:
    // Names as on the page above; csi_entry and csi_param are one, the three DCS states and
    // sos/pm/apc_string are one because all of it is dropped.
    enum class State {
        Ground,
        LeadByte, // 0xC2 was read: a C1 control, or a letter
        Escape,
        EscapeIntermediate,
        EscapeIgnore,
        CsiParameter,
        CsiIntermediate,
        CsiIgnore,
        OscString,
        IgnoredString,
    };

    void step(char byte, QByteArray &out);
    void stepLeadByte(char byte, QByteArray &out);
    void stepEscape(char byte, QByteArray &out);
    void stepEscapeIntermediate(char byte, QByteArray &out);
    void stepCsi(char byte, QByteArray &out);
    void stepOscString(char byte, QByteArray &out);
    bool stepAnywhere(char byte, QByteArray &out);
    void dispatchCsi(char final, QByteArray &out);
    void dispatchOsc(QByteArray &out);
    void dispatchShellMark(QByteArrayView mark, QByteArray &out);
    void report(TerminalEvent event);

    State m_state = State::Ground;
    char m_escapeIntermediate = 0;
    ControlSequence m_sequence;
    QByteArray m_string; // of the OSC that is being read
    TerminalModes m_modes;
    QList<TerminalEvent> m_events;
    qsizetype m_commandEvents = 0; // of them
    QList<CursorQuery> m_cursorQueries;
};

} // namespace terminal
