// How a SyncRun deletes: each thing is looked at right before.

#include "synchronize/CopyPass.h"
#include "synchronize/SyncRun.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace synchronize {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileEntry;

// What has not arrived may be what is to be deleted here: then nothing is.
void SyncRun::checkParents()
{
    m_progress.phase = RunProgress::Phase::Deleting;
    if (!m_summary.failures.isEmpty()) {
        m_summary.kept = static_cast<int>(m_deleted.size());
        conclude();
        return;
    }
    std::vector<qsizetype> parents; // the first row in each
    QSet<std::pair<int, QByteArray>> seen;
    for (const qsizetype row : m_deleted) {
        const std::pair key(static_cast<int>(sideOf(row)), m_plan->rows()[row].parent());
        if (!seen.contains(key)) {
            seen.insert(key);
            parents.push_back(row);
        }
    }
    forEach({parents}, &SyncRun::checkParent, &SyncRun::deleteFiles);
}

// A directory that has become a link would lead to other things of the same names. One that is gone
// leads nowhere.
void SyncRun::checkParent(qsizetype row)
{
    const QByteArray parent = m_plan->rows()[row].parent();
    const files::FilePath path = place(sideOf(row)).path(parent);
    if (mustWait(row)) {
        return;
    }
    filesOf(row).canonical(path).then(
        this, [this, row, parent, path](const Result<files::FilePath> &real) {
            if (!real && isInterruption(real.error())) {
                retry(row, real.error());
                return;
            }
            const bool isGone = !real && real.error().kind == ErrorKind::NotFound;
            const bool isSame = real && *real == path;
            if (!isGone && !isSame) {
                m_strayed.insert({static_cast<int>(sideOf(row)), parent});
            }
            settle();
        });
}

void SyncRun::deleteFiles()
{
    std::vector<qsizetype> files;
    std::ranges::copy_if(m_deleted, std::back_inserter(files), [this](qsizetype row) {
        return !m_plan->rows()[row].item(sideOf(row))->isDirectory();
    });
    forEach({files}, &SyncRun::deleteFile, &SyncRun::deleteDirectories);
}

// True if that ends the step: it must be left alone, or tried again.
bool SyncRun::mustNotDelete(qsizetype row)
{
    const QByteArray parent = m_plan->rows()[row].parent();
    if (m_strayed.contains({static_cast<int>(sideOf(row)), parent})) {
        fail(row, RunFailure::Cause::ChangedSince, Error{.kind = ErrorKind::NotADirectory});
        settle();
        return true;
    }
    return mustWait(row);
}

void SyncRun::deleteFile(qsizetype row)
{
    if (mustNotDelete(row)) {
        return;
    }
    filesOf(row).status(pathOf(row)).then(this, [this, row](const Result<FileEntry> &entry) {
        deleteIfUnchanged(row, entry);
    });
}

void SyncRun::deleteIfUnchanged(qsizetype row, const Result<FileEntry> &entry)
{
    if (!entry) {
        const bool isGone = entry.error().kind == ErrorKind::NotFound; // somebody was faster
        handleDeleted(row, isGone ? Result<void>() : Failure(entry.error()));
        return;
    }
    const Item now{entry->attributes, entry->linkTarget};
    if (!isUnchanged(*m_plan->rows()[row].item(sideOf(row)), now)) {
        fail(row, RunFailure::Cause::ChangedSince, Error{.kind = ErrorKind::AlreadyExists});
        settle();
        return;
    }
    if (mustWait(row)) {
        return;
    }
    filesOf(row).removeFile(pathOf(row)).then(this, [this, row](const Result<void> &removed) {
        handleDeleted(row, removed);
    });
}

void SyncRun::deleteDirectories()
{
    std::vector<qsizetype> directories;
    std::ranges::copy_if(m_deleted, std::back_inserter(directories), [this](qsizetype row) {
        return m_plan->rows()[row].item(sideOf(row))->isDirectory();
    });
    Levels levels = levelsOf(directories);
    std::ranges::reverse(levels);
    forEach(std::move(levels), &SyncRun::deleteDirectory, &SyncRun::conclude);
}

void SyncRun::deleteDirectory(qsizetype row)
{
    if (m_failed.contains(row)) { // something in it is still there, and that was told
        settle();
        return;
    }
    if (mustNotDelete(row)) {
        return;
    }
    filesOf(row).removeDirectory(pathOf(row)).then(this, [this, row](const Result<void> &removed) {
        if (removed || isInterruption(removed.error())) {
            handleDeleted(row, removed);
        } else {
            handleKeptDirectory(row, removed.error());
        }
    });
}

// Servers of version 3 say no more than "failure".
void SyncRun::handleKeptDirectory(qsizetype row, const Error &reason)
{
    if (mustWait(row)) {
        return;
    }
    filesOf(row)
        .list(pathOf(row))
        .then(this, [this, row, reason](const Result<QList<FileEntry>> &entries) {
            if (!entries && entries.error().kind == ErrorKind::NotFound) {
                handleDeleted(row, {});
                return;
            }
            const bool holdsMore = entries && !entries->isEmpty();
            fail(row, holdsMore ? RunFailure::Cause::HoldsMore : RunFailure::Cause::Error, reason);
            settle();
        });
}

void SyncRun::handleDeleted(qsizetype row, const Result<void> &result)
{
    if (!result && isInterruption(result.error())) {
        retry(row, result.error());
        return;
    }
    if (result) {
        ++m_summary.deleted;
        ++m_progress.done;
    } else {
        fail(row, RunFailure::Cause::Error, result.error());
    }
    settle();
}

} // namespace synchronize
