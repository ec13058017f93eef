#include "files/FileSearch.h"

#include "files/SearchMark.h"

#include <QDateTime>

#include <utility>

namespace files {
namespace {

using base::ErrorKind;
using base::Failure;
using base::Result;

constexpr int mostRequests = 32;

// Of a file that is searched from here: what is larger is read up to this.
constexpr quint32 readBytes = quint32{16} * 1024 * 1024;

QByteArray joined(const QByteArray &below, const QByteArray &name)
{
    return below.isEmpty() ? name : below + '/' + name;
}

} // namespace

FileSearch::FileSearch(FileSystem &fileSystem, FilePath directory, SearchQuery query,
                       RunCommand run, QObject *parent)
    : QObject(parent)
    , m_fileSystem(fileSystem)
    , m_directory(std::move(directory))
    , m_query(std::move(query))
    , m_run(std::move(run))
    , m_now(QDateTime::currentSecsSinceEpoch())
{
    connect(&m_command, &QFutureWatcherBase::finished, this, &FileSearch::handleCommand);
}

FileSearch::~FileSearch()
{
    giveUp();
}

void FileSearch::giveUp()
{
    m_isFinished = true;
    m_command.disconnect(this);
    m_command.cancel();
}

void FileSearch::start()
{
    if (m_run) {
        m_way = Way::Command;
        m_command.setFuture(m_run(m_query.findCommand(m_directory)));
        return;
    }
    m_directories = {QByteArray()};
    walk();
}

// Where there is no shell, or no find in it, there is still the long way.
void FileSearch::handleCommand()
{
    const auto future = m_command.future();
    const auto output = future.resultCount() > 0
        ? future.result()
        : Result<QByteArray>(Failure(base::Error{.kind = ErrorKind::Unsupported}));
    if (output && output->startsWith(searchMark)) { // which is no path that could be found
        m_paths = foundPaths(*output);
        return lookAtNext();
    }
    if (!output && output.error().kind == ErrorKind::ConnectionLost) {
        return finish(Failure(output.error()));
    }
    m_way = Way::Walk;
    m_directories = {QByteArray()};
    walk();
}

void FileSearch::lookAtNext()
{
    while (!m_paths.isEmpty() && m_inFlight < mostRequests && !isCut()) {
        const QByteArray path = m_paths.takeFirst();
        ++m_inFlight;
        m_fileSystem.status(m_directory.child(path))
            .then(this, [this, path](const Result<FileEntry> &entry) {
                --m_inFlight;
                if (m_isFinished) {
                    return;
                }
                if (entry) { // else it has vanished meanwhile
                    FileEntry shown = *entry;
                    shown.name = path;
                    add(shown);
                }
                lookAtNext();
            });
    }
    if (m_inFlight == 0) {
        finish({});
    }
}

void FileSearch::walk()
{
    while (!m_directories.isEmpty() && m_inFlight < mostRequests && !isCut()) {
        const QByteArray below = m_directories.takeLast(); // deep before wide keeps it short
        const FilePath path = below.isEmpty() ? m_directory : m_directory.child(below);
        ++m_inFlight;
        m_fileSystem.list(path).then(this, [this, below](const Listing &listing) {
            --m_inFlight;
            if (!m_isFinished) {
                handleListing(below, listing);
            }
        });
    }
    finishIfDone();
}

void FileSearch::handleListing(const QByteArray &below, const Listing &listing)
{
    if (!listing && below.isEmpty()) {
        return finish(Failure(listing.error()));
    }
    for (const FileEntry &entry : listing.value_or(QList<FileEntry>())) {
        FileEntry found = entry;
        found.name = joined(below, entry.name);
        if (entry.attributes.type() == FileType::Directory) {
            m_directories.append(found.name);
        }
        if (!m_query.matches(entry, m_now)) {
            continue;
        }
        if (m_query.content.isEmpty()) {
            add(found);
        } else {
            m_candidates.append(found);
        }
    }
    readNext();
    walk();
}

// One at a time: they are large.
void FileSearch::readNext()
{
    if (m_isReading || m_candidates.isEmpty() || isCut()) {
        return;
    }
    m_isReading = true;
    const FileEntry entry = m_candidates.takeLast();
    m_fileSystem.readPart(m_directory.child(entry.name), 0, readBytes)
        .then(this, [this, entry](const Result<QByteArray> &data) {
            m_isReading = false;
            if (m_isFinished) {
                return;
            }
            if (data && data->contains(m_query.content)) {
                add(entry);
            }
            readNext();
            finishIfDone();
        });
}

void FileSearch::add(const FileEntry &entry)
{
    if (!isCut()) {
        ++m_found;
        emit found({entry});
    }
}

void FileSearch::finishIfDone()
{
    const bool isDone = isCut() || (m_directories.isEmpty() && m_candidates.isEmpty());
    if (isDone && m_inFlight == 0 && !m_isReading) {
        finish({});
    }
}

void FileSearch::finish(const Result<void> &result)
{
    if (!std::exchange(m_isFinished, true)) {
        emit finished(result);
    }
}

} // namespace files
