// OutputForm: what a log of a terminal's output has for each piece of it, by its form: lines of
// text, an event of a recording, or the bytes as they are. Used by OutputLog, on the thread that
// writes.

#pragma once

#include "terminal/Cast.h"
#include "terminal/OutputLog.h"
#include "terminal/PlainLog.h"

#include <QByteArray>
#include <QDateTime>
#include <QSize>

#include <chrono>

namespace terminal {

struct OutputPiece
{
    enum class Kind { Output, Header, Resize, End };

    Kind kind = Kind::Output;
    QByteArray raw = {}; // as it came; of a Header, what stands in the file
    QByteArray shown = {}; // what the filter made of it
    QSize cells = {}; // of a Resize
    std::chrono::microseconds sinceBeginning{0};
    QDateTime when = {};
};

class OutputForm
{
public:
    enum class Lines { IfInFile, Always };

    OutputForm(OutputLog::Form form, Lines lines)
        : m_form(form)
        , m_wantsLines(lines == Lines::Always || form == OutputLog::Form::Plain
                       || form == OutputLog::Form::Timed)
    {
    }

    struct Made
    {
        QByteArray file; // for the file
        QByteArray lines; // of text that are complete now, each with its "\n", if wanted
    };

    Made make(const OutputPiece &piece);

private:
    OutputLog::Form m_form;
    bool m_wantsLines;
    PlainLog m_lines;
    CastWriter m_cast;
};

} // namespace terminal
