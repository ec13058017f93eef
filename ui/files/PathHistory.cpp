#include "ui/files/PathHistory.h"

namespace ui {
namespace {

constexpr qsizetype limit = 200; // directories: more than anybody goes back

} // namespace

qsizetype PathHistory::indexAfter(Step step) const
{
    return m_current + (step == Step::Back ? -1 : 1);
}

void PathHistory::dropStep()
{
    if (m_expected < 0) {
        return;
    }
    m_directories.removeAt(m_expected);
    m_current -= m_expected < m_current ? 1 : 0;
    const qsizetype next = m_expected; // of the two that have become neighbors
    m_expected = -1;
    if (next > 0 && next < m_directories.size() && m_directories[next] == m_directories[next - 1]) {
        m_directories.removeAt(next);
        m_current -= next <= m_current ? 1 : 0;
    }
}

bool PathHistory::can(Step step) const
{
    const qsizetype index = indexAfter(step);
    return index >= 0 && index < m_directories.size();
}

std::optional<files::FilePath> PathHistory::take(Step step)
{
    if (!can(step)) {
        return std::nullopt;
    }
    m_expected = indexAfter(step);
    return m_directories[m_expected];
}

void PathHistory::shown(const files::FilePath &directory)
{
    if (m_current >= 0 && m_directories[m_current] == directory) {
        return; // listed anew, and a step may still be under way
    }
    if (m_expected >= 0 && m_directories[m_expected] == directory) {
        m_current = m_expected;
        m_expected = -1;
        return;
    }
    m_expected = -1;
    m_directories.resize(m_current + 1);
    m_directories.append(directory);
    if (m_directories.size() > limit) {
        m_directories.removeFirst();
    }
    m_current = m_directories.size() - 1;
}

} // namespace ui
