// comparedLines(): what differs between two texts, line by line, as diff(1) tells it.

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace commands {

struct ComparedLine
{
    enum class Where { Both, Left, Right };

    Where where = Where::Both;
    QByteArray text; // without the line feed

    friend bool operator==(const ComparedLine &, const ComparedLine &) = default;
};

// The shortest way from the left to the right one; of texts with very many differences one that is
// not the shortest, so that time and memory stay bounded.
QList<ComparedLine> comparedLines(QByteArrayView left, QByteArrayView right);

} // namespace commands
