// TreeWatch: tells in which directories below one of this computer something has changed. Used by
// TreeKeeper.
//
// By inotify(7), of which a user has a limited number of watches, one for each directory
// (fs.inotify.max_user_watches).

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "files/FilePath.h"
#include "synchronize/PathFilter.h"

#include <QByteArrayList>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <memory>

namespace synchronize {

class TreeWatch final : public QObject
{
    Q_OBJECT

public:
    // Nothing is told until there has been no change for `quietTime`, or for ten times as long if
    // they do not end. What the filter excludes is not watched.
    TreeWatch(files::FilePath root, const FilterRules &filter, std::chrono::milliseconds quietTime,
              QObject *parent = nullptr);
    ~TreeWatch() override;

    // started() or failed() follows. Directories are looked for by another thread.
    void start();

    qsizetype directories() const { return m_paths.size(); } // that are watched

signals:
    void started();
    // Paths of directories below the root, an empty one for itself: what is directly in these, or
    // in those new in these, may have changed. All of it may have if `isEverything`: the system has
    // lost count.
    void changed(const QByteArrayList &directories, bool isEverything);
    // NoSpace: the limit of watches is reached; `quote` is what it is. Nothing is told after that.
    void failed(const base::Error &reason);

private:
    QHash<int, QByteArray> m_paths; // by watch
};

} // namespace synchronize
