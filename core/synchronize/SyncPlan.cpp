#include "synchronize/SyncPlan.h"

#include <algorithm>
#include <utility>

namespace synchronize {
namespace {

using Direction = SyncRules::Direction;

Action copyTo(Side side)
{
    return side == Side::Right ? Action::CopyRight : Action::CopyLeft;
}

Action deleteFrom(Side side)
{
    return side == Side::Right ? Action::DeleteRight : Action::DeleteLeft;
}

// Where something is done.
Side sideOf(Action action)
{
    return action == Action::CopyRight || action == Action::DeleteRight ? Side::Right : Side::Left;
}

bool isCommonDirectory(const TreeRow &row)
{
    return row.left && row.right && row.left->isDirectory() && row.right->isDirectory();
}

Difference onlyOn(Side side)
{
    return side == Side::Left ? Difference::OnlyLeft : Difference::OnlyRight;
}

Difference newerOn(Side side)
{
    return side == Side::Left ? Difference::NewerLeft : Difference::NewerRight;
}

} // namespace

SyncPlan::SyncPlan(TreeRows rows, const SyncRules &rules)
    : m_rows(std::move(rows))
    , m_rules(rules)
{
    link();
    propose();
}

void SyncPlan::setRules(const SyncRules &rules)
{
    m_rules = rules;
    propose();
}

// Which rows are in which: each directory that is open at a row is on the stack.
void SyncPlan::link()
{
    const auto count = static_cast<size_t>(m_rows.size());
    m_parents.assign(count, -1);
    m_ends.assign(count, 0);
    std::vector<qsizetype> open;
    const auto close = [this, &open](qsizetype end) {
        m_ends[static_cast<size_t>(open.back())] = end;
        open.pop_back();
    };
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        const QByteArray &path = m_rows[row].path;
        const auto isInside = [&path](const QByteArray &directory) {
            return path.size() > directory.size() && path[directory.size()] == '/'
                && path.startsWith(directory);
        };
        while (!open.empty() && !isInside(m_rows[open.back()].path)) {
            close(row);
        }
        m_parents[static_cast<size_t>(row)] = open.empty() ? -1 : open.back();
        open.push_back(row);
    }
    while (!open.empty()) {
        close(m_rows.size());
    }
}

void SyncPlan::propose()
{
    m_actions.assign(static_cast<size_t>(m_rows.size()), Action::Nothing);
    m_left = {};
    m_right = {};
    m_conflicts = 0;
    m_unreadable = 0;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        m_unreadable += m_rows[row].difference == Difference::Unreadable ? 1 : 0;
        replace(row, proposed(row));
    }
}

Action SyncPlan::proposed(qsizetype row) const
{
    const TreeRow &pair = m_rows[row];
    if (isBelowOtherType(row)) {
        return Action::Nothing; // that it can not be done is told of the directory
    }
    switch (pair.difference) {
    case Difference::Equal:
    case Difference::Unreadable:
        return Action::Nothing;
    case Difference::OtherType:
        return Action::Conflict;
    case Difference::OnlyLeft:
    case Difference::OnlyRight:
    case Difference::NewerLeft:
    case Difference::NewerRight:
    case Difference::Different:
        break;
    }
    return m_rules.direction == Direction::BothWays ? proposedBothWays(row) : proposedOneWay(row);
}

Action SyncPlan::proposedOneWay(qsizetype row) const
{
    const Side target = m_rules.direction == Direction::ToRight ? Side::Right : Side::Left;
    const Difference difference = m_rows[row].difference;
    if (difference == onlyOn(target)) {
        return m_rules.deletes && mayDelete(row, target) ? deleteFrom(target) : Action::Nothing;
    }
    if (difference == newerOn(target) && m_rules.newerWins) {
        return Action::Nothing;
    }
    return mayCopy(row, target) ? copyTo(target) : Action::Conflict;
}

Action SyncPlan::proposedBothWays(qsizetype row) const
{
    for (const Side source : {Side::Left, Side::Right}) {
        const Difference difference = m_rows[row].difference;
        const bool isSource
            = difference == onlyOn(source) || (difference == newerOn(source) && m_rules.newerWins);
        if (isSource && mayCopy(row, otherSide(source))) {
            return copyTo(otherSide(source));
        }
    }
    return Action::Conflict;
}

bool SyncPlan::isBelowOtherType(qsizetype row) const
{
    for (qsizetype up = parentOf(row); up >= 0; up = parentOf(up)) {
        if (m_rows[up].difference == Difference::OtherType) {
            return true;
        }
    }
    return false;
}

