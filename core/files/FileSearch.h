// FileSearch: looks for files below a directory: by a command of the place where it has a shell,
// else by walking through all of it. Used by the panes.

#pragma once

#include "files/FileSystem.h"
#include "files/SearchQuery.h"

#include <QFutureWatcher>
#include <QObject>

#include <functional>

namespace files {

class FileSearch final : public QObject
{
    Q_OBJECT

public:
    // Runs a command where the files are, and yields what it prints.
    using RunCommand = std::function<QFuture<base::Result<QByteArray>>(const QByteArray &command)>;

    enum class Way { Command, Walk };

    static constexpr qsizetype mostFound = 10'000;

    // The file system must outlive this. Without a command it walks at once.
    FileSearch(FileSystem &fileSystem, FilePath directory, SearchQuery query, RunCommand run,
               QObject *parent = nullptr);
    ~FileSearch() override; // gives up

    void start();
    void giveUp(); // asks nothing more of the file system, and says nothing more
    Way way() const { return m_way; }
    bool isCut() const { return m_found >= mostFound; } // there is more

signals:
    // Their names are paths relative to the directory.
    void found(const QList<files::FileEntry> &entries);
    void finished(const base::Result<void> &result); // once, the last signal

private:
    using Listing = base::Result<QList<FileEntry>>;

    void handleCommand();
    void lookAtNext();
    void walk();
    void handleListing(const QByteArray &below, const Listing &listing);
    void readNext();
    void add(const FileEntry &entry);
    void finishIfDone();
    void finish(const base::Result<void> &result);

    FileSystem &m_fileSystem;
    const FilePath m_directory;
    const SearchQuery m_query;
    const RunCommand m_run;
    Way m_way = Way::Walk;
    QFutureWatcher<base::Result<QByteArray>> m_command;
    QList<QByteArray> m_paths; // found by the command, not looked at yet
    QList<QByteArray> m_directories; // to be listed, relative
    QList<FileEntry> m_candidates; // whose content is to be read
    qint64 m_now;
    qsizetype m_found = 0;
    int m_inFlight = 0;
    bool m_isReading = false;
    bool m_isFinished = false;
};

} // namespace files
