// SyncEnd: whose files one side of the window that synchronizes shows.

#pragma once

#include "synchronize/TreeRow.h"

#include <QString>

#include <array>

namespace ui {

struct SyncEnd
{
    QString label; // what the user calls the server, safe to show; empty for this computer
    QString caution = {}; // see PanePlace::caution()

    bool isLocal() const { return label.isEmpty(); }
};

struct SyncEnds
{
    SyncEnd left;
    SyncEnd right;
    bool isSameMachine = false; // then the two directories may be the same one

    const SyncEnd &at(synchronize::Side side) const
    {
        return side == synchronize::Side::Left ? left : right;
    }
    SyncEnd &at(synchronize::Side side) { return side == synchronize::Side::Left ? left : right; }

    bool areCalledAlike() const { return left.label == right.label; }

    // Within a sentence: "this computer", "web01" or, if both are called so, "web01 (left)".
    QString name(synchronize::Side side) const;
};

inline constexpr std::array bothSides{synchronize::Side::Left, synchronize::Side::Right};

} // namespace ui
