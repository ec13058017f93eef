#include "commands/LineComparison.h"

#include "base/LineDifference.h"

namespace commands {
namespace {

using Where = ComparedLine::Where;

QByteArrayList linesOf(QByteArrayView text)
{
    QByteArrayList lines = text.toByteArray().split('\n');
    if (lines.last().isEmpty()) {
        lines.removeLast(); // behind the last line feed
    }
    return lines;
}

} // namespace

QList<ComparedLine> comparedLines(QByteArrayView leftText, QByteArrayView rightText)
{
    const QByteArrayList left = linesOf(leftText);
    const QByteArrayList right = linesOf(rightText);
    QList<base::LineRun> runs = base::commonRuns(left, right);
    runs.append({left.size(), right.size(), 0}); // what differs behind the last one
    QList<ComparedLine> result;
    const auto append
        = [&result](Where where, const QByteArrayList &lines, qsizetype from, qsizetype end) {
              for (qsizetype index = from; index < end; ++index) {
                  result.append({where, lines.at(index)});
              }
          };
    qsizetype leftDone = 0;
    qsizetype rightDone = 0;
    for (const base::LineRun &run : std::as_const(runs)) {
        append(Where::Left, left, leftDone, run.first);
        append(Where::Right, right, rightDone, run.second);
        leftDone = run.first + run.length;
        rightDone = run.second + run.length;
        append(Where::Both, left, run.first, leftDone);
    }
    return result;
}

} // namespace commands
