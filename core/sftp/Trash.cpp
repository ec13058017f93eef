// moveToTrash() and restore(): each step waits for the one before, for each depends on it.

#include "files/Trash.h"

#include "sftp/FileOperations.h"

#include <memory>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using files::TrashedFile;
using files::TrashPlace;

FileAttributes privateMode(quint32 bits)
{
    FileAttributes attributes;
    attributes.permissions = bits;
    return attributes;
}

// One move. The callbacks of its requests keep it alive.
class TrashMove : public std::enable_shared_from_this<TrashMove>
{
public:
    TrashMove(Engine &engine, const FilePath &path, Engine::Answered<TrashedFile> answered)
        : m_engine(engine)
        , m_path(path)
        , m_answered(std::move(answered))
    {
    }

    void start();

private:
    void tryPlace(const TrashPlace &place);
    void makeWay(QList<FilePath> directories, std::function<void()> then);
    void tryName();
    void writeInfo(const Handle &handle);
    void moveFile();
    void handleRefusal(const Error &error);
    void refuse(const Error &error);

    Engine &m_engine;
    FilePath m_path;
    Engine::Answered<TrashedFile> m_answered;
    TrashPlace m_trash;
    TrashedFile m_place;
    int m_attempt = 0;
    bool m_isBeside = false;
};

void TrashMove::start()
{
    m_engine.linkStatus(m_path, [self = shared_from_this()](const Result<FileAttributes> &found) {
        if (!found) {
            self->m_answered(Failure(found.error()));
            return;
        }
        self->m_engine.realPath(FilePath(QByteArrayLiteral(".")),
                                [self](const Result<FilePath> &home) {
                                    if (home) {
                                        self->tryPlace(TrashPlace::ofHome(*home));
                                    } else {
                                        self->refuse(home.error());
                                    }
                                });
    });
}

void TrashMove::tryPlace(const TrashPlace &place)
{
    m_trash = place;
    m_attempt = 0;
    QList<FilePath> way{place.files(), place.info(), place.directory};
    if (!m_isBeside) { // .local/share may be missing too
        way << place.directory.parent() << place.directory.parent().parent();
    }
    makeWay(way, [self = shared_from_this()] { self->tryName(); });
}

// The last one first. One that is there already is no failure; whether it serves shows later.
void TrashMove::makeWay(QList<FilePath> directories, std::function<void()> then)
{
    if (directories.isEmpty()) {
        then();
        return;
    }
    const FilePath directory = directories.takeLast();
    m_engine.makeDirectory(directory, privateMode(0700),
                           [self = shared_from_this(), directories, then = std::move(then)](
                               const Result<void> &) { self->makeWay(directories, then); });
}

// The information is written first: its name is then taken for this file.
void TrashMove::tryName()
{
    m_place = m_trash.placeFor(m_path, m_attempt);
    const OpenFlags flags = OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive;
    m_engine.open(m_place.info, flags, privateMode(0600),
                  [self = shared_from_this()](const Result<Handle> &handle) {
                      if (handle) {
                          self->writeInfo(*handle);
                      } else {
                          self->handleRefusal(handle.error());
                      }
                  });
}

// Servers say no more than "failure" when a name is taken.
void TrashMove::handleRefusal(const Error &error)
{
    m_engine.linkStatus(m_place.info,
                        [self = shared_from_this(), error](const Result<FileAttributes> &taken) {
                            if (taken && ++self->m_attempt < files::mostTrashNames) {
                                self->tryName();
                            } else {
                                self->refuse(error);
                            }
                        });
}

void TrashMove::writeInfo(const Handle &handle)
{
    const QByteArray text = files::trashInfo(m_path, QDateTime::currentDateTime());
    m_engine.write(handle, 0, text,
                   [self = shared_from_this(), handle](const Result<void> &written) {
                       self->m_engine.close(handle, [self, written](const Result<void> &) {
                           if (written) {
                               self->moveFile();
                           } else {
                               self->m_engine.remove(self->m_place.info, [](const auto &) { });
                               self->refuse(written.error());
                           }
                       });
                   });
}

void TrashMove::moveFile()
{
    renameWithoutReplacing(m_engine, m_path, m_place.file,
                           [self = shared_from_this()](const Result<void> &moved) {
                               if (moved) {
                                   self->m_answered(self->m_place);
                                   return;
                               }
                               self->m_engine.remove(self->m_place.info, [](const auto &) { });
                               self->refuse(moved.error());
                           });
}

// The home directory may be on another file system, or not be ours to write: then the file is kept
// where it is, out of sight.
void TrashMove::refuse(const Error &error)
{
    if (m_isBeside || error.kind == ErrorKind::ConnectionLost) {
        m_answered(Failure(error));
        return;
    }
    m_isBeside = true;
    tryPlace(TrashPlace::beside(m_path));
}

} // namespace

void moveToTrash(Engine &engine, const FilePath &path, Engine::Answered<TrashedFile> answered)
{
    std::make_shared<TrashMove>(engine, path, std::move(answered))->start();
}

void restore(Engine &engine, const TrashedFile &file, Engine::Answered<void> answered)
{
    renameWithoutReplacing(engine, file.file, file.original,
                           [&engine, info = file.info,
                            answered = std::move(answered)](const Result<void> &restored) mutable {
                               if (restored && !info.isEmpty()) {
                                   engine.remove(info, [](const Result<void> &) { });
                               }
                               answered(restored);
                           });
}

} // namespace sftp
