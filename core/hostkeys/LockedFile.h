// LockedFile: an open file with the system calls behind KnownHostsFile, which says why they are
// what they are. The lock is advisory (flock) and ends with the object.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace hostkeys {

class LockedFile
{
public:
    // Takes no lock. Only a regular file or a character device (/dev/null) is opened.
    static base::Result<LockedFile> openForReading(const QString &path);

    // Both wait for the lock, and open a regular file only. The first creates it, mode 0600.
    static base::Result<LockedFile> openForAppending(const QString &path);
    static base::Result<LockedFile> openForReplacing(const QString &path);

    LockedFile(LockedFile &&other) noexcept;
    LockedFile &operator=(LockedFile &&) = delete;
    LockedFile(const LockedFile &) = delete;
    LockedFile &operator=(const LockedFile &) = delete;
    ~LockedFile();

    // The whole file. Fails if it exceeds 64 MiB or holds NUL bytes.
    base::Result<QByteArray> content() const;

    // Appends with a single write() and syncs. On a full disk what came through is taken back.
    base::Result<void> append(QByteArrayView bytes) const;

    // Puts `after` in the place of a file that still holds `before`, with its mode and owner.
    // False if it does not hold that any more. Afterwards this object is the old file.
    base::Result<bool> replaceContent(const QByteArray &before, const QByteArray &after) const;

private:
    LockedFile(int descriptor, QString path);

    static base::Result<LockedFile> openRegular(const QString &path, int flags);
    static base::Result<LockedFile> openLocked(const QString &path, int flags);

    base::Result<void> lock() const;
    bool isStillAt(const QString &path) const;
    base::Result<QByteArray> bytesFrom(qint64 offset) const;
    base::Failure<base::Error> takeBack(qint64 count) const;
    base::Result<void> carryOver(qint64 from) const;
    base::Error error(const QString &operation) const;

    int m_descriptor;
    QString m_path; // without symbolic links when opened for replacing
};

} // namespace hostkeys
