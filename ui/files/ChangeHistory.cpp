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

bool Creation::isStill(const files::FileEntry &present) const
{
    const files::FileAttributes &then = made.attributes;
    const files::FileAttributes &now = present.attributes;
    const bool isFolder = then.type() == files::FileType::Directory;
    return then.type() == now.type() && made.linkTarget == present.linkTarget
        && (isFolder || (then.size == now.size && then.modificationTime == now.modificationTime));
}

files::FilePath pathOf(const UndoStep &step)
{
    return std::visit(
        [](const auto &done) {
            using Step = std::decay_t<decltype(done)>;
            if constexpr (std::is_same_v<Step, Renaming>) {
                return done.from;
            } else if constexpr (std::is_same_v<Step, files::TrashedFile>) {
                return done.original;
            } else {
                return done.path;
            }
        },
        step);
}

QSet<files::FilePath> directoriesOf(const QList<UndoStep> &steps)
{
    QSet<files::FilePath> directories;
    for (const UndoStep &step : steps) {
        directories << pathOf(step).parent();
        if (const auto *renaming = std::get_if<Renaming>(&step)) {
            directories << renaming->to.parent();
        }
    }
    return directories;
}

quint64 ChangeHistory::add(UndoableChange change)
{
    if (change.steps.isEmpty()) {
        return 0;
    }
    const quint64 id = ++m_lastId;
    change.id = id;
    m_changes.append(std::move(change));
    while (m_changes.size() > mostChanges
           || (m_changes.size() > 1 && stepsIn(m_changes) > mostSteps)) {
        m_changes.removeFirst();
    }
    emit changed();
    return id;
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

const std::shared_ptr<ChangeHistory> &ChangeHistories::of(const QString &key)
{
    std::shared_ptr<ChangeHistory> &history = m_histories[key];
    if (history == nullptr) {
        history = std::make_shared<ChangeHistory>();
    }
    return history;
}

} // namespace ui
