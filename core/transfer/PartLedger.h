// PartLedger: remembers on this computer what there is of files whose copies have not ended, so
// that a later copy can go on with them, even after this program was killed. Used by copies, on
// disk threads; one record for each of them, in a file that is locked while the copy runs.

#pragma once

#include "base/UniqueFd.h"
#include "files/FileEntry.h"

#include <QByteArray>

#include <memory>
#include <mutex>
#include <optional>

namespace transfer {

struct PartRecord
{
    QByteArray name; // of the part
    // Tells the part from others of its name: its inode on this computer; on a server the time of
    // last access that we gave it.
    quint64 identity = 0;
    quint64 sourceSize = 0; // when the copy began
    std::optional<qint64> sourceTime; // likewise: seconds since 1970 UTC
    quint64 contiguous = 0; // so many bytes from the start are there

    bool isOf(const files::FileAttributes &source) const
    {
        return sourceSize == source.size && sourceTime == source.modificationTime;
    }

    friend bool operator==(const PartRecord &, const PartRecord &) = default;
};

// The record of one copy. Nobody else can have it meanwhile, in this program or another one.
class PartLease
{
public:
    PartLease(base::UniqueFd descriptor, QByteArray path, std::optional<PartRecord> previous);
    Q_DISABLE_COPY_MOVE(PartLease)
    ~PartLease(); // what was noted stays

    // What an earlier copy noted: of the same source to the same target, neither of which need be
    // what they were.
    const std::optional<PartRecord> &previous() const { return m_previous; }

    // From any thread. A failure only means that a later copy starts over.
    void note(const PartRecord &record);
    void noteContiguous(quint64 bytes); // in what was noted before
    void forget(); // the copy has ended: nothing is noted any more

private:
    void store() const;

    std::mutex m_mutex;
    base::UniqueFd m_descriptor; // of the record's file, which it locks; invalid once forgotten
    QByteArray m_path;
    std::optional<PartRecord> m_previous;
    PartRecord m_record;
};

class PartLedger
{
public:
    // `directory` is made when it is needed. `server` tells apart what goes to different ones.
    PartLedger(QByteArray directory, QByteArray server);

    static QByteArray standardDirectory(); // of the user, for state that need not be backed up

    // Null if another copy has it, or if nothing can be noted.
    std::shared_ptr<PartLease> take(const QByteArray &source, const QByteArray &target) const;

private:
    QByteArray m_directory;
    QByteArray m_server;
};

} // namespace transfer
