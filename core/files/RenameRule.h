// RenameRule: how the names of many files become others, and RenamePlan: what that makes of the
// names of one directory, and in which order they can be renamed. No input or output.

#pragma once

#include "files/FilePath.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QSet>
#include <QString>

#include <utility>

namespace files {

struct RenameRule
{
    enum class Kind { Pattern, Replacement };
    enum class LetterCase { Keep, Lower, Upper };

    Kind kind = Kind::Pattern;

    // {name} is what stands before the last dot, {ext} what comes after it, {n} a number. A name
    // that begins with its only dot has no extension.
    QString pattern = QStringLiteral("{name}.{ext}");
    int firstNumber = 1;
    int digits = 1; // at least; filled with zeros

    // Every occurrence, in the whole name. A byte that is no UTF-8 is searched for as it is shown,
    // "\xe9". In a replacement for a regular expression (Perl's, as
    // QRegularExpression has them) \1 is what the first group has matched.
    QString search;
    QString replacement;
    bool isRegularExpression = false;
    bool ignoresCase = false;

    LetterCase letterCase = LetterCase::Keep; // of what comes out

    // Empty if the rule can be used, else what is wrong with the regular expression.
    QString complaint() const;
};

struct PlannedName
{
    enum class Problem {
        None,
        Strange, // it has characters that mean something else here
        NoName, // empty, ".", "..", with a slash, or longer than 255 bytes
        Twice, // another one of the chosen would get this name too
        Taken, // by a file that keeps its name
    };

    QByteArray from;
    QByteArray to;
    Problem problem = Problem::None;
};

class RenamePlan
{
public:
    // `chosen` in the order in which they are numbered, `present` all names of the directory. Of
    // files that were found below it they are paths: the rule is for the name alone, and they stay
    // in their folders.
    RenamePlan(const QByteArrayList &chosen, const QSet<QByteArray> &present,
               const RenameRule &rule);

    const QList<PlannedName> &names() const { return m_names; } // as many as were chosen
    qsizetype changes() const; // names that become others
    bool isPossible() const; // there are changes and no problems

    // One after the other none of these meets a name that is in use: where names change places, one
    // of them goes by way of a name that nobody has. Only if the plan is possible.
    QList<std::pair<QByteArray, QByteArray>> steps() const;

private:
    QList<PlannedName> m_names;
    QSet<QByteArray> m_present;
};

} // namespace files
