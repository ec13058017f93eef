// fuzzyScore(): how well a name fits what was typed, for lists that are searched while one types.

#pragma once

#include <QStringView>

#include <optional>

namespace ui {

// Absent unless all characters of `typed` stand in `name` in that order, whatever their case, or
// all its words in any order; spaces that were typed do not count. Higher is better: characters in
// a row, at the beginnings of words and near the front count more. 0 if nothing was typed.
std::optional<int> fuzzyScore(QStringView typed, QStringView name);

} // namespace ui
