// FileSource: the file that an upload reads, in order: one of this computer, or of another server.
// On the thread of the target's connection.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"
#include "transfer/ComparedContent.h"

#include <QByteArray>

namespace transfer {

class FileSource : public ComparedContent
{
public:
    struct Piece
    {
        QByteArray data;
        bool isEnd = false; // nothing follows, and the file is what it was when it was opened
    };

    // Once, before all else. Begins to read; `mostBytes` is how much the first piece may be, 0 if
    // next() will not be called.
    virtual void open(quint32 mostBytes, Answered<void> answered) = 0;

    virtual const files::FileAttributes &attributes() const = 0; // when it was opened

    // Tells it from all other sources, in a PartLedger.
    virtual QByteArray ledgerName() const = 0;

    // What next() brings begins there; 0 at first. Nothing may be asked for at that time.
    virtual void startAt(quint64 offset) = 0;

    // The piece that follows, of at most `mostBytes`, perhaps within the call; the first one of
    // what open() was told. One at a time. Fails with sourceChanged() if it is not what it was.
    virtual void next(quint32 mostBytes, Answered<Piece> answered) = 0;

    // Reads from disk threads, for the lanes of large files; empty if it can not.
    virtual ReadLocal readLocal() const { return {}; }
};

} // namespace transfer
