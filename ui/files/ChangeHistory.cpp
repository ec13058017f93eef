#include "ui/files/ChangeHistory.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ui {
namespace {

constexpr qsizetype mostChanges = 100;
constexpr qsizetype mostSteps = 500'000; // some hundred bytes each

qsizetype stepsIn(const QList<UndoableChange> &changes)
{
    return std::accumulate(
        changes.begin(), changes.end(), qsizetype{0},
        [](qsizetype sum, const UndoableChange &change) { return sum + change.steps.size(); });
}

} // namespace

void ChangeHistory::add(UndoableChange change)
{
    if (change.steps.isEmpty()) {
        return;
    }
    change.id = ++m_lastId;
    m_changes.append(std::move(change));
    while (m_changes.size() > mostChanges
           || (m_changes.size() > 1 && stepsIn(m_changes) > mostSteps)) {
        m_changes.removeFirst();
    }
    emit changed();
}

UndoableChange ChangeHistory::take(quint64 id)
{
    const auto found = std::ranges::find(m_changes, id, &UndoableChange::id);
    if (found == m_changes.end()) {
        return {};
    }
    UndoableChange taken = std::move(*found);
    m_changes.erase(found);
    emit changed();
    return taken;
}

void ChangeHistory::clear()
{
    m_changes.clear();
    emit changed();
}

} // namespace ui
