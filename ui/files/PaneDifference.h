// What the listings of two panes do not have in common, as the two panes show it.

#pragma once

#include "files/FileEntry.h"

#include <QByteArray>
#include <QList>
#include <QSet>

namespace ui {

class FilePane;

// Names of what the other listing has not, or has otherwise: of another type, or a file or link of
// another size or, for files, another time. What is in directories is not looked at, and
// files that Ponto has not finished are left out.
struct ListingDifference
{
    QSet<QByteArray> left;
    QSet<QByteArray> right;
    qsizetype onlyLeft = 0;
    qsizetype onlyRight = 0;
    qsizetype different = 0; // on both sides

    static ListingDifference of(const QList<files::FileEntry> &left,
                                const QList<files::FileEntry> &right);
};

// Selects all that in both panes, of what they show, and says how much it is.
void markDifferences(FilePane &left, FilePane &right);

} // namespace ui
