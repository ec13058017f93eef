// SessionsFile: the file of the saved sessions on the disk. It is replaced atomically and read in
// one piece; a symbolic link stays one, and what it leads to is replaced.

#pragma once

#include "base/Result.h"
#include "profiles/SessionsDocument.h"

#include <QLockFile>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace profiles {

class SessionsFile
{
public:
    // Reads nothing yet.
    explicit SessionsFile(QString path);

    const QString &path() const { return m_path; }

    struct Content
    {
        enum class State { Missing, Readable, Broken };

        State state = State::Missing;
        SessionsDocument document; // empty unless Readable
    };

    // Fails if the file is there and cannot be read, with Unsupported if a newer Ponto with another
    // format wrote it. Broken is what is no JSON of ours; it is left where it is.
    base::Result<Content> read() const;

    // Another one after each change of what is in the file, and of who may read it.
    struct Stamp
    {
        quint64 device = 0;
        quint64 inode = 0;
        qint64 changedNanoseconds = 0;

        friend bool operator==(const Stamp &, const Stamp &) = default;
    };

    // Absent if there is no file.
    std::optional<Stamp> stamp() const;

    // For a change: from reading to writing nobody else may do the same. Makes the directory. Waits
    // a second at most: others hold the lock for milliseconds.
    base::Result<std::unique_ptr<QLockFile>> lock() const;

    // Readable to its owner alone: host names and notes are nobody else's business.
    base::Result<void> write(const SessionsDocument &document) const;

    // Gives a file that cannot be understood another name, which is returned, so that nothing of it
    // is lost.
    base::Result<QString> setAside() const;

    // The file, what it leads to if it is a link, and their directories, as far as they exist; the
    // nearest directory above if they do not. Where something happens when the file changes.
    QStringList placesToWatch() const;

private:
    QString target() const; // where the link leads, or the file itself

    QString m_path;
};

} // namespace profiles
