// FilePlacer: finds out where one file of a transfer goes: what a link becomes, what is in the way
// and what the user says to that, a free name, room on the disk. Used by TransferRun.

#pragma once

#include "transfer/CallGuard.h"
#include "transfer/ConflictPolicy.h"
#include "transfer/TransferEnds.h"
#include "transfer/TransferLedger.h"

#include <functional>
#include <memory>
#include <optional>

namespace transfer {

struct Placement
{
    enum class Kind {
        Copy, // to be copied to item.target
        Done, // a link that was made; a file that an earlier connection had completed
        Skip,
        Refuse, // for `obstacle`, or as the user wants it
    };

    Kind kind = Kind::Copy;
    PlannedItem item; // with its final name
    Existing existing = Existing::Keep;
    base::Error error = {}; // of Refuse
    CopyObstacle obstacle = CopyObstacle::None; // of Refuse
};

class FilePlacer
{
public:
    using Answered = std::move_only_function<void(base::Result<Placement>)>;

    // What became of a file is remembered; `recorded` is called when it will not be forgotten.
    using Record = std::function<void(const QByteArray &key, const FileDecision &decision,
                                      std::move_only_function<void()> recorded)>;

    // References outlive this. `roomMade` is called while the user is asked about a file: others
    // may take its turn. Without `record` nothing need be remembered for another program.
    FilePlacer(TransferEnds &ends, ConflictPolicy &policy, TransferLedger &ledger,
               std::function<void()> roomMade, Record record = {});

    // Answers once, perhaps within the call.
    void place(const PlannedItem &item, Answered answered);

    // Copies go on with what earlier ones have left; by default they do not.
    void setResumes(bool resumes) { m_resumes = resumes; }

    void stop() { m_guard.reset(); } // nothing is answered any more

private:
    struct Errand
    {
        PlannedItem item;
        Answered answered;
        QByteArray key = {}; // of its decision
        std::optional<Existing> existing = {}; // once that is settled
        std::optional<quint64> freeBytes = {}; // asked for a large file only
    };
    using ErrandPointer = std::shared_ptr<Errand>; // shared by the callbacks of one errand

    void readLink(const ErrandPointer &errand);
    void lookAtTarget(const ErrandPointer &errand);
    void handleInTheWay(const ErrandPointer &errand, const files::FileEntry &inTheWay);
    void ask(const ErrandPointer &errand, const files::FileEntry &inTheWay, bool isLookalike);
    void decide(const ErrandPointer &errand, const files::FileEntry &inTheWay, bool isLookalike,
                ConflictAnswer answer);
    void goOnAs(const ErrandPointer &errand, const FileDecision &decision);
    void recordName(const ErrandPointer &errand);
    void settleFree(const ErrandPointer &errand);
    bool isRecordedAlways() const;
    void findFreeName(const ErrandPointer &errand, const QByteArray &name, int number);
    void resume(const ErrandPointer &errand, quint64 bytes);
    static void refuse(const ErrandPointer &errand, const base::Error &error,
                       CopyObstacle obstacle);
    void settle(const ErrandPointer &errand, Existing existing);
    static void copy(const ErrandPointer &errand, Existing existing);
    bool mustFit(const PlannedItem &item) const;
    void askForSpace(const ErrandPointer &errand);
    void checkSpace(const ErrandPointer &errand);

    TransferEnds &m_ends;
    ConflictPolicy &m_policy;
    TransferLedger &m_ledger;
    std::function<void()> m_roomMade;
    Record m_record;
    bool m_resumes = false;
    CallGuard m_guard;
};

} // namespace transfer
