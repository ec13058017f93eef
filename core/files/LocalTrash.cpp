#include "files/LocalOperations.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace files {
namespace {

using base::Error;
using base::Failure;
using base::Result;

// The specification's: $XDG_DATA_HOME/Trash.
TrashPlace homeTrash()
{
    const QByteArray data = qgetenv("XDG_DATA_HOME");
    return data.startsWith('/') ? TrashPlace{FilePath(data).child(QByteArrayLiteral("Trash"))}
                                : TrashPlace::ofHome(FilePath(qgetenv("HOME")));
}

bool makePrivateDirectory(const FilePath &path)
{
    return ::mkdir(path.bytes().constData(), 0700) == 0 || errno == EEXIST;
}

// Each directory that is missing on the way there.
bool makeWay(const FilePath &path)
{
    struct stat status = {};
    if (::stat(path.bytes().constData(), &status) == 0) {
        return S_ISDIR(status.st_mode);
    }
    return !path.isRoot() && makeWay(path.parent()) && makePrivateDirectory(path);
}

int writeInfo(const TrashedFile &place)
{
    const int descriptor
        = ::open(place.info.bytes().constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return errno;
    }
    const QByteArray text = trashInfo(place.original, QDateTime::currentDateTime());
    const bool isWhole
        = ::write(descriptor, text.constData(), static_cast<size_t>(text.size())) == text.size();
    const int reason = isWhole ? 0 : errno == 0 ? ENOSPC : errno;
    ::close(descriptor);
    return reason;
}

// 0, or an errno value: EXDEV if the trash is on another file system.
int moveTo(const TrashPlace &trash, TrashedFile &moved)
{
    if (!makeWay(trash.directory) || !makePrivateDirectory(trash.files())
        || !makePrivateDirectory(trash.info())) {
        return errno;
    }
    for (int attempt = 0; attempt < mostTrashNames; ++attempt) {
        const TrashedFile place = trash.placeFor(moved.original, attempt);
        const int reason = writeInfo(place);
        if (reason == EEXIST) {
            continue;
        }
        if (reason != 0) {
            return reason;
        }
        const int refusal = ::renameat2(AT_FDCWD, moved.original.bytes().constData(), AT_FDCWD,
                                        place.file.bytes().constData(), RENAME_NOREPLACE)
                == 0
            ? 0
            : errno;
        if (refusal == 0) {
            moved = place;
            return 0;
        }
        ::unlink(place.info.bytes().constData());
        if (refusal != EEXIST) {
            return refusal;
        }
    }
    return EEXIST;
}

} // namespace

Result<TrashedFile> trashLocal(const FilePath &path)
{
    TrashedFile moved{path, {}, {}};
    struct stat status = {};
    if (::lstat(path.bytes().constData(), &status) != 0) {
        return Failure(Error::fromErrno(errno, QStringLiteral("delete"), path.toDisplay()));
    }
    int reason = moveTo(homeTrash(), moved);
    if (reason == EXDEV) {
        // Qt knows the trash directories of other file systems. It can only name what is text.
        const QString text = QFile::decodeName(path.bytes());
        QString inTrash;
        if (QFile::encodeName(text) == path.bytes() && QFile::moveToTrash(text, &inTrash)) {
            const FilePath file(QFile::encodeName(inTrash));
            const TrashPlace trash{file.parent().parent()};
            return TrashedFile{path, file, trash.info().child(file.name() + ".trashinfo")};
        }
        reason = moveTo(TrashPlace::beside(path), moved);
    }
    if (reason != 0) {
        return Failure(Error::fromErrno(reason, QStringLiteral("delete"), path.toDisplay()));
    }
    return moved;
}

Result<void> restoreLocal(const TrashedFile &file)
{
    return renameLocal(file.file, file.original).transform([&file] {
        ::unlink(file.info.bytes().constData());
    });
}

} // namespace files
