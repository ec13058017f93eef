// TreeDifference: what a copy of one directory into another would change there, and what is there
// beyond it. Lists both and changes nothing. Used by sync.

#pragma once

#include "base/Result.h"
#include "files/FileSystem.h"
#include "transfer/TransferRequest.h"

#include <QByteArrayList>
#include <QList>
#include <QObject>

#include <deque>

namespace transfer {

struct Difference
{
    enum class Kind {
        Create,
        Replace, // it differs in type, size or time
        Extra, // the source has nothing of this name
        Obstacle, // it can not be copied: a special file, or a directory and a file in each other's
                  // way
    };

    Kind kind = Kind::Create;
    QByteArrayList names; // below the two directories
    bool isDirectory = false; // what is created, or is beyond

    friend bool operator==(const Difference &, const Difference &) = default;
};

// Compares what a link of the same name holds too, as far as that is told.
bool isSameFile(const files::FileEntry &source, const files::FileEntry &target);

class TreeDifference final : public QObject
{
    Q_OBJECT

public:
    struct Place
    {
        files::FileSystem *files = nullptr; // outlives the comparison
        files::FilePath directory; // absolute, free of links
    };

    TreeDifference(Place source, Place target, LinkChoice links, QObject *parent = nullptr);

    void start();

signals:
    // Once. What is in a created or extra directory is not told of the extra one.
    void finished(const base::Result<QList<transfer::Difference>> &differences);

private:
    using Entries = QList<files::FileEntry>;

    struct Pair
    {
        QByteArrayList names;
        bool hasTarget = true;
        // Not below a link: what it leads to is not part of the target.
        bool mayHaveExtra = true;
    };

    void takePairs();
    void list(const Pair &pair);
    void listTarget(const Pair &pair, const Entries &source);
    void compare(const Pair &pair, const Entries &source, const Entries &target);
    void compareDirectory(const Pair &pair, const files::FileEntry *target);
    void compareFile(const QByteArrayList &names, const files::FileEntry &source,
                     const files::FileEntry *target);
    void compareLinks(const QByteArrayList &names);
    void add(Difference::Kind kind, const QByteArrayList &names, bool isDirectory = false);
    void settle();
    void finish(const base::Result<QList<Difference>> &result);

    Place m_source;
    Place m_target;
    LinkChoice m_links;
    std::deque<Pair> m_pairs;
    QList<Difference> m_differences;
    int m_busy = 0;
    bool m_isOver = false;
};

} // namespace transfer
