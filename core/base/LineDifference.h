// What two texts have in common, line by line: the ground of comparisons, of merges, and of what is
// highlighted.

#pragma once

#include <QByteArrayList>
#include <QList>
#include <QString>
#include <QStringList>

namespace base {

// Each with its "\n", if it has one. An empty text has no line.
QStringList linesOf(const QString &text);

// `length` lines from `first` on in the one text are those from `second` on in the other.
struct LineRun
{
    qsizetype first = 0;
    qsizetype second = 0;
    qsizetype length = 0;

    friend bool operator==(const LineRun &, const LineRun &) = default;
};

// In order, without overlap. The most that the two have in common (E. Myers, "An O(ND) Difference
// Algorithm and Its Variations", 1986); of texts that differ in many thousands of lines, what they
// have in common at both ends and their unique lines in between.
QList<LineRun> commonRuns(const QStringList &first, const QStringList &second);
QList<LineRun> commonRuns(const QByteArrayList &first, const QByteArrayList &second);

} // namespace base
