#include "base/LineDifference.h"

#include <QHash>

#include <algorithm>
#include <ranges>
#include <vector>

namespace base {
namespace {

// Lines that differ: up to here Myers' way, whose memory grows with the square of them.
constexpr qsizetype mostDifferences = 2000;

using Numbers = std::vector<int>; // the same number stands for the same line

struct Span
{
    qsizetype first = 0;
    qsizetype firstEnd = 0;
    qsizetype second = 0;
    qsizetype secondEnd = 0;
};

void append(QList<LineRun> &runs, const LineRun &run)
{
    if (run.length == 0) {
        return;
    }
    if (!runs.isEmpty() && runs.last().first + runs.last().length == run.first
        && runs.last().second + runs.last().length == run.second) {
        runs.last().length += run.length;
    } else {
        runs.append(run);
    }
}

class Myers
{
public:
    Myers(const Numbers &first, const Numbers &second, const Span &span)
        : m_first(first)
        , m_second(second)
        , m_span(span)
        , m_n(span.firstEnd - span.first)
        , m_m(span.secondEnd - span.second)
    {
    }

    // False if they differ too much.
    bool run()
    {
        const qsizetype most = std::min(m_n + m_m, mostDifferences);
        std::vector<qsizetype> furthest(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&furthest, most](qsizetype diagonal) -> qsizetype & {
            return furthest[static_cast<std::size_t>(diagonal + most + 1)];
        };
        for (qsizetype d = 0; d <= most; ++d) {
            for (qsizetype k = -d; k <= d; k += 2) {
                const bool isDown = k == -d || (k != d && at(k - 1) < at(k + 1));
                at(k) = slide(isDown ? at(k + 1) : at(k - 1) + 1, k);
                if (at(k) >= m_n && at(k) - k >= m_m) {
                    remember(d, at);
                    return true;
                }
            }
            remember(d, at);
        }
        return false;
    }

    QList<LineRun> runs() const
    {
        QList<LineRun> backwards;
        qsizetype x = m_n;
        qsizetype y = m_m;
        for (auto d = static_cast<qsizetype>(m_trace.size()) - 1; d >= 0; --d) {
            const qsizetype k = x - y;
            const bool isDown
                = d > 0 && (k == -d || (k != d && trace(d - 1, k - 1) < trace(d - 1, k + 1)));
            const qsizetype before = d == 0 ? 0 : isDown ? k + 1 : k - 1;
            const qsizetype startX = d == 0 ? 0 : trace(d - 1, before) + (isDown ? 0 : 1);
            backwards.append({m_span.first + startX, m_span.second + startX - k, x - startX});
            if (d > 0) {
                x = trace(d - 1, before);
                y = x - before;
            }
        }
        QList<LineRun> runs;
        for (const LineRun &run : std::ranges::reverse_view(backwards)) {
            append(runs, run);
        }
        return runs;
    }

private:
    qsizetype slide(qsizetype x, qsizetype k) const
    {
        while (x < m_n && x - k < m_m
               && m_first[static_cast<std::size_t>(m_span.first + x)]
                   == m_second[static_cast<std::size_t>(m_span.second + x - k)]) {
            ++x;
        }
        return x;
    }

    void remember(qsizetype d, const auto &at)
    {
        std::vector<qsizetype> reached;
        for (qsizetype k = -d; k <= d; ++k) {
            reached.push_back(at(k));
        }
        m_trace.push_back(std::move(reached));
    }

    // Diagonals that were not reached with `d` count as the worst.
    qsizetype trace(qsizetype d, qsizetype k) const
    {
        return k < -d || k > d
            ? -1
            : m_trace[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d)];
    }

    const Numbers &m_first;
    const Numbers &m_second;
    const Span m_span;
    const qsizetype m_n;
    const qsizetype m_m;
    std::vector<std::vector<qsizetype>> m_trace;
};

// Lines that each side has once, as long as they stand in the same order (the greedy half of a
// patience difference).
QList<LineRun> uniqueRuns(const Numbers &first, const Numbers &second, const Span &span)
{
    QHash<int, qsizetype> places;
    QHash<int, int> counts;
    for (qsizetype index = span.second; index < span.secondEnd; ++index) {
        const int number = second[static_cast<std::size_t>(index)];
        places.insert(number, index);
        ++counts[number];
    }
    QList<LineRun> runs;
    qsizetype next = span.second;
    for (qsizetype index = span.first; index < span.firstEnd; ++index) {
        const int number = first[static_cast<std::size_t>(index)];
        const qsizetype place = places.value(number, -1);
        if (place >= next && counts.value(number) == 1) {
            append(runs, {index, place, 1});
            next = place + 1;
        }
    }
    return runs;
}

template<typename Line>
Numbers numbered(const QList<Line> &lines, QHash<Line, int> &known)
{
    Numbers numbers;
    numbers.reserve(static_cast<std::size_t>(lines.size()));
    for (const Line &line : lines) {
        const auto next = static_cast<int>(known.size());
        const auto found = known.constFind(line);
        numbers.push_back(found != known.cend() ? *found : *known.insert(line, next));
    }
    return numbers;
}

template<typename Line>
QList<LineRun> runsInCommon(const QList<Line> &first, const QList<Line> &second)
{
    Span span{0, first.size(), 0, second.size()};
    while (span.first < std::min(first.size(), second.size())
           && first[span.first] == second[span.second]) {
        ++span.first;
        ++span.second;
    }
    while (span.firstEnd > span.first && span.secondEnd > span.second
           && first[span.firstEnd - 1] == second[span.secondEnd - 1]) {
        --span.firstEnd;
        --span.secondEnd;
    }
    QHash<Line, int> known;
    const Numbers firstNumbers = numbered(first, known);
    const Numbers secondNumbers = numbered(second, known);

    QList<LineRun> runs;
    append(runs, {0, 0, span.first});
    Myers myers(firstNumbers, secondNumbers, span);
    for (const LineRun &run :
         myers.run() ? myers.runs() : uniqueRuns(firstNumbers, secondNumbers, span)) {
        append(runs, run);
    }
    append(runs, {span.firstEnd, span.secondEnd, first.size() - span.firstEnd});
    return runs;
}

} // namespace

QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype end = text.indexOf(u'\n', begin);
        const qsizetype next = end < 0 ? text.size() : end + 1;
        lines.append(text.sliced(begin, next - begin));
        begin = next;
    }
    return lines;
}

QList<LineRun> commonRuns(const QStringList &first, const QStringList &second)
{
    return runsInCommon(first, second);
}

QList<LineRun> commonRuns(const QByteArrayList &first, const QByteArrayList &second)
{
    return runsInCommon(first, second);
}

} // namespace base
