// Finding a path in a line of a terminal, such as a compiler or ls writes it.

#pragma once

#include <QByteArray>
#include <QString>

namespace terminal {

// The absolute path that the character at `index` belongs to, or empty. A relative one counts from
// `directory`, which is absolute, or empty if nobody knows it; it must have a slash in it, for any
// word could be one. What compilers add (":12:3") and a sentence (".", ",") is left out.
QByteArray pathAt(const QString &line, qsizetype index, const QByteArray &directory);

struct TextSpan
{
    qsizetype begin = 0; // in characters of the line
    qsizetype length = 0;
};

// Where in the line the path stands that pathAt() has found.
TextSpan pathSpanAt(const QString &line, qsizetype index);

} // namespace terminal
