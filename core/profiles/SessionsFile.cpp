#include "profiles/SessionsFile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstdio>

namespace profiles {
namespace {

constexpr std::chrono::milliseconds lockPatience{1000};

// A hundred thousand sessions have room in this. More is not ours, and would be read at a stretch.
constexpr qint64 largestFile = qint64{64} * 1024 * 1024;

// Links to links are followed that far, as Linux does.
constexpr int longestChain = 40;

base::Error fileError(base::ErrorKind kind, const QString &operation, const QFileDevice &file)
{
    return {kind, base::ErrorSource::None, 0, operation, file.fileName(), file.errorString()};
}

base::ErrorKind kindOf(QFileDevice::FileError error)
{
    switch (error) {
    case QFileDevice::PermissionsError:
    case QFileDevice::OpenError:
        return base::ErrorKind::PermissionDenied;
    case QFileDevice::ResourceError:
    case QFileDevice::WriteError:
        return base::ErrorKind::NoSpace;
    default:
        return base::ErrorKind::Internal;
    }
}

} // namespace

SessionsFile::SessionsFile(QString path)
    : m_path(std::move(path))
{
}

base::Result<SessionsFile::Content> SessionsFile::read() const
{
    QFile file(m_path);
    if (!QFileInfo::exists(target())) {
        return Content{};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return base::Failure(
            fileError(kindOf(file.error()), QStringLiteral("open for reading"), file));
    }
    const QByteArray bytes = file.read(largestFile + 1);
    if (file.error() != QFileDevice::NoError) {
        return base::Failure(fileError(base::ErrorKind::Internal, QStringLiteral("read"), file));
    }
    auto document = bytes.size() > largestFile ? std::nullopt : SessionsDocument::parse(bytes);
    if (!document) {
        return Content{.state = Content::State::Broken, .document = {}};
    }
    if (document->isOfNewerFormat()) {
        return base::Failure(base::Error{base::ErrorKind::Unsupported,
                                         base::ErrorSource::None,
                                         0,
                                         QStringLiteral("read"),
                                         m_path,
                                         {}});
    }
    return Content{.state = Content::State::Readable, .document = std::move(*document)};
}

std::optional<SessionsFile::Stamp> SessionsFile::stamp() const
{
    struct stat status{};
    if (::stat(QFile::encodeName(m_path).constData(), &status) != 0) {
        return std::nullopt;
    }
    const auto changed = std::chrono::seconds(status.st_ctim.tv_sec)
        + std::chrono::nanoseconds(status.st_ctim.tv_nsec);
    return Stamp{
        .device = status.st_dev, .inode = status.st_ino, .changedNanoseconds = changed.count()};
}

base::Result<std::unique_ptr<QLockFile>> SessionsFile::lock() const
{
    const QString operation = QStringLiteral("lock");
    const QFileInfo place(m_path);
    if (!place.dir().mkpath(QStringLiteral("."))) {
        return base::Failure(
            base::Error::fromErrno(errno, QStringLiteral("create directory for"), m_path));
    }
    auto lock = std::make_unique<QLockFile>(m_path + QStringLiteral(".lock"));
    if (lock->tryLock(lockPatience)) {
        return lock;
    }
    switch (lock->error()) {
    case QLockFile::LockFailedError:
        return base::Failure(base::Error{
            base::ErrorKind::TimedOut, base::ErrorSource::None, 0, operation, m_path, {}});
    case QLockFile::PermissionError:
        return base::Failure(base::Error{base::ErrorKind::PermissionDenied,
                                         base::ErrorSource::None,
                                         0,
                                         operation,
                                         place.path(),
                                         {}});
    default: // a full disk, of which it tells no more
        return base::Failure(base::Error{
            base::ErrorKind::NoSpace, base::ErrorSource::None, 0, operation, place.path(), {}});
    }
}

base::Result<void> SessionsFile::write(const SessionsDocument &document) const
{
    QSaveFile file(target());
    if (!file.open(QIODevice::WriteOnly)) {
        return base::Failure(
            fileError(kindOf(file.error()), QStringLiteral("open for writing"), file));
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(document.toJson());
    if (!file.commit()) {
        return base::Failure(fileError(kindOf(file.error()), QStringLiteral("write"), file));
    }
    return {};
}

base::Result<QString> SessionsFile::setAside() const
{
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    const QString name = target();
    QString newName = QStringLiteral("%1.broken-%2").arg(name, stamp);
    for (int number = 2; QFile::exists(newName); ++number) {
        newName = QStringLiteral("%1.broken-%2-%3").arg(name, stamp).arg(number);
    }
    // QFile would copy where it may not rename, and tells no reason.
    if (::rename(QFile::encodeName(name).constData(), QFile::encodeName(newName).constData())
        != 0) {
        return base::Failure(base::Error::fromErrno(errno, QStringLiteral("rename a file in"),
                                                    QFileInfo(name).path()));
    }
    return newName;
}

QString SessionsFile::target() const
{
    QString path = m_path;
    for (int step = 0; step < longestChain; ++step) {
        const QString next = QFileInfo(path).symLinkTarget();
        if (next.isEmpty()) {
            break;
        }
        path = next;
    }
    return path;
}

QStringList SessionsFile::placesToWatch() const
{
    QStringList places;
    for (const QString &path : {m_path, target()}) {
        QString place = path;
        while (!QFileInfo::exists(place) && QFileInfo(place).path() != place) {
            place = QFileInfo(place).path();
        }
        places.append(place);
        if (place == path) {
            places.append(QFileInfo(path).path());
        }
    }
    places.removeDuplicates();
    return places;
}

} // namespace profiles
