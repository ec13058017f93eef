#include "ui/files/DirectoryLoader.h"

#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using Entries = QList<files::FileEntry>;

Entries arranged(const Entries &all, const files::NameFilter &filter,
                 const files::EntryOrder &order)
{
    Entries shown;
    shown.reserve(all.size());
    std::copy_if(all.begin(), all.end(), std::back_inserter(shown),
                 [&filter](const files::FileEntry &entry) { return filter.passes(entry); });
    return order.sorted(shown);
}

// The part of `path` below the login directory, if it is named relative to that.
std::optional<QByteArray> belowLogin(const files::FilePath &path)
{
    const QByteArray &bytes = path.bytes();
    if (bytes == "~" || bytes.startsWith("~/")) {
        return bytes.sliced(std::min<qsizetype>(2, bytes.size()));
    }
    return path.isAbsolute() ? std::nullopt : std::optional(bytes);
}

} // namespace

DirectoryLoader::DirectoryLoader(QObject *parent)
    : QObject(parent)
{
}

void DirectoryLoader::setFileSystem(files::FileSystem *fileSystem)
{
    stop();
    dropSearch();
    ++m_arrangement;
    m_fileSystem = fileSystem;
    m_directory = files::FilePath();
    m_entries.clear();
    m_owners = {}; // others have other names
    m_pattern.clear();
    m_isComplete = true;
    m_isArranging = false;
}

void DirectoryLoader::open(const files::FilePath &directory)
{
    if (m_fileSystem == nullptr) {
        return;
    }
    const auto rest = belowLogin(directory);
    if (!rest) {
        return list(directory.normalized());
    }
    const quint64 question = startQuestion({});
    m_fileSystem->canonical(files::FilePath())
        .then(this, [=, this](const base::Result<files::FilePath> &start) {
            if (isLate(question)) {
                return;
            }
            if (!start) {
                return fail(directory, start.error());
            }
            list(start->child(*rest).normalized());
        });
}

void DirectoryLoader::refresh()
{
    if (m_fileSystem == nullptr || m_directory.isEmpty()) {
        return;
    }
    if (m_search != nullptr) {
        startSearch();
    } else {
        list(m_directory);
    }
}

void DirectoryLoader::stop()
{
    if (m_isAsking) {
        ++m_question;
        m_isAsking = false;
        dropListing();
        if (m_search != nullptr) {
            m_search->giveUp(); // what it has found stays
        }
        emit stopped();
    }
}

QSet<QByteArray> DirectoryLoader::names() const
{
    QSet<QByteArray> names;
    names.reserve(m_entries.size());
    for (const files::FileEntry &entry : m_entries) {
        names.insert(entry.name);
    }
    return names;
}

void DirectoryLoader::setOrder(const files::EntryOrder &order)
{
    if (order != m_order) {
        m_order = order;
        arrange();
    }
}

void DirectoryLoader::setHidden(files::Hidden hidden)
{
    if (hidden != m_hidden) {
        m_hidden = hidden;
        arrange();
    }
}

void DirectoryLoader::setPattern(const QString &pattern)
{
    if (pattern != m_pattern) {
        m_pattern = pattern;
        arrange();
    }
}

void DirectoryLoader::list(const files::FilePath &directory)
{
    const quint64 question = startQuestion(directory);
    if (m_search != nullptr) {
        m_search->giveUp(); // what it has found stays until there is something else to show
    }
    auto *watcher = new QFutureWatcher<Listing>(this);
    m_watcher = watcher;
    // The last result is no part, and which one is the last shows at the end: so each is taken when
    // there is a further one.
    connect(watcher, &QFutureWatcher<Listing>::resultReadyAt, this, [=, this](int index) {
        if (index > 0 && !isLate(question)) {
            addPart(directory, watcher->resultAt(index - 1));
        }
    });
    connect(watcher, &QFutureWatcher<Listing>::finished, this, [=, this] {
        watcher->deleteLater();
        const QFuture<Listing> future = watcher->future();
        if (!isLate(question) && future.resultCount() > 0) {
            finish(directory, future.resultAt(future.resultCount() - 1));
        }
    });
    watcher->setFuture(m_fileSystem->listInParts(directory));
}

