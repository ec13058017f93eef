// LineChange: lines of a file that give way to others, with everything needed to undo it.

#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace hostkeys {

struct LineChange
{
    qsizetype number = 1; // of the first line, from 1
    QByteArrayList before; // without line feeds; empty where lines are put in
    QByteArrayList after; // empty where lines are taken out

    LineChange reversed() const { return {number, after, before}; }

    friend bool operator==(const LineChange &, const LineChange &) = default;
};

} // namespace hostkeys
