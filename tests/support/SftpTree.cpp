#include "tests/support/SftpTree.h"

#include <algorithm>

namespace tests {
namespace {

constexpr int maxLinks = 8;

QByteArray prefixOf(const QByteArray &folder)
{
    return folder == "/" ? folder : folder + '/';
}

} // namespace

SftpTree::SftpTree()
{
    m_nodes["/"] = {.mode = 0040755};
}

QByteArray SftpTree::normalized(QByteArrayView path, QByteArrayView home)
{
    const QByteArray absolute
        = path.startsWith('/') ? path.toByteArray() : home.toByteArray() + '/' + path.toByteArray();
    QByteArrayList parts;
    for (const QByteArray &part : absolute.split('/')) {
        if (part == "..") {
            if (!parts.isEmpty()) {
                parts.removeLast();
            }
        } else if (!part.isEmpty() && part != ".") {
            parts += part;
        }
    }
    return '/' + parts.join('/');
}

QByteArray SftpTree::parentOf(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash <= 0 ? QByteArray("/") : path.first(slash);
}

QByteArray SftpTree::known(const QByteArray &path) const
{
    const auto same = std::ranges::find_if(m_nodes, [&path](const auto &entry) {
        return entry.first.compare(path, Qt::CaseInsensitive) == 0;
    });
    return m_folds && same != m_nodes.end() ? same->first : path;
}

SftpNode *SftpTree::find(const QByteArray &path)
{
    const auto found = m_nodes.find(known(path));
    return found == m_nodes.end() ? nullptr : &found->second;
}

const SftpNode *SftpTree::find(const QByteArray &path) const
{
    const auto found = m_nodes.find(known(path));
    return found == m_nodes.end() ? nullptr : &found->second;
}

QByteArray SftpTree::resolved(const QByteArray &path) const
{
    QByteArray target = path;
    for (int link = 0; link < maxLinks; ++link) {
        const SftpNode *node = find(target);
        if (!node || !node->isLink()) {
            break;
        }
        target = normalized(node->data, parentOf(target));
    }
    return target;
}

bool SftpTree::put(const QByteArray &path, const SftpNode &node)
{
    const SftpNode *parent = find(parentOf(path));
    if (!parent || !parent->isFolder()) {
        return false;
    }
    m_nodes[known(path)] = node;
    return true;
}

void SftpTree::remove(const QByteArray &path)
{
    m_nodes.erase(known(path));
}

void SftpTree::move(const QByteArray &from, const QByteArray &to)
{
    std::map<QByteArray, SftpNode> moved;
    std::erase_if(m_nodes, [&](const auto &entry) {
        const auto &[path, node] = entry;
        if (path != from && !path.startsWith(prefixOf(from))) {
            return false;
        }
        moved[to + path.sliced(from.size())] = node;
        return true;
    });
    moved.merge(m_nodes); // what moved wins over what it replaces
    m_nodes = std::move(moved);
}

QByteArrayList SftpTree::namesIn(const QByteArray &folder) const
{
    QByteArrayList names;
    for (const auto &[path, node] : m_nodes) {
        if (path != "/" && parentOf(path) == folder) {
            names += path.sliced(prefixOf(folder).size());
        }
    }
    return names;
}

} // namespace tests