// What is shown already is not replaced by a part of itself.
void DirectoryLoader::addPart(const files::FilePath &directory, const Listing &part)
{
    if (!part || (directory == m_directory && m_isComplete)) {
        return;
    }
    if (directory != m_directory) {
        dropSearch();
        m_pattern.clear();
        m_directory = directory;
        m_entries.clear();
        m_isComplete = false;
    }
    m_entries += *part;
    if (m_isArranging) {
        m_hasNewPart = true; // otherwise parts that come quickly would never be seen
    } else {
        arrange();
    }
}

void DirectoryLoader::search(const files::SearchQuery &query,
                             const files::FileSearch::RunCommand &run)
{
    if (m_fileSystem != nullptr && !m_directory.isEmpty()) {
        m_query = query;
        m_run = run;
        startSearch();
    }
}

void DirectoryLoader::startSearch()
{
    startQuestion(m_directory);
    dropSearch();
    m_owners.learn(m_entries);
    m_entries.clear();
    m_isComplete = false;
    m_search = new files::FileSearch(*m_fileSystem, m_directory, m_query, m_run, this);
    connect(m_search, &files::FileSearch::found, this,
            [this](const QList<files::FileEntry> &entries) {
                m_entries += m_owners.completed(entries);
                if (m_isArranging) {
                    m_hasNewPart = true;
                } else {
                    arrange();
                }
            });
    connect(m_search, &files::FileSearch::finished, this, [this](const base::Result<void> &result) {
        m_isAsking = false;
        m_isComplete = true;
        if (result) {
            arrange();
        } else {
            emit failed(m_directory, result.error());
        }
    });
    arrange();
    m_search->start();
}

void DirectoryLoader::dropSearch()
{
    if (m_search != nullptr) {
        m_search->giveUp();
        m_search->deleteLater();
        m_search = nullptr;
    }
}

void DirectoryLoader::finish(const files::FilePath &directory, const Listing &entries)
{
    if (!entries) {
        return fail(directory, entries.error());
    }
    dropSearch();
    m_isAsking = false;
    if (directory != m_directory) {
        m_pattern.clear();
    }
    m_directory = directory;
    m_entries = *entries;
    m_isComplete = true;
    m_hasNewPart = false;
    arrange();
}

void DirectoryLoader::dropListing()
{
    if (m_watcher) {
        m_watcher->cancel(); // a long listing need not go on
        m_watcher->disconnect(this);
        m_watcher->deleteLater();
        m_watcher.clear();
    }
}

void DirectoryLoader::arrange()
{
    if (m_directory.isEmpty()) {
        return; // the first listing is still to come, and will be arranged as wanted by then
    }
    const quint64 arrangement = ++m_arrangement;
    m_isArranging = true;
    QtFuture::makeReadyValueFuture(m_entries)
        .then(QThreadPool::globalInstance(),
              [filter = files::NameFilter(m_hidden, m_pattern),
               order = m_order](const Entries &all) { return arranged(all, filter, order); })
        .then(this, [=, this, directory = m_directory](const Entries &shown) {
            if (arrangement != m_arrangement) {
                return;
            }
            m_isArranging = false;
            emit loaded(directory, shown);
            if (std::exchange(m_hasNewPart, false)) {
                arrange();
            }
        });
}

quint64 DirectoryLoader::startQuestion(const files::FilePath &directory)
{
    m_asked = directory;
    dropListing();
    m_isAsking = true;
    emit started();
    return ++m_question;
}

void DirectoryLoader::fail(const files::FilePath &directory, const base::Error &error)
{
    m_isAsking = false;
    emit failed(directory, error);
}

} // namespace ui