bool SyncPlan::mayCopy(qsizetype row, Side to) const
{
    const TreeRow &pair = m_rows[row];
    const std::optional<Item> &source = pair.item(otherSide(to));
    const std::optional<Item> &target = pair.item(to);
    if (pair.difference == Difference::Unreadable || pair.difference == Difference::Equal
        || pair.difference == Difference::OtherType) {
        return false;
    }
    return source && source->isCopyable() && !pair.leadsOut(otherSide(to))
        && !(target && source->isDirectory()) && !isBelowOtherType(row);
}

// What both sides have stays, unless one is in the other's way.
bool SyncPlan::mayDelete(qsizetype row, Side from) const
{
    const TreeRow &pair = m_rows[row];
    const bool mayGo = pair.difference == onlyOn(from) || pair.difference == Difference::OtherType;
    return mayGo && pair.item(from) && !(pair.item(from)->isDirectory() && pair.holdsMore);
}

bool SyncPlan::allows(qsizetype row, Action action) const
{
    if (action == Action::Conflict || m_rows[row].difference == Difference::Unreadable) {
        return false;
    }
    if (action == Action::Nothing) {
        return true;
    }
    return isCopy(action) ? mayCopy(row, sideOf(action)) : mayDelete(row, sideOf(action));
}

QList<Action> SyncPlan::choices(qsizetype row) const
{
    if (isCommonDirectory(m_rows[row]) && m_rows[row].difference == Difference::Equal) {
        return {Action::Nothing, Action::CopyRight, Action::CopyLeft};
    }
    QList<Action> choices;
    for (const Action action : {Action::Nothing, Action::CopyRight, Action::CopyLeft,
                                Action::DeleteLeft, Action::DeleteRight}) {
        if (allows(row, action)) {
            choices.append(action);
        }
    }
    return choices;
}

SyncPlan::Range SyncPlan::setAction(qsizetype row, Action action)
{
    if (!choices(row).contains(action)) {
        return {row, row};
    }
    if (!isCommonDirectory(m_rows[row])) {
        replace(row, action);
    }
    for (qsizetype inside = row + 1; inside < endOf(row); ++inside) {
        if (allows(inside, action)) {
            replace(inside, action);
        } else if (isCopy(action) && isCopy(m_actions[static_cast<size_t>(inside)])) {
            replace(inside, Action::Nothing); // it went the other way
        }
    }
    return {followUp(row, action), endOf(row)};
}

// The first row that may have changed.
qsizetype SyncPlan::followUp(qsizetype row, Action action)
{
    qsizetype first = row;
    for (qsizetype up = parentOf(row); up >= 0; up = parentOf(up)) {
        const Action present = this->action(up);
        if (isCopy(action) && !m_rows[up].item(sideOf(action))) {
            replace(up, action);
        } else if (isDeletion(present) && present != action) {
            replace(up, Action::Nothing);
        }
        if (this->action(up) != present) {
            first = up;
        }
    }
    return first;
}

void SyncPlan::replace(qsizetype row, Action action)
{
    Action &present = m_actions[static_cast<size_t>(row)];
    count(row, present, Count::Down);
    present = action;
    count(row, present, Count::Up);
}

void SyncPlan::count(qsizetype row, Action action, Count count)
{
    // Unsigned numbers that wrap around: adding all ones takes one away.
    const quint64 step = count == Count::Up ? 1 : ~quint64{0};
    if (action == Action::Conflict) {
        m_conflicts += step;
    }
    if (!isCopy(action) && !isDeletion(action)) {
        return;
    }
    const TreeRow &pair = m_rows[row];
    const Side side = sideOf(action);
    SyncSums &sums = side == Side::Left ? m_left : m_right;
    const std::optional<Item> &moved = pair.item(isCopy(action) ? otherSide(side) : side);
    const bool isDirectory = moved && moved->isDirectory();
    if (isDeletion(action)) {
        (isDirectory ? sums.deletedDirectories : sums.deletedFiles) += step;
    } else if (isDirectory) {
        sums.directories += step;
    } else {
        sums.files += step;
        sums.replaced += pair.item(side) ? step : 0;
        const bool isFile = moved && moved->type() == files::FileType::Regular;
        sums.bytes += step * (isFile ? moved->attributes.size.value_or(0) : 0);
    }
}

bool SyncPlan::isEmpty() const
{
    return std::ranges::none_of(m_actions,
                                [](Action action) { return isCopy(action) || isDeletion(action); });
}

} // namespace synchronize
