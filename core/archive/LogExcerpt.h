// LogExcerpt: a part of a log's file around a line, to be shown. The file may be of any length and
// was written from what a server has said. Reads the disk: for a thread of the pool.

#pragma once

#include "base/Result.h"

#include <QString>

namespace archive {

struct LogExcerpt
{
    static constexpr int linesBefore = 2000;
    static constexpr int linesAfter = 3000;

    QString text; // safe to show: control characters are visible
    qint64 firstLine = 1; // its number in the file
    bool isWhole = true; // nothing before or after it is left out

    // Around that line, from 1; of a shorter file its end.
    static base::Result<LogExcerpt> read(const QString &path, qint64 line);
};

} // namespace archive
