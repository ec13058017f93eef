// RemotePart: finds the file of the server that an upload writes to, under the name of a part
// beside the target. On the connection's thread.
//
// Where the directory takes no file of that name, or lets nothing be renamed, the target itself.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/DiskWork.h"
#include "transfer/FileCopy.h"
#include "transfer/PartLedger.h"
#include "transfer/ResumePoint.h"

#include <memory>
#include <optional>

namespace transfer {

class RemotePart
{
public:
    // The engine must outlive this.
    RemotePart(sftp::Engine &engine, files::FilePath target);
    ~RemotePart(); // nothing is answered any more; what is created late goes again
    Q_DISABLE_COPY_MOVE(RemotePart)

    enum class Place { Part, Target };

    // `lease` may be null: nothing is remembered. Answered with a handle for writing.
    void open(const CopyOrder &order, std::shared_ptr<PartLease> lease, Place place,
              sftp::Engine::Answered<sftp::Handle> answered);

    // After an answer with left(): what it left is used.
    void goOn(const sftp::Handle &handle);
    // The same, and it is not: its handle is closed, and another part is opened unless it is
    // ours for certain.
    void startOver(const sftp::Handle &handle, sftp::Engine::Answered<sftp::Handle> answered);

    const files::FilePath &path() const { return m_path; } // empty before there is anything
    bool isInPlace() const { return m_isInPlace; }
    bool isRecorded() const { return m_lease != nullptr; }
    const std::optional<ResumePoint> &left() const { return m_left; } // what an earlier copy left
    const std::optional<CopyNote::Kind> &note() const { return m_note; }

    // The time of last access that the part has until it is complete: tells it from other files of
    // its name, of earlier copies or of another machine behind the same address. 0: none.
    quint32 mark() const { return m_mark; }

    void noteContiguous(quint64 bytes);
    void forget();

    // Leaves nothing behind, unless it replaces something in place. `answered` may be called at
    // once.
    void remove(sftp::Engine::Answered<void> answered);

private:
    void tryVariant(int variant);
    void tryName(const QByteArray &name);
    void openFile(sftp::OpenFlags flags, const files::FileAttributes &attributes,
                  sftp::Engine::Answered<sftp::Handle> answered);
    void handleCreated(const base::Result<sftp::Handle> &handle);
    void lookAtWhatIsInTheWay(const base::Error &reason);
    void handleInTheWay(const files::FileAttributes &found);
    bool isOwn() const { return m_path.name() == m_order.ownPart; }
    bool isOwn(const files::FileAttributes &found) const;
    void takeOver();
    void replaceOwn();
    void openInPlace();
    void begin(const sftp::Handle &handle);
    void setMark(const sftp::Handle &handle, quint64 contiguous);
    void truncate(const sftp::Handle &handle);
    void remember(quint64 contiguous);
    void answer(const base::Result<sftp::Handle> &result);

    sftp::Engine &m_engine;
    files::FilePath m_target;
    files::FilePath m_path;
    CopyOrder m_order;
    std::shared_ptr<PartLease> m_lease; // shared with orders of disk threads
    DiskWork m_disk;
    CallGuard m_guard;
    sftp::Engine::Answered<sftp::Handle> m_answered;
    std::optional<ResumePoint> m_left;
    std::optional<CopyNote::Kind> m_note;
    int m_variant = 0;
    quint32 m_mark = 0;
    bool m_isInPlace = false;
};

} // namespace transfer
