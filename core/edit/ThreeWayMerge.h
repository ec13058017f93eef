// merged(): two changed versions of a text become one, by what both began with: changes of
// different places are taken from either side, changes of the same place are conflicts (as diff3(1)
// does it).

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace edit {

// A run of lines of the merged text.
struct MergePiece
{
    enum class Kind {
        Same, // as all three have it
        Mine, // changed by me alone
        Theirs, // changed by them alone
        Both, // changed by both, to the same
        Conflict, // changed by both, to something else
    };

    Kind kind = Kind::Same;
    QStringList base; // lines with their ends; what the kind does not need is there as well
    QStringList mine;
    QStringList theirs;

    // What comes out of it; of a conflict, nothing is decided.
    const QStringList &lines() const { return kind == Kind::Theirs ? theirs : mine; }

    friend bool operator==(const MergePiece &, const MergePiece &) = default;
};

struct Merge
{
    QList<MergePiece> pieces;

    qsizetype conflicts() const;

    // With each conflict between marks, as diff3 -m writes it: "<<<<<<< `mine`", "||||||| `base`",
    // "=======" and ">>>>>>> `theirs`".
    QString text(const QString &mine, const QString &base, const QString &theirs) const;
};

Merge merged(const QString &base, const QString &mine, const QString &theirs);

// Where a conflict stands in a text with such marks, in characters.
struct MarkedConflict
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QString mine;
    QString theirs;
};

// The first one from `from` on; of length 0 if there is none.
MarkedConflict nextConflict(const QString &text, qsizetype from);

} // namespace edit
