// SyncPlan: what is to be done about each row of a comparison, by rules and by what the user says
// otherwise. A value; does no input or output. Shown by the window that synchronizes, carried out
// by SyncRun.

#pragma once

#include "synchronize/TreeRow.h"

#include <QList>

#include <vector>

namespace synchronize {

enum class Action {
    Nothing,
    // The other side gets what this side has, in place of what it has; of a directory that it has
    // not, the directory.
    CopyRight,
    CopyLeft,
    DeleteLeft,
    DeleteRight,
    Conflict, // nothing is done: the rules do not say what, or it can not be done
};

constexpr bool isCopy(Action action)
{
    return action == Action::CopyLeft || action == Action::CopyRight;
}

constexpr bool isDeletion(Action action)
{
    return action == Action::DeleteLeft || action == Action::DeleteRight;
}

struct SyncRules
{
    enum class Direction { ToRight, ToLeft, BothWays };

    Direction direction = Direction::ToRight;
    // What the source has not is deleted. Never both ways: without a memory nobody knows what is
    // new on one side and what was deleted on the other.
    bool deletes = false;
    // One way: what is newer at the target stays. Both ways: the newer one replaces the other one;
    // without this, what differs is a conflict.
    bool newerWins = false;

    friend bool operator==(const SyncRules &, const SyncRules &) = default;
};

// What a plan comes to, for one side.
struct SyncSums
{
    quint64 files = 0; // and links, that are copied there
    quint64 replaced = 0; // of these, in place of something
    quint64 bytes = 0; // of these, as far as they are told
    quint64 directories = 0; // that are made there
    quint64 deletedFiles = 0; // all that is no directory
    quint64 deletedDirectories = 0;

    friend bool operator==(const SyncSums &, const SyncSums &) = default;
};

class SyncPlan
{
public:
    SyncPlan() = default;

    // Rows in the order of comparePaths(), each with the rows of the directories that it is in.
    explicit SyncPlan(TreeRows rows, const SyncRules &rules = {});

    const TreeRows &rows() const { return m_rows; }
    qsizetype size() const { return m_rows.size(); }
    const SyncRules &rules() const { return m_rules; }
    void setRules(const SyncRules &rules); // and forgets what the user has said

    Action action(qsizetype row) const { return m_actions[static_cast<size_t>(row)]; }
    Action proposed(qsizetype row) const; // by the rules alone

    // What setAction() takes. A directory that both sides have takes the copies, for all that is in
    // it, though nothing is done to itself. Empty for what can not be read.
    QList<Action> choices(qsizetype row) const;

    // From the first to the last row that may have changed; the end is not included.
    struct Range
    {
        qsizetype first = 0;
        qsizetype end = 0;
    };

    // Ignored if it is none of choices(). What is in a directory goes along where it can; the
    // directories around it follow as far as needed: to copy a file they are made, and where
    // something stays they stay too.
    Range setAction(qsizetype row, Action action);

    qsizetype parentOf(qsizetype row) const { return m_parents[static_cast<size_t>(row)]; } // or -1
    qsizetype endOf(qsizetype row) const
    {
        return m_ends[static_cast<size_t>(row)];
    } // of what is
      // in it

    // Kept up to date: costs nothing.
    const SyncSums &sums(Side side) const { return side == Side::Left ? m_left : m_right; }
    quint64 conflicts() const { return m_conflicts; }
    quint64 unreadable() const { return m_unreadable; }
    bool isEmpty() const; // nothing is to be done

private:
    enum class Count { Up, Down };

    Action proposedOneWay(qsizetype row) const;
    Action proposedBothWays(qsizetype row) const;
    bool isBelowOtherType(qsizetype row) const;
    bool mayCopy(qsizetype row, Side to) const;
    bool mayDelete(qsizetype row, Side from) const;
    bool allows(qsizetype row, Action action) const;
    void link();
    void propose();
    void replace(qsizetype row, Action action);
    void count(qsizetype row, Action action, Count count);
    qsizetype followUp(qsizetype row, Action action);

    TreeRows m_rows;
    SyncRules m_rules;
    std::vector<Action> m_actions;
    std::vector<qsizetype> m_parents;
    std::vector<qsizetype> m_ends;
    SyncSums m_left;
    SyncSums m_right;
    quint64 m_conflicts = 0;
    quint64 m_unreadable = 0;
};

} // namespace synchronize
