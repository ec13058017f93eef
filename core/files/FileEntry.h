// FileEntry: one file as a directory listing tells it, on this computer or on a server.

#pragma once

#include "files/FileMode.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace files {

enum class FileType {
    Regular,
    Directory,
    SymbolicLink,
    Fifo,
    Socket,
    CharacterDevice,
    BlockDevice,
    Unknown, // the server sent no permissions, or other bits
};

// What a server may or may not tell (draft-ietf-secsh-filexfer-02 section 5). Absent is not zero.
struct FileAttributes
{
    std::optional<quint64> size; // bytes
    std::optional<quint32> userId;
    std::optional<quint32> groupId;
    std::optional<quint32> permissions; // an st_mode: file type and permission bits
    std::optional<qint64> accessTime; // seconds since 1970 UTC
    std::optional<qint64> modificationTime; // seconds since 1970 UTC

    FileType type() const;
    std::optional<FileMode> mode() const;

    // What `present` has of that which these attributes would change: it sets a file back.
    FileAttributes replacedIn(const FileAttributes &present) const;

    friend bool operator==(const FileAttributes &, const FileAttributes &) = default;
};

struct FileEntry
{
    QByteArray name; // bytes of one path component, unchecked
    FileAttributes attributes; // of the entry itself: a link is not followed
    QString owner; // name, or the number as text; empty if unknown
    QString group; // likewise
    QByteArray linkTarget; // of a symbolic link, if it was asked for
    FileType targetType
        = FileType::Unknown; // of a symbolic link; Unknown if broken or not looked at

    // True for a directory, and for a link to one: entering it lists something.
    bool isEnterable() const;
    // What follows the last dot of a regular file's name: "gz". Empty for other files, and if there
    // is nothing before the dot.
    QByteArray suffix() const;
    bool isHidden() const { return name.startsWith('.'); }

    friend bool operator==(const FileEntry &, const FileEntry &) = default;
};

} // namespace files

Q_DECLARE_METATYPE(files::FileEntry)
