#include "transfer/PartSweep.h"

#include "transfer/FileNames.h"

#include <utility>

namespace transfer {
namespace {

using base::Result;
using files::FileEntry;
using files::FilePath;
using files::FileType;

constexpr int mostInFlight = 8;

} // namespace

PartSweep::PartSweep(const TransferRequest &request, files::FileSystem *server, QObject *parent)
    : QObject(parent)
    , m_fileSystem(request.direction == Direction::Download ? &m_local : server)
    , m_target(request.targetDirectory)
    , m_ending(request.memory ? partEnding(request.memory->token) : QByteArray())
    , m_directories{request.targetDirectory}
{
    for (qsizetype i = 0; i < request.sources.size(); ++i) {
        const QByteArrayList names = request.targetNames.value(i);
        m_copied.insert(names.isEmpty() ? request.sources[i].name() : names.first());
    }
}

void PartSweep::start()
{
    if (m_fileSystem == nullptr || m_ending.isEmpty()) {
        deleteLater();
        return;
    }
    takeNext();
}

void PartSweep::takeNext()
{
    while (!m_directories.isEmpty() && m_inFlight < mostInFlight) {
        const FilePath directory = m_directories.takeLast();
        ++m_inFlight;
        m_fileSystem->list(directory)
            .then(this,
                  [this, directory](const Result<QList<FileEntry>> &entries) {
                      --m_inFlight;
                      handleContents(directory, entries.value_or(QList<FileEntry>()));
                      takeNext();
                  })
            .onCanceled(this, [this] { deleteLater(); }); // the server is gone
    }
    if (m_inFlight == 0) {
        deleteLater();
    }
}

// What can not be read or removed stays: nobody waits for it.
void PartSweep::handleContents(const FilePath &directory, const QList<FileEntry> &entries)
{
    const bool isTop = directory == m_target;
    for (const FileEntry &entry : entries) {
        const FileType type = entry.attributes.type();
        if (type == FileType::Directory && (!isTop || m_copied.contains(entry.name))) {
            m_directories.append(directory.child(entry.name));
        } else if (type == FileType::Regular && entry.name.endsWith(m_ending)) {
            ++m_inFlight;
            m_fileSystem->removeTree(directory.child(entry.name))
                .then(this, [this](const Result<void> &) {
                    --m_inFlight;
                    takeNext();
                });
        }
    }
}

} // namespace transfer
