// PartSweep: removes the hidden parts of a transfer that was canceled while nothing of it ran:
// after a pause, a lost connection, or the end of the program. Used by TransferQueue.
//
// Their names end with the transfer's token, which nobody else has. Only the directories that it
// copied into are looked through.

#pragma once

#include "files/LocalFileSystem.h"
#include "transfer/TransferRequest.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSet>

namespace transfer {

class PartSweep final : public QObject
{
    Q_OBJECT

public:
    // `server` is where an upload went, and outlives this; a download needs none.
    PartSweep(const TransferRequest &request, files::FileSystem *server, QObject *parent);

    void start(); // it deletes itself at the end

private:
    void takeNext();
    void handleContents(const files::FilePath &directory, const QList<files::FileEntry> &entries);

    files::LocalFileSystem m_local;
    files::FileSystem *m_fileSystem; // null: nothing can be done
    const files::FilePath m_target;
    const QByteArray m_ending; // of the parts' names
    QSet<QByteArray> m_copied; // names in the target directory
    QList<files::FilePath> m_directories; // to be looked through
    int m_inFlight = 0;
};

} // namespace transfer
