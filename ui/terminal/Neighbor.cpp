#include "ui/terminal/Neighbor.h"

#include <algorithm>
#include <utility>

namespace ui {
namespace {

// How far `to` is from `from` in that direction; negative if it is not there.
int distance(const QRect &from, const QRect &to, Direction direction)
{
    switch (direction) {
    case Direction::Left:
        return from.left() - to.right() - 1;
    case Direction::Right:
        return to.left() - from.right() - 1;
    case Direction::Up:
        return from.top() - to.bottom() - 1;
    case Direction::Down:
        return to.top() - from.bottom() - 1;
    }
    return -1;
}

// How much of their sides face each other.
int overlap(const QRect &from, const QRect &to, Direction direction)
{
    const bool isAcross = direction == Direction::Left || direction == Direction::Right;
    return isAcross ? std::min(from.bottom(), to.bottom()) - std::max(from.top(), to.top()) + 1
                    : std::min(from.right(), to.right()) - std::max(from.left(), to.left()) + 1;
}

} // namespace

qsizetype neighbor(const QRect &from, const QList<QRect> &places, Direction direction)
{
    qsizetype best = -1;
    std::pair<int, int> bestRank;
    for (qsizetype index = 0; index < places.size(); ++index) {
        const QRect &to = places.at(index);
        const std::pair rank(-distance(from, to, direction), overlap(from, to, direction));
        const bool isThere = to != from && rank.first <= 0 && rank.second > 0;
        if (isThere && (best < 0 || rank > bestRank)) {
            best = index;
            bestRank = rank;
        }
    }
    return best;
}

} // namespace ui
