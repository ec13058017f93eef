// PartSweep: removes the hidden parts that a transfer which did not come to its end has left: after
// a cancel or a failure, a lost connection, or the end of the program. Used by PartSweeps.
//
// Their names end with the transfer's token, which nobody else has. Only the directories that it
// copies into, and what is below them, are looked through.

#pragma once

#include "files/LocalFileSystem.h"
#include "transfer/LeftParts.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSet>

namespace sftp {
class Client;
}

namespace transfer {

class PartSweep final : public QObject
{
    Q_OBJECT

public:
    // `server` is where an upload went, and outlives this then; a download needs none.
    PartSweep(LeftParts parts, sftp::Client *server, QObject *parent);

    void start();

signals:
    // Once, not within start(). False: the connection has ended before all was done.
    void finished(bool isDone);

private:
    struct Directory
    {
        files::FilePath path;
        int depth = 0; // below the target directory
    };

    void begin();
    void takeNext();
    void look(const Directory &directory);
    void handleContents(const Directory &directory, const QList<files::FileEntry> &entries);
    void remove(const files::FilePath &part);
    bool isLost(const base::Error &error) const;
    void finish(bool isDone);

    LeftParts m_parts;
    QPointer<sftp::Client> m_server; // may go first if the parts are here
    files::LocalFileSystem m_local;
    files::FileSystem &m_fileSystem; // that has the parts
    const QByteArray m_ending; // of the parts' names
    QSet<QByteArray> m_copied; // names in the target directory
    QList<Directory> m_directories; // to be looked through
    QList<files::FilePath> m_found; // to be removed
    int m_seen = 0; // directories
    int m_inFlight = 0;
    bool m_isOver = false;
};

} // namespace transfer
