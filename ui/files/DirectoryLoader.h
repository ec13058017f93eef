// DirectoryLoader: what a file pane knows of the directory it shows. Lists, filters and sorts off
// the main thread, and lets late answers to older questions fall. What a large directory has told
// is shown while the rest is still to come.

#pragma once

#include "base/Error.h"
#include "files/EntryOrder.h"
#include "files/FileSearch.h"
#include "files/FileSystem.h"
#include "files/ListedOwners.h"
#include "files/NameFilter.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QSet>

namespace ui {

class DirectoryLoader final : public QObject
{
    Q_OBJECT

public:
    explicit DirectoryLoader(QObject *parent = nullptr);

    // Borrowed, may be null. Forgets the directory and what was asked of the last one.
    void setFileSystem(files::FileSystem *fileSystem);
    files::FileSystem *fileSystem() const { return m_fileSystem; }

    // Goes to `directory`. An empty path is where a login starts, and relative ones, also those
    // that begin with "~/", are taken from there. Ends with loaded() or failed().
    void open(const files::FilePath &directory);
    // Shows what is found below the directory instead of what is in it, until it is opened again.
    // `run` may be null, see files::FileSearch.
    void search(const files::SearchQuery &query, const files::FileSearch::RunCommand &run);
    // The search that is shown, or null.
    const files::FileSearch *found() const { return m_search; }

    void refresh(); // also a search
    void stop(); // gives up what is under way; stopped() follows if there was anything

    void setOrder(const files::EntryOrder &order);
    void setHidden(files::Hidden hidden);
    // As files::NameFilter takes it. Another directory is shown without it.
    void setPattern(const QString &pattern);

    const files::FilePath &directory() const { return m_directory; } // empty before the first
    QSet<QByteArray> names() const; // all that it holds, filtered out or not
    files::EntryOrder order() const { return m_order; }
    files::Hidden hidden() const { return m_hidden; }
    bool isReading() const { return m_isAsking; }
    bool isLeaving() const { return m_isAsking && m_asked != m_directory; } // for another one
    bool isComplete() const { return m_isComplete; } // false: reading was stopped, or goes on

signals:
    void started(); // a question to the file system: loaded() or failed() follows the last one
    // Also after a change of order or filter alone, and for a part while isReading().
    void loaded(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    void stopped();
    void failed(const files::FilePath &directory, const base::Error &error);

private:
    using Listing = base::Result<QList<files::FileEntry>>;

    void list(const files::FilePath &directory);
    void addPart(const files::FilePath &directory, const Listing &part);
    void finish(const files::FilePath &directory, const Listing &entries);
    void dropListing();
    void startSearch();
    void dropSearch();
    void arrange();
    quint64 startQuestion(const files::FilePath &directory);
    void fail(const files::FilePath &directory, const base::Error &error);
    bool isLate(quint64 question) const { return question != m_question; }

    files::FileSystem *m_fileSystem = nullptr;
    files::FilePath m_directory;
    files::FilePath m_asked; // of the last question; empty: not known yet
    QList<files::FileEntry> m_entries; // all of them, unsorted
    files::ListedOwners m_owners; // that were listed, for what is found
    files::EntryOrder m_order;
    files::Hidden m_hidden = files::Hidden::Exclude;
    QString m_pattern; // empty: every name
    // Both count, so that an answer knows whether it is still wanted.
    quint64 m_question = 0;
    quint64 m_arrangement = 0;
    bool m_isAsking = false;
    bool m_isComplete = true;
    bool m_isArranging = false;
    bool m_hasNewPart = false; // since that began
    QPointer<QFutureWatcher<Listing>> m_watcher; // of the listing that is asked for
    files::FileSearch *m_search = nullptr; // under way, or done and shown
    files::SearchQuery m_query; // of that
    files::FileSearch::RunCommand m_run;
};

} // namespace ui
