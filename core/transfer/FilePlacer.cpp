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
    if (!item.wasBegun || !item.lookalike.isEmpty()) {
        return false;
    }
    if (source.type() == FileType::SymbolicLink && target.type() == FileType::SymbolicLink) {
        return item.entry.linkTarget == found.linkTarget;
    }
    return isCopyOf(source, target);
}

} // namespace

FilePlacer::FilePlacer(TransferEnds &ends, ConflictPolicy &policy, TransferLedger &ledger,
                       std::function<void()> roomMade)
    : m_ends(ends)
    , m_policy(policy)
    , m_ledger(ledger)
    , m_roomMade(std::move(roomMade))
{
}

void FilePlacer::place(const PlannedItem &item, Answered answered)
{
    const auto errand = std::make_shared<Errand>(item, std::move(answered));
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
    if (isLarge(item)) {
        askForSpace(errand);
    }
    if (item.decided || item.parentState == DirectoryState::Created) {
        // The user has said so, or nothing can be there and nothing would be replaced.
        settle(errand, item.decided.value_or(Existing::Keep));
        return;
    }
    m_ends.targetStatus(item.target, m_guard([this, errand](const Result<FileEntry> &inTheWay) {
                            if (inTheWay) {
                                handleInTheWay(errand, *inTheWay);
                            } else if (inTheWay.error().kind == ErrorKind::NotFound) {
                                settle(errand, Existing::Keep);
                            } else {
                                errand->answered(Failure(inTheWay.error()));
                            }
                        }));
}

void FilePlacer::handleInTheWay(const ErrandPointer &errand, const FileEntry &inTheWay)
{
    const PlannedItem &item = errand->item;
    if (isComplete(item, inTheWay)) {
        errand->answered(Placement{Placement::Kind::Done, item});
    } else if (item.lookalike.isEmpty()) {
        ask(errand, inTheWay, false);
    } else {
        m_ends.isTargetApart(item.target, item.lookalike,
                             m_guard([this, errand, inTheWay](const Result<bool> &isApart) {
                                 if (isApart) {
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
        decide(errand, inTheWay, isLookalike, answer);
    });
    m_roomMade();
}

void FilePlacer::decide(const ErrandPointer &errand, const FileEntry &inTheWay, bool isLookalike,
                        ConflictAnswer answer)
{
    PlannedItem &item = errand->item;
    const FilePath target = m_ends.targetPath(item.target);
    switch (answer) {
    case ConflictAnswer::Overwrite:
        if (inTheWay.attributes.type() == FileType::Directory) {
            errand->answered(Failure(makeError(ErrorKind::IsADirectory, "replace", target)));
            return;
        }
        item.decided = Existing::Replace;
        item.replaced = inTheWay.attributes;
        settle(errand, Existing::Replace);
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
                settle(errand, Existing::Keep);
            } else {
                errand->answered(Failure(inTheWay.error()));
            }
        }));
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
    } else if (isLarge(item)) {
        errand->existing = existing;
        checkSpace(errand);
    } else {
        errand->answered(Placement{Placement::Kind::Copy, item, existing});
    }
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
        errand->answered(Placement{Placement::Kind::Copy, item, *errand->existing});
    }
}

} // namespace transfer
