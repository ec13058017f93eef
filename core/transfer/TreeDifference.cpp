#include "transfer/TreeDifference.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using base::Failure;
using base::Result;
using files::FileEntry;
using files::FilePath;
using files::FileType;

constexpr int mostBusy = 16; // directories, each with two listings

FilePath below(const FilePath &directory, const QByteArrayList &names)
{
    return names.isEmpty() ? directory : directory.child(names.join('/'));
}

} // namespace

bool isSameFile(const FileEntry &source, const FileEntry &target)
{
    if (source.attributes.type() == FileType::SymbolicLink) {
        return target.attributes.type() == FileType::SymbolicLink
            && source.linkTarget == target.linkTarget;
    }
    return isCopyOf(source.attributes, target.attributes);
}

TreeDifference::TreeDifference(Place source, Place target, LinkChoice links, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_target(std::move(target))
    , m_links(links)
{
}

void TreeDifference::start()
{
    m_pairs.push_back({});
    takePairs();
}

void TreeDifference::takePairs()
{
    while (!m_isOver && m_busy < mostBusy && !m_pairs.empty()) {
        const Pair pair = std::move(m_pairs.front());
        m_pairs.pop_front();
        ++m_busy;
        list(pair);
    }
    if (!m_isOver && m_busy == 0) {
        std::ranges::sort(m_differences, {},
                          [](const Difference &difference) { return difference.names.join('/'); });
        finish(m_differences);
    }
}

void TreeDifference::list(const Pair &pair)
{
    m_source.files->list(below(m_source.directory, pair.names))
        .then(this, [this, pair](const Result<Entries> &entries) {
            if (!entries) {
                finish(Failure(entries.error()));
            } else if (pair.hasTarget) {
                listTarget(pair, *entries);
            } else {
                compare(pair, *entries, {});
            }
        });
}

// Only the first one may be missing: it is made then.
void TreeDifference::listTarget(const Pair &pair, const Entries &source)
{
    m_target.files->list(below(m_target.directory, pair.names))
        .then(this, [this, pair, source](const Result<Entries> &entries) {
            const bool isMissing = !entries && pair.names.isEmpty()
                && entries.error().kind == base::ErrorKind::NotFound;
            if (entries || isMissing) {
                compare(pair, source, entries.value_or(Entries()));
            } else {
                finish(Failure(entries.error()));
            }
        });
}

void TreeDifference::compare(const Pair &pair, const Entries &source, const Entries &target)
{
    QHash<QByteArray, const FileEntry *> left;
    for (const FileEntry &entry : target) {
        left.insert(entry.name, &entry);
    }
    for (const FileEntry &entry : source) {
        const FileEntry *counterpart = left.take(entry.name);
        Pair inner = pair;
        inner.names.append(entry.name);
        if (entry.attributes.type() == FileType::Directory) {
            compareDirectory(inner, counterpart);
        } else {
            compareFile(inner.names, entry, counterpart);
        }
    }
    if (pair.mayHaveExtra) {
        for (const FileEntry *extra : std::as_const(left)) {
            add(Difference::Kind::Extra, pair.names + QByteArrayList{extra->name},
                extra->attributes.type() == FileType::Directory);
        }
    }
    settle();
}

// A link to a directory is followed on a server, as a copy does.
void TreeDifference::compareDirectory(const Pair &pair, const FileEntry *target)
{
    Pair inner = pair;
    inner.hasTarget = target != nullptr;
    if (target == nullptr) {
        add(Difference::Kind::Create, inner.names, true);
    } else if (target->attributes.type() != FileType::Directory) {
        if (!target->isEnterable()) {
            add(Difference::Kind::Obstacle, inner.names);
            return;
        }
        inner.mayHaveExtra = false;
    }
    m_pairs.push_back(inner);
}

void TreeDifference::compareFile(const QByteArrayList &names, const FileEntry &source,
                                 const FileEntry *target)
{
    const FileType type = source.attributes.type();
    if (type == FileType::SymbolicLink && m_links == LinkChoice::Skip) {
        return;
    }
    const bool isSpecial = type != FileType::Regular && type != FileType::SymbolicLink;
    const bool isInTheWay = target != nullptr && target->attributes.type() == FileType::Directory;
    if (isSpecial || isInTheWay) {
        add(Difference::Kind::Obstacle, names);
    } else if (target == nullptr) {
        add(Difference::Kind::Create, names);
    } else if (type == FileType::SymbolicLink
               && target->attributes.type() == FileType::SymbolicLink) {
        compareLinks(names);
    } else if (!isSameFile(source, *target)) {
        add(Difference::Kind::Replace, names);
    }
}

// A listing does not tell what they hold.
void TreeDifference::compareLinks(const QByteArrayList &names)
{
    ++m_busy;
    m_source.files->status(below(m_source.directory, names))
        .then(this, [this, names](const Result<FileEntry> &source) {
            if (!source) {
                finish(Failure(source.error()));
                return;
            }
            m_target.files->status(below(m_target.directory, names))
                .then(this, [this, names, source](const Result<FileEntry> &target) {
                    if (!target || !isSameFile(*source, *target)) {
                        add(Difference::Kind::Replace, names);
                    }
                    settle();
                });
        });
}

void TreeDifference::add(Difference::Kind kind, const QByteArrayList &names, bool isDirectory)
{
    m_differences.append({kind, names, isDirectory});
}

void TreeDifference::settle()
{
    --m_busy;
    takePairs();
}

void TreeDifference::finish(const Result<QList<Difference>> &result)
{
    if (!m_isOver) {
        m_isOver = true;
        emit finished(result);
    }
}

} // namespace transfer
