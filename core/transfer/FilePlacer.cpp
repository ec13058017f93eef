#include "transfer/FilePlacer.h"

#include "transfer/FileNames.h"

#include <limits>
#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileEntry;
using files::FilePath;
using files::FileType;

constexpr int mostNumbers = 1000; // tried for a free name

Error makeError(ErrorKind kind, const char *operation, const FilePath &path)
{
    Error error;
    error.kind = kind;
    error.operation = QString::fromLatin1(operation);
    error.subject = path.toDisplay();
    return error;
}

// Is it what an earlier connection completed, so that only the answer was lost?
bool isComplete(const PlannedItem &item, const FileEntry &found)
{
    const files::FileAttributes &source = item.entry.attributes;
    const files::FileAttributes &target = found.attributes;
    if (!item.wasBegun) {
        return false;
    }
    if (source.type() == FileType::SymbolicLink && target.type() == FileType::SymbolicLink) {
        return item.entry.linkTarget == found.linkTarget;
    }
    return isCopyOf(source, target);
}

// A file that is as large is complete, as far as one can see; one that is larger is another.
ConflictAnswer answerOfResume(const files::FileAttributes &source,
                              const files::FileAttributes &target)
{
    if (target.type() != FileType::Regular || source.type() != FileType::Regular || !target.size) {
        return ConflictAnswer::Refuse;
    }
    if (target.size == 0U) {
        return ConflictAnswer::Overwrite;
    }
    return target.size < source.size ? ConflictAnswer::Resume : ConflictAnswer::Skip;
}

// Where the answer depends on the files.
ConflictAnswer plainAnswer(const PlannedItem &item, const FileEntry &inTheWay,
                           ConflictAnswer answer)
{
    const files::FileAttributes &source = item.entry.attributes;
    const files::FileAttributes &target = inTheWay.attributes;
    bool isWanted = true;
    if (answer == ConflictAnswer::Resume) {
        return answerOfResume(source, target);
    }
    if (answer == ConflictAnswer::OverwriteOlder) {
        isWanted = source.modificationTime > target.modificationTime;
    } else if (answer == ConflictAnswer::OverwriteOtherSize) {
        isWanted = source.size != target.size;
    } else {
        return answer;
    }
    return isWanted ? ConflictAnswer::Overwrite : ConflictAnswer::Skip;
}

} // namespace

FilePlacer::FilePlacer(TransferEnds &ends, ConflictPolicy &policy, TransferLedger &ledger,
                       std::function<void()> roomMade, Record record)
    : m_ends(ends)
    , m_policy(policy)
    , m_ledger(ledger)
    , m_roomMade(std::move(roomMade))
    , m_record(std::move(record))
{
}

void FilePlacer::place(const PlannedItem &item, Answered answered)
{
    const auto errand = std::make_shared<Errand>(item, std::move(answered), item.target.join('/'));
    if (item.entry.attributes.type() == FileType::SymbolicLink) {
        readLink(errand);
    } else {
        lookAtTarget(errand);
    }
}

// Links that stay links must stay within what is copied: others would lead to something else at the
// other end.
void FilePlacer::readLink(const ErrandPointer &errand)
{
    m_ends.sourceStatus(errand->item.source, m_guard([this, errand](const Result<FileEntry> &link) {
                            const PlannedItem &item = errand->item;
                            if (!link) {
                                errand->answered(Failure(link.error()));
                            } else if (!isContainedLink(link->linkTarget, item.target.size() - 1)) {
                                refuse(errand,
                                       makeError(ErrorKind::Unsupported, "copy link", item.source),
                                       CopyObstacle::LinkLeadsOut);
                            } else {
                                errand->item.entry.linkTarget = link->linkTarget;
                                lookAtTarget(errand);
                            }
                        }));
}

void FilePlacer::lookAtTarget(const ErrandPointer &errand)
{
    const PlannedItem &item = errand->item;
    if (mustFit(item)) {
        askForSpace(errand);
    }
    const auto decision = m_record ? m_ledger.decisionOf(errand->key) : std::nullopt;
    const bool mustLook = decision
        && (decision->answer == ConflictAnswer::Overwrite
            || decision->answer == ConflictAnswer::Resume);
    if (decision && !mustLook) {
        goOnAs(errand, *decision);
        return;
    }
    if (item.decided) {
        settle(errand, *item.decided); // the user has said so
        return;
    }
    if (item.parentState == DirectoryState::Created) {
        settleFree(errand); // nothing can be there and nothing would be replaced
        return;
    }
    m_ends.targetStatus(item.target, m_guard([this, errand](const Result<FileEntry> &inTheWay) {
                            if (inTheWay) {
                                handleInTheWay(errand, *inTheWay);
                            } else if (inTheWay.error().kind == ErrorKind::NotFound) {
                                settleFree(errand);
                            } else {
                                errand->answered(Failure(inTheWay.error()));
                            }
                        }));
}

