#include "transfer/PartSweep.h"

#include "sftp/Client.h"
#include "transfer/FileNames.h"

#include <utility>

namespace transfer {
namespace {

using base::Result;
using files::FileEntry;
using files::FilePath;
using files::FileType;

constexpr int mostInFlight = 8;

// No transfer goes deeper, and what never ends is left alone.
constexpr int mostDepth = 100;
constexpr int mostDirectories = 100'000;

} // namespace

PartSweep::PartSweep(LeftParts parts, sftp::Client *server, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_server(server)
    , m_fileSystem(m_parts.request.direction == Direction::Download
                       ? static_cast<files::FileSystem &>(m_local)
                       : *server)
    , m_ending(partEnding(m_parts.request.memory->token))
{
    const TransferRequest &request = m_parts.request;
    for (qsizetype i = 0; i < request.sources.size(); ++i) {
        const QByteArrayList names = request.targetNames.value(i);
        m_copied.insert(names.isEmpty() ? request.sources[i].name() : names.first());
    }
}

// A server answers behind all that the transfer's run was told and has asked: what that still does
// is done.
void PartSweep::start()
{
    if (m_server == nullptr) {
        begin();
        return;
    }
    m_server->canonical(FilePath(".")).then(this, [this](const Result<FilePath> &answer) {
        if (!answer && isLost(answer.error())) {
            finish(false);
        } else {
            begin();
        }
    });
}

void PartSweep::begin()
{
    if (m_parts.mustSearch) {
        m_directories.append({m_parts.request.targetDirectory});
    }
    takeNext();
}

void PartSweep::takeNext()
{
    while (!m_isOver && m_inFlight < mostInFlight) {
        if (!m_found.isEmpty()) {
            remove(m_found.takeLast());
        } else if (!m_directories.isEmpty() && m_seen < mostDirectories) {
            look(m_directories.takeLast());
        } else {
            break;
        }
    }
    if (m_inFlight == 0) {
        finish(true);
    }
}

void PartSweep::look(const Directory &directory)
{
    ++m_inFlight;
    ++m_seen;
    m_fileSystem.list(directory.path)
        .then(this, [this, directory](const Result<QList<FileEntry>> &entries) {
            --m_inFlight;
            if (!entries && isLost(entries.error())) {
                finish(false);
                return;
            }
            handleContents(directory, entries.value_or(QList<FileEntry>()));
            takeNext();
        });
}

void PartSweep::handleContents(const Directory &directory, const QList<FileEntry> &entries)
{
    const bool isTop = directory.depth == 0;
    for (const FileEntry &entry : entries) {
        const FileType type = entry.attributes.type();
        const FilePath path = directory.path.child(entry.name);
        if (type == FileType::Directory && (!isTop || m_copied.contains(entry.name))
            && directory.depth < mostDepth) {
            m_directories.append({path, directory.depth + 1});
        } else if (type == FileType::Regular && entry.name.endsWith(m_ending)) {
            m_found.append(path);
        }
    }
}

// What can not be read or removed stays: nobody waits for it.
void PartSweep::remove(const FilePath &part)
{
    ++m_inFlight;
    m_fileSystem.removeFile(part).then(this, [this](const Result<void> &removed) {
        --m_inFlight;
        if (!removed && isLost(removed.error())) {
            finish(false);
        } else {
            takeNext();
        }
    });
}

// It tells of the connection to what has the parts.
bool PartSweep::isLost(const base::Error &error) const
{
    return m_parts.request.direction != Direction::Download
        && (error.kind == base::ErrorKind::Cancelled || base::isTransient(error.kind));
}

// An answer that was there already is heard within the call.
void PartSweep::finish(bool isDone)
{
    if (!std::exchange(m_isOver, true)) {
        QMetaObject::invokeMethod(
            this, [this, isDone] { emit finished(isDone); }, Qt::QueuedConnection);
    }
}

} // namespace transfer
