// SearchQuery: what a user looks for below a directory. Matched against entries, or put into words
// for find(1) and grep(1) of the place itself.

#pragma once

#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace files {

struct SearchQuery
{
    QString name; // with "*" and "?", or a part of it; case does not matter; empty: every name
    QByteArray content; // that is in a regular file, byte by byte; empty: whatever is in it
    std::optional<quint64> leastBytes; // of regular files alone, as the next one
    std::optional<quint64> mostBytes;
    std::optional<int> withinDays; // since it was modified

    // All but the content; `now` in seconds since 1970.
    bool matches(const FileEntry &entry, qint64 now) const;

    // For a POSIX shell: prints what is found below `directory`, but not itself, each path relative
    // to it and ended by a zero byte. Ends with 127 where find or grep can not do that.
    QByteArray findCommand(const FilePath &directory) const;

    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

// What such a command has printed. Paths that would lead elsewhere are left out.
QList<QByteArray> foundPaths(const QByteArray &output);

} // namespace files
