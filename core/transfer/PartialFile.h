// PartialFile: a file of this computer while its data arrive, on a disk thread. Used by downloads.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "transfer/LocalTree.h"
#include "transfer/PartLedger.h"
#include "transfer/ResumePoint.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace transfer {

// How a file that arrives is begun.
struct PartOrder
{
    Existing existing = Existing::Keep;
    files::FileAttributes source;
    bool mayResume = false;
    bool preserve = false; // owner and group too, and the mode of `source` if it replaces a file
    std::shared_ptr<PartLease> lease; // shared with the copy; null: nothing is remembered
    QByteArray token = {}; // of the transfer, in the names of its parts; empty: it has none
    bool wasBegun = false; // by that transfer: a part with its token is what it has left
    bool mustBeApart = false; // from a file that is replaced, of which nothing may get lost
};

enum class Flush {
    IfReplacing, // only a file that replaces another can lose something in a power failure
    Always,
};

// Written under the name of a part beside the target, which is what others see until the end. Only
// where the directory takes no new file and one is replaced, it is written straight to.
class PartialFile
{
public:
    static base::Result<PartialFile> create(const LocalTree &tree, const QByteArrayList &names,
                                            PartOrder order = {});
    ~PartialFile(); // removes the part, unless commit() succeeded or it is kept
    PartialFile(PartialFile &&other) noexcept = default;
    PartialFile &operator=(PartialFile &&) = delete;

    bool isInPlace() const { return m_isInPlace; }

    // Present if an earlier copy left something worth comparing: then continueAt() or startOver()
    // comes first.
    const std::optional<ResumePoint> &left() const { return m_left; }
    // Why there is nothing to go on with, though there is something.
    const std::optional<CopyNote::Kind> &note() const { return m_note; }
    base::Result<void> continueAt(quint64 offset); // what is behind it goes
    base::Result<void> startOver();

    // Into a new part, all of the file that it will replace: ESTALE if that is no file of so many
    // bytes any more.
    base::Result<void> copyBeginning(quint64 bytes);

    // From any thread.
    base::Result<QByteArray> read(quint64 offset, quint32 length) const;

    // Zeros become holes: a sparse file stays one.
    base::Result<void> write(quint64 offset, QByteArrayView data);

    // The same from any thread. How far the file reaches now is told by extend(), once.
    base::Result<void> writeStripe(quint64 offset, QByteArrayView data) const;
    void extend(quint64 end);

    // So many bytes from the start are there: a later copy can go on behind them.
    void noteContiguous(quint64 bytes);

    // Removes the part now, though others may still be writing stripes.
    void discard();

    // Leaves the part with its first bytes for a later copy, or removes it if they are few.
    void keep(quint64 contiguous);

    // All is written: the file has its size from now on. Internal if not `size` bytes were.
    base::Result<void> complete(quint64 size);

    // Completes it if that has not been done, gives the file its name, and mode and time of
    // `attributes`. A file that is replaced hands its mode on, and stays until the new one is
    // safely on the disk.
    base::Result<Likeness> commit(quint64 size, const files::FileAttributes &attributes,
                                  Existing existing, Flush flush = Flush::IfReplacing);

private:
    PartialFile(base::UniqueFd directory, QByteArray name, files::FilePath path, PartOrder order);
    base::Result<void> failure(const char *operation) const; // with errno
    base::Result<void> begin(int firstVariant);
    bool tryBegin(const QByteArray &name); // false with errno
    std::optional<PartRecord> previous() const; // that an earlier copy noted
    bool takeOver(const QByteArray &name);
    QByteArray nameOf(int variant) const;
    bool replaceOwn(const QByteArray &name);
    base::Result<void> beginInPlace();
    base::Result<quint64> copyPiece(const base::UniqueFd &old, quint64 offset, quint64 length);
    base::Result<void> reserve(quint64 offset);
    void giveBack(quint64 offset, quint64 length) const;
    void remember(quint64 contiguous);
    bool isOurs() const; // the part that has the name still
    base::Result<Likeness> setAttributes(const files::FileAttributes &attributes,
                                         Existing existing);
    base::Result<void> giveName(Existing existing, Flush flush);

    base::UniqueFd m_directory; // invalid after commit() and when moved from
    base::UniqueFd m_descriptor;
    QByteArray m_name;
    QByteArray m_partName;
    int m_variant = 1; // of the part's name
    quint64 m_inode = 0; // of the part
    files::FilePath m_path; // for messages
    PartOrder m_order;
    std::optional<ResumePoint> m_left;
    std::optional<CopyNote::Kind> m_note;
    bool m_isInPlace = false;
    bool m_isReserved = false; // holes have room set aside
    quint64 m_end = 0; // of what was written
};

} // namespace transfer
