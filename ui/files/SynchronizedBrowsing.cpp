#include "ui/files/SynchronizedBrowsing.h"

#include "ui/files/FilePane.h"

#include <utility>

namespace ui {

SynchronizedBrowsing::SynchronizedBrowsing(QObject *parent)
    : QObject(parent)
{
}

void SynchronizedBrowsing::setPanes(FilePane &left, FilePane &right)
{
    for (const Side *side : {&m_left, &m_right}) {
        if (side->pane != nullptr) {
            side->pane->disconnect(this);
        }
    }
    m_left.pane = &left;
    m_right.pane = &right;
    watch(m_left, m_right);
    watch(m_right, m_left);
    begin();
}

void SynchronizedBrowsing::setOn(bool isOn)
{
    m_isOn = isOn;
    begin();
}

void SynchronizedBrowsing::forget(const FilePane &pane)
{
    for (Side *side : {&m_left, &m_right}) {
        if (side->pane == &pane) {
            side->directory = {};
            side->expected = {};
        }
    }
}

void SynchronizedBrowsing::begin()
{
    for (Side *side : {&m_left, &m_right}) {
        side->directory = side->pane->directory();
        side->expected = {};
    }
}

void SynchronizedBrowsing::watch(Side &side, Side &other)
{
    connect(side.pane, &FilePane::directoryChanged, this,
            [this, &side, &other](const files::FilePath &directory) {
                const files::FilePath last = std::exchange(side.directory, directory);
                const bool wasLed = std::exchange(side.expected, files::FilePath()) == directory;
                if (!m_isOn || wasLed) {
                    return;
                }
                const files::FilePath target = followed(last, directory, other.pane->directory());
                if (!target.isEmpty()) {
                    other.expected = target;
                    other.pane->goTo(target);
                }
            });
}

files::FilePath SynchronizedBrowsing::followed(const files::FilePath &from,
                                               const files::FilePath &to,
                                               const files::FilePath &other)
{
    if (from.isEmpty() || to.isEmpty() || other.isEmpty() || from == to) {
        return {};
    }
    if (from.contains(to)) { // further down
        QByteArray way = to.bytes().sliced(from.isRoot() ? 1 : from.bytes().size() + 1);
        return other.child(way).normalized();
    }
    if (!to.contains(from)) {
        return {};
    }
    files::FilePath target = other;
    for (files::FilePath up = from; up != to; up = up.parent()) {
        if (target.isRoot()) {
            return {};
        }
        target = target.parent();
    }
    return target;
}

} // namespace ui
