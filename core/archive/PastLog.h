// PastLog: the log of a terminal's output as the archive remembers it, and what a search finds in
// such logs. Values.

#pragma once

#include "terminal/OutputLog.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>

namespace archive {

struct PastLog
{
    using Id = qint64;

    Id id = 0;
    QString path;
    QString session; // what it was called then; foreign text
    QString host;
    terminal::OutputLog::Form form = terminal::OutputLog::Form::Plain;
    QDateTime begun;
    QDateTime lastWritten;
    qint64 bytes = 0; // of the file
    qint64 linesLeftOut = 0; // of the search, because more came than could be taken in

    friend bool operator==(const PastLog &, const PastLog &) = default;
};

struct LogMatch
{
    struct Range
    {
        qsizetype begin = 0; // in characters of `text`
        qsizetype length = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };

    PastLog log;
    qint64 line = 0; // in the text of the log, from 1
    std::chrono::milliseconds sinceBeginning{0}; // of the log, when the line was complete
    QString text; // foreign text, as the next two
    QString before; // the lines around it, one or none each; blank ones are not known
    QString after;
    QList<Range> found; // in `text`, in their order

    QDateTime when() const { return log.begun.addMSecs(sinceBeginning.count()); }
};

} // namespace archive
