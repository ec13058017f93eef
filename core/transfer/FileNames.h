// Names that transfers make up: of partial files, and of a second file of the same name.

#pragma once

#include <QByteArray>

namespace transfer {

// Under which the data of `name` arrive: ".report.txt.ponto-part", and ".report.txt.ponto-part-2"
// for variant 2 if the first is somebody else's. A hash stands for a name that would make it longer
// than the 255 bytes that file systems allow: a name that is cut might be no UTF-8 any more.
QByteArray partName(const QByteArray &name, int variant);

// The same for the parts of one transfer alone: ".report.txt.ponto-part-<token>".
QByteArray partName(const QByteArray &name, const QByteArray &token);

// What all these end with.
QByteArray partEnding(const QByteArray &token);

// Is it the name of a file that Ponto has not finished: of a part, or a files::temporaryName()?
bool isUnfinishedName(const QByteArray &name);

// "report (2).txt" for "report.txt" and 2; the stem is cut where the name would be too long.
QByteArray numberedName(const QByteArray &name, int number);

// True if a link with this target, made in a directory `depth` levels below the directory that is
// copied into, leads to something inside of what is copied. Absolute targets do not, nor does a
// ".." after a name: the name may be a link itself. 1 is the level of a copied folder's entries.
bool isContainedLink(const QByteArray &target, qsizetype depth);

} // namespace transfer
