#include "commands/LineComparison.h"

#include <algorithm>
#include <vector>

namespace commands {
namespace {

using Lines = QList<QByteArray>;
using Where = ComparedLine::Where;

constexpr qsizetype mostDifferences = 1'000; // that are looked for

Lines linesOf(QByteArrayView text)
{
    Lines lines = text.toByteArray().split('\n');
    if (lines.last().isEmpty()) {
        lines.removeLast(); // behind the last line feed
    }
    return lines;
}

// The greedy algorithm of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986): how
// far one gets on each diagonal with so many differences, until the end is reached.
class ShortestEdit
{
public:
    ShortestEdit(const Lines &left, const Lines &right)
        : m_left(left)
        , m_right(right)
    {
    }

    // False if there are too many differences.
    bool search()
    {
        const qsizetype most = std::min(m_left.size() + m_right.size(), mostDifferences);
        std::vector<qsizetype> reach(2 * static_cast<size_t>(most) + 3, 0);
        for (qsizetype differences = 0; differences <= most; ++differences) {
            m_trace.push_back(reach);
            if (advance(reach, differences, most + 1)) {
                return true;
            }
        }
        return false;
    }

    // After a search that was successful: from the end back to the beginning.
    QList<ComparedLine> lines() const
    {
        QList<ComparedLine> found;
        qsizetype x = m_left.size();
        qsizetype y = m_right.size();
        const qsizetype middle = static_cast<qsizetype>(m_trace.front().size() / 2);
        for (qsizetype differences = std::ssize(m_trace) - 1; differences >= 0; --differences) {
            const auto &reach = m_trace[static_cast<size_t>(differences)];
            const qsizetype diagonal = x - y;
            const qsizetype from = previousDiagonal(reach, diagonal, differences, middle);
            const qsizetype fromX = reach[static_cast<size_t>(from + middle)];
            const qsizetype fromY = fromX - from;
            while (x > fromX && y > fromY && x > 0 && y > 0) {
                found.append({Where::Both, m_left.at(--x)});
                --y;
            }
            if (differences > 0) {
                found.append(x == fromX ? ComparedLine{Where::Right, m_right.at(--y)}
                                        : ComparedLine{Where::Left, m_left.at(--x)});
            }
        }
        std::ranges::reverse(found);
        return found;
    }

private:
    static qsizetype previousDiagonal(const std::vector<qsizetype> &reach, qsizetype diagonal,
                                      qsizetype differences, qsizetype middle)
    {
        const auto at = [&](qsizetype index) { return reach[static_cast<size_t>(index + middle)]; };
        const bool isDown = diagonal == -differences
            || (diagonal != differences && at(diagonal - 1) < at(diagonal + 1));
        return isDown ? diagonal + 1 : diagonal - 1;
    }

    bool advance(std::vector<qsizetype> &reach, qsizetype differences, qsizetype middle) const
    {
        for (qsizetype diagonal = -differences; diagonal <= differences; diagonal += 2) {
            const qsizetype from = previousDiagonal(reach, diagonal, differences, middle);
            qsizetype x = reach[static_cast<size_t>(from + middle)] + (from < diagonal ? 1 : 0);
            x = differences == 0 ? 0 : x;
            qsizetype y = x - diagonal;
            while (x < m_left.size() && y < m_right.size() && m_left.at(x) == m_right.at(y)) {
                ++x;
                ++y;
            }
            reach[static_cast<size_t>(diagonal + middle)] = x;
            if (x >= m_left.size() && y >= m_right.size()) {
                return true;
            }
        }
        return false;
    }

    const Lines &m_left;
    const Lines &m_right;
    std::vector<std::vector<qsizetype>> m_trace; // before each step
};

void append(QList<ComparedLine> &to, Where where, const Lines &lines)
{
    for (const QByteArray &line : lines) {
        to.append({where, line});
    }
}

} // namespace

QList<ComparedLine> comparedLines(QByteArrayView leftText, QByteArrayView rightText)
{
    Lines left = linesOf(leftText);
    Lines right = linesOf(rightText);
    const auto [leftEnd, rightEnd] = std::ranges::mismatch(left, right);
    const qsizetype same = leftEnd - left.begin();
    const Lines before = left.first(same);
    left.remove(0, same);
    right.remove(0, same);
    Lines behind;
    while (!left.isEmpty() && !right.isEmpty() && left.last() == right.last()) {
        behind.prepend(left.takeLast());
        right.removeLast();
    }
    QList<ComparedLine> result;
    append(result, Where::Both, before);
    if (ShortestEdit edit(left, right); edit.search()) {
        result += edit.lines();
    } else {
        append(result, Where::Left, left);
        append(result, Where::Right, right);
    }
    append(result, Where::Both, behind);
    return result;
}

} // namespace commands