// What an earlier run of this transfer did with it. The name that it took then is looked at again:
// it may be there already.
void FilePlacer::goOnAs(const ErrandPointer &errand, const FileDecision &decision)
{
    PlannedItem &item = errand->item;
    if (decision.answer == ConflictAnswer::Skip) {
        errand->answered(Placement{Placement::Kind::Skip, item});
        return;
    }
    if (decision.answer != ConflictAnswer::KeepBoth || !files::safeLocalName(decision.name)) {
        refuse(errand, makeError(ErrorKind::AlreadyExists, "copy", m_ends.targetPath(item.target)),
               CopyObstacle::None);
        return;
    }
    const QByteArray first = item.target.last();
    item.target.last() = decision.name;
    m_ends.targetStatus(item.target, m_guard([this, errand, first](const Result<FileEntry> &found) {
                            if (found && isComplete(errand->item, *found)) {
                                errand->answered(Placement{Placement::Kind::Done, errand->item});
                            } else if (found) {
                                findFreeName(errand, first, 2);
                            } else if (found.error().kind == ErrorKind::NotFound) {
                                settle(errand, Existing::Keep);
                            } else {
                                errand->answered(Failure(found.error()));
                            }
                        }));
}

// Where all are kept, a file of the same size and time is no copy of ours unless that was recorded.
bool FilePlacer::isRecordedAlways() const
{
    return m_record && m_policy.answersForAll().files == ConflictAnswer::KeepBoth;
}

// Recorded before anything of it is there: a copy of this name is ours from then on.
void FilePlacer::recordName(const ErrandPointer &errand)
{
    const QByteArrayList &target = errand->item.target;
    const FileDecision decision{ConflictAnswer::KeepBoth, target.last()};
    m_ledger.remember(errand->key, decision);
    m_ledger.remember(target.join('/'), decision); // where it goes on after a lost connection
    m_record(errand->key, decision, m_guard([this, errand] { settle(errand, Existing::Keep); }));
}

void FilePlacer::handleInTheWay(const ErrandPointer &errand, const FileEntry &inTheWay)
{
    const PlannedItem &item = errand->item;
    const bool mayBeOurs = item.lookalike.isEmpty() && !isRecordedAlways();
    if (mayBeOurs && isComplete(item, inTheWay)) {
        errand->answered(Placement{Placement::Kind::Done, item});
    } else if (const auto decision = m_record ? m_ledger.decisionOf(errand->key) : std::nullopt) {
        decide(errand, inTheWay, false, plainAnswer(item, inTheWay, decision->answer));
    } else if (item.lookalike.isEmpty()) {
        ask(errand, inTheWay, false);
    } else {
        m_ends.isTargetApart(item.target, item.lookalike,
                             m_guard([this, errand, inTheWay](const Result<bool> &isApart) {
                                 if (isApart && *isApart && !isRecordedAlways()
                                     && isComplete(errand->item, inTheWay)) {
                                     errand->answered(
                                         Placement{Placement::Kind::Done, errand->item});
                                 } else if (isApart) {
                                     ask(errand, inTheWay, !*isApart);
                                 } else {
                                     errand->answered(Failure(isApart.error()));
                                 }
                             }));
    }
}

// While the user thinks, the file does not count as busy.
void FilePlacer::ask(const ErrandPointer &errand, const FileEntry &inTheWay, bool isLookalike)
{
    m_ledger.pause(errand->item);
    Conflict conflict;
    conflict.source = errand->item.source;
    conflict.target = m_ends.targetPath(errand->item.target);
    conflict.sourceEntry = errand->item.entry;
    conflict.targetEntry = inTheWay;
    conflict.isLookalike = isLookalike;
    m_policy.ask(conflict, [this, errand, inTheWay, isLookalike](ConflictAnswer answer) {
        m_ledger.proceed(errand->item);
        decide(errand, inTheWay, isLookalike, plainAnswer(errand->item, inTheWay, answer));
    });
    m_roomMade();
}

void FilePlacer::decide(const ErrandPointer &errand, const FileEntry &inTheWay, bool isLookalike,
                        ConflictAnswer answer)
{
    PlannedItem &item = errand->item;
    const FilePath target = m_ends.targetPath(item.target);
    const AnswersForAll &forAll = m_policy.answersForAll();
    const bool isForAll = (isLookalike ? forAll.lookalikes : forAll.files).has_value();
    if (m_record && !isForAll && answer != ConflictAnswer::KeepBoth) {
        m_ledger.remember(errand->key, {answer, {}});
        m_record(errand->key, {answer, {}}, {});
    }
    switch (answer) {
    case ConflictAnswer::OverwriteOlder:
    case ConflictAnswer::OverwriteOtherSize: // plainAnswer() has made one of the others of it
    case ConflictAnswer::Overwrite:
        if (inTheWay.attributes.type() == FileType::Directory) {
            errand->answered(Failure(makeError(ErrorKind::IsADirectory, "replace", target)));
            return;
        }
        item.decided = Existing::Replace;
        item.replaced = inTheWay.attributes;
        settle(errand, Existing::Replace);
        return;
    case ConflictAnswer::Resume:
        item.replaced = inTheWay.attributes;
        resume(errand, inTheWay.attributes.size.value_or(0));
        return;
    case ConflictAnswer::Skip:
        errand->answered(Placement{Placement::Kind::Skip, item});
        return;
    case ConflictAnswer::KeepBoth:
        findFreeName(errand, item.target.last(), 2);
        return;
    case ConflictAnswer::Refuse:
        break;
    }
    refuse(errand, makeError(ErrorKind::AlreadyExists, "copy", target),
           isLookalike ? CopyObstacle::NamesAlike : CopyObstacle::None);
}

