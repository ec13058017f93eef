// TreeWatch: tells in which directories below one of this computer something has changed. Used by
// TreeKeeper.
//
// By inotify(7). A user has a limited number of watches (fs.inotify.max_user_watches), and each
// directory takes one. A file that is written for long counts as changed when it is closed.

#pragma once

#include "base/Error.h"
#include "files/FilePath.h"
#include "synchronize/PathFilter.h"

#include <QByteArrayList>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>

class QSocketNotifier;
struct inotify_event;

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
    // NoSpace: the system's limit is reached, which `quote` tells as "name = number" of sysctl(8).
    // NotFound: the directory itself is gone. Nothing is told after that.
    void failed(const base::Error &reason);

private:
    struct Shared; // with the thread that looks for directories
    struct Scan; // what it has found

    static Scan scan(const Shared &shared, const files::FilePath &root, const PathFilter &filter,
                     const QByteArray &path);
    void scanNext();
    void handleScan(const Scan &scan);
    void readEvents();
    void handleEvent(const inotify_event &event, const QByteArray &name);
    void handleEntry(quint32 events, const QByteArray &directory, const QByteArray &name);
    void forget(const QByteArray &directory);
    void note(const QByteArray &directory);
    void tell();
    void fail(const base::Error &reason);

    const files::FilePath m_root;
    const PathFilter m_filter;
    std::shared_ptr<Shared> m_shared; // see above
    std::unique_ptr<QSocketNotifier> m_notifier; // null: not started, or failed
    QHash<int, QByteArray> m_paths; // of directories, by the number of their watch
    std::deque<QByteArray> m_unscanned; // directories
    bool m_isScanning = false; // no events are read meanwhile
    bool m_hasStarted = false;
    QSet<QByteArray> m_changed; // directories that were not told yet
    bool m_isEverything = false; // likewise
    QTimer m_rest; // since the last change
    QElapsedTimer m_sinceFirst; // change that was not told yet
};

} // namespace synchronize
