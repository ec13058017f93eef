// LogQuery: what a user has typed to search the logs, as SQLite's FTS5 has it: words that begin so,
// in any order in one line, and phrases in quotation marks. What was typed is never read as that
// language itself.

#pragma once

#include <QString>

namespace archive {

struct LogQuery
{
    QString text; // as typed
    QString host; // of these logs alone; empty: of all
    int mostMatches = 500;

    // For MATCH of FTS5 (sqlite.org/fts5.html, section 3); empty if there is no word in the text.
    QString expression() const;
};

} // namespace archive
