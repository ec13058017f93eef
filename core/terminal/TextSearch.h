// Finding text in what a terminal shows and has kept. Takes the rows of a screen, in which a long
// line goes on over several, and finds what lies across them too.
//
// Both sides may be hostile: the rows come from a server, and an expression may be one that takes
// for ever. So there is a limit for everything.

#pragma once

#include <QList>
#include <QString>

#include <chrono>

namespace terminal {

struct TextRow
{
    QString text;
    bool isContinued = false; // the line goes on in the next row
};

struct TextQuery
{
    QString text;
    bool isCaseSensitive = false;
    bool isExpression = false; // a regular one, as Perl has them

    friend bool operator==(const TextQuery &, const TextQuery &) = default;
};

// Where something was found. May reach into the rows below.
struct TextMatch
{
    int row = 0;
    int start = 0; // in the text of the row, in QChars
    int length = 0; // likewise; at least 1

    friend bool operator==(const TextMatch &, const TextMatch &) = default;
};

struct TextMatches
{
    enum class End {
        Complete,
        TooMany, // `matches` are the first mostMatches
        TooLong, // time was up: `matches` are those until then
        TooComplex, // the expression gave up on a line
        Invalid, // it is none: `problem` says why, in English
    };

    static constexpr qsizetype mostMatches = 10'000;

    QList<TextMatch> matches; // from the top
    End end = End::Complete;
    QString problem;
};

// Blocks, so call it on a thread of the pool: at most about `limit`, and half a second more with an
// evil expression.
TextMatches findText(const QList<TextRow> &rows, const TextQuery &query,
                     std::chrono::milliseconds limit);

} // namespace terminal
