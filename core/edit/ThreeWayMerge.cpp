#include "edit/ThreeWayMerge.h"

#include "base/LineDifference.h"

#include <algorithm>

namespace edit {
namespace {

const QString mineMark = QStringLiteral("<<<<<<< ");
const QString baseMark = QStringLiteral("||||||| ");
const QString middleMark = QStringLiteral("=======\n");
const QString theirsMark = QStringLiteral(">>>>>>> ");

// For each line of the base where the other text has it, or -1.
QList<qsizetype> placesIn(const QStringList &base, const QStringList &other)
{
    QList<qsizetype> places(base.size(), -1);
    for (const base::LineRun &run : base::commonRuns(base, other)) {
        for (qsizetype index = 0; index < run.length; ++index) {
            places[run.first + index] = run.second + index;
        }
    }
    return places;
}

MergePiece::Kind kindOf(const MergePiece &piece)
{
    using Kind = MergePiece::Kind;
    if (piece.mine == piece.theirs) {
        return piece.mine == piece.base ? Kind::Same : Kind::Both;
    }
    return piece.mine == piece.base  ? Kind::Theirs
        : piece.theirs == piece.base ? Kind::Mine
                                     : Kind::Conflict;
}

class Merger
{
public:
    Merger(const QString &base, const QString &mine, const QString &theirs)
        : m_base(base::linesOf(base))
        , m_mine(base::linesOf(mine))
        , m_theirs(base::linesOf(theirs))
        , m_inMine(placesIn(m_base, m_mine))
        , m_inTheirs(placesIn(m_base, m_theirs))
    {
    }

    Merge run()
    {
        for (qsizetype line = 0; line < m_base.size(); ++line) {
            if (m_inMine[line] < 0 || m_inTheirs[line] < 0) {
                continue;
            }
            const bool isNext = line == m_nextBase && m_inMine[line] == m_nextMine
                && m_inTheirs[line] == m_nextTheirs;
            if (!isNext) {
                takeUpTo(line, m_inMine[line], m_inTheirs[line]);
            }
            takeUpTo(line + 1, m_inMine[line] + 1, m_inTheirs[line] + 1);
        }
        takeUpTo(m_base.size(), m_mine.size(), m_theirs.size());
        return m_merge;
    }

private:
    void takeUpTo(qsizetype base, qsizetype mine, qsizetype theirs)
    {
        MergePiece piece;
        piece.base = m_base.sliced(m_nextBase, base - m_nextBase);
        piece.mine = m_mine.sliced(m_nextMine, mine - m_nextMine);
        piece.theirs = m_theirs.sliced(m_nextTheirs, theirs - m_nextTheirs);
        piece.kind = kindOf(piece);
        m_nextBase = base;
        m_nextMine = mine;
        m_nextTheirs = theirs;
        if (piece.base.isEmpty() && piece.mine.isEmpty() && piece.theirs.isEmpty()) {
            return;
        }
        const bool goesOn = piece.kind == MergePiece::Kind::Same && !m_merge.pieces.isEmpty()
            && m_merge.pieces.last().kind == MergePiece::Kind::Same;
        if (goesOn) {
            MergePiece &last = m_merge.pieces.last();
            last.base += piece.base;
            last.mine += piece.mine;
            last.theirs += piece.theirs;
        } else {
            m_merge.pieces.append(piece);
        }
    }

    const QStringList m_base;
    const QStringList m_mine;
    const QStringList m_theirs;
    const QList<qsizetype> m_inMine;
    const QList<qsizetype> m_inTheirs;
    qsizetype m_nextBase = 0;
    qsizetype m_nextMine = 0;
    qsizetype m_nextTheirs = 0;
    Merge m_merge;
};

// A mark stands in a line of its own.
QString ended(const QStringList &lines)
{
    QString text = lines.join(QString());
    if (!text.isEmpty() && !text.endsWith(u'\n')) {
        text += u'\n';
    }
    return text;
}

// The beginning of the next line that starts with `mark`, or -1.
qsizetype findMark(const QString &text, const QString &mark, qsizetype from)
{
    qsizetype found = from <= 0 ? -1 : from - 1;
    if (text.sliced(std::max<qsizetype>(0, from)).startsWith(mark)
        && (from <= 0 || text[from - 1] == u'\n')) {
        return std::max<qsizetype>(0, from);
    }
    found = text.indexOf(u'\n' + mark, std::max<qsizetype>(0, found));
    return found < 0 ? -1 : found + 1;
}

qsizetype afterLine(const QString &text, qsizetype position)
{
    const qsizetype end = text.indexOf(u'\n', position);
    return end < 0 ? text.size() : end + 1;
}

} // namespace

qsizetype Merge::conflicts() const
{
    return std::ranges::count(pieces, MergePiece::Kind::Conflict, &MergePiece::kind);
}

QString Merge::text(const QString &mine, const QString &base, const QString &theirs) const
{
    QString text;
    for (const MergePiece &piece : pieces) {
        if (piece.kind != MergePiece::Kind::Conflict) {
            text += piece.lines().join(QString());
            continue;
        }
        text += mineMark + mine + u'\n' + ended(piece.mine) + baseMark + base + u'\n'
            + ended(piece.base) + middleMark + ended(piece.theirs) + theirsMark + theirs + u'\n';
    }
    return text;
}

Merge merged(const QString &base, const QString &mine, const QString &theirs)
{
    return Merger(base, mine, theirs).run();
}

MarkedConflict nextConflict(const QString &text, qsizetype from)
{
    const qsizetype begin = findMark(text, mineMark, from);
    const qsizetype base = begin < 0 ? -1 : findMark(text, baseMark, begin);
    const qsizetype middle = base < 0 ? -1 : findMark(text, middleMark, base);
    const qsizetype theirs = middle < 0 ? -1 : findMark(text, theirsMark, middle);
    if (theirs < 0) {
        return {};
    }
    const qsizetype mineBegin = afterLine(text, begin);
    const qsizetype theirsBegin = afterLine(text, middle);
    return {begin, afterLine(text, theirs), text.sliced(mineBegin, base - mineBegin),
            text.sliced(theirsBegin, theirs - theirsBegin)};
}

} // namespace edit