// Whoever began it, it is gone on with only if it is the beginning of the source.
void FilePlacer::resume(const ErrandPointer &errand, quint64 bytes)
{
    const PlannedItem &item = errand->item;
    m_ends.isTargetBeginning(item.source, item.target, bytes,
                             m_guard([this, errand, bytes](const Result<bool> &isBeginning) {
                                 if (!isBeginning) {
                                     errand->answered(Failure(isBeginning.error()));
                                 } else if (*isBeginning) {
                                     errand->item.beginning = bytes;
                                     errand->item.decided = Existing::Replace;
                                     settle(errand, Existing::Replace);
                                 } else {
                                     refuse(errand,
                                            makeError(ErrorKind::AlreadyExists, "resume",
                                                      m_ends.targetPath(errand->item.target)),
                                            CopyObstacle::OtherBeginning);
                                 }
                             }));
}

void FilePlacer::refuse(const ErrandPointer &errand, const Error &error, CopyObstacle obstacle)
{
    errand->answered(
        Placement{Placement::Kind::Refuse, errand->item, Existing::Keep, error, obstacle});
}

void FilePlacer::findFreeName(const ErrandPointer &errand, const QByteArray &name, int number)
{
    PlannedItem &item = errand->item;
    item.target.last() = numberedName(name, number);
    m_ends.targetStatus(
        item.target, m_guard([this, errand, name, number](const Result<FileEntry> &inTheWay) {
            if (inTheWay && number < mostNumbers) {
                findFreeName(errand, name, number + 1);
            } else if (inTheWay) {
                errand->answered(Failure(makeError(ErrorKind::AlreadyExists, "find free name",
                                                   m_ends.targetPath(errand->item.target))));
            } else if (inTheWay.error().kind == ErrorKind::NotFound) {
                m_record ? recordName(errand) : settle(errand, Existing::Keep);
            } else {
                errand->answered(Failure(inTheWay.error()));
            }
        }));
}

void FilePlacer::settleFree(const ErrandPointer &errand)
{
    if (isRecordedAlways()) {
        recordName(errand);
    } else {
        settle(errand, Existing::Keep);
    }
}

// What was decided holds after a lost connection too.
void FilePlacer::settle(const ErrandPointer &errand, Existing existing)
{
    const PlannedItem &item = errand->item;
    m_ledger.update(item);
    if (item.entry.attributes.type() == FileType::SymbolicLink) {
        m_ends.makeTargetLink(item.target, item.entry.linkTarget, existing,
                              m_guard([errand](const Result<void> &made) {
                                  errand->answered(made.transform([&errand] {
                                      return Placement{Placement::Kind::Done, errand->item};
                                  }));
                              }));
    } else if (mustFit(item)) {
        errand->existing = existing;
        checkSpace(errand);
    } else {
        copy(errand, existing);
    }
}

void FilePlacer::copy(const ErrandPointer &errand, Existing existing)
{
    errand->answered(Placement{Placement::Kind::Copy, errand->item, existing});
}

// Of what an earlier copy has begun nobody knows here how much room it has taken already.
bool FilePlacer::mustFit(const PlannedItem &item) const
{
    return isLarge(item) && !item.wasBegun && !m_resumes;
}

// Better told now than after an hour. For small files it would cost more than it saves.
void FilePlacer::askForSpace(const ErrandPointer &errand)
{
    m_ends.targetFreeBytes(m_guard([this, errand](const Result<quint64> &bytes) {
        errand->freeBytes = bytes.value_or(std::numeric_limits<quint64>::max());
        checkSpace(errand);
    }));
}

void FilePlacer::checkSpace(const ErrandPointer &errand)
{
    if (!errand->existing || !errand->freeBytes) {
        return; // one of them is still on its way
    }
    const PlannedItem &item = errand->item;
    if (*errand->freeBytes < *item.entry.attributes.size) {
        const FilePath target = m_ends.targetPath(item.target);
        errand->answered(Failure(makeError(ErrorKind::NoSpace, "copy", target)));
    } else {
        copy(errand, *errand->existing);
    }
}

} // namespace transfer
