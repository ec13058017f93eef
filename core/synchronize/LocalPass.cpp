#include "synchronize/LocalPass.h"

#include "files/LocalDirectory.h"
#include "transfer/LocalFileCopy.h"

#include <QtConcurrent>

#include <fcntl.h>

#include <atomic>
#include <chrono>
#include <utility>

namespace synchronize {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using transfer::Existing;
using transfer::LocalTree;

constexpr int mostLocalFiles = 4; // at a time: more would only move the heads of a disk
constexpr auto localTickTime = std::chrono::milliseconds(100);

Result<files::FileEntry> localStatus(const files::FilePath &path)
{
    files::OwnerNames owners;
    const auto entry = files::localEntry(AT_FDCWD, path.bytes(), owners);
    return entry
        ? Result<files::FileEntry>(*entry)
        : Failure(Error::fromErrno(entry.error(), QStringLiteral("look at"), path.toDisplay()));
}

} // namespace

struct LocalPass::Errand
{
    files::FilePath source;
    QByteArrayList target;
    std::optional<Item> compared; // what is there
    transfer::CopyOptions options;
};

struct LocalPass::Outcome
{
    Result<transfer::LocalCopied> copied;
    std::optional<RunFailure::Cause> objection = {};
};

struct LocalPass::Shared
{
    Result<LocalTree> tree;
    mutable std::atomic<quint64> bytes = 0;
    mutable std::atomic<bool> isGivenUp = false;
};

LocalPass::LocalPass(CopyTask task)
    : CopyPass(std::move(task))
{
    m_ticker.setInterval(localTickTime);
    connect(&m_ticker, &QTimer::timeout, this, &LocalPass::tellProgress);
}

LocalPass::~LocalPass()
{
    LocalPass::cancel();
}

void LocalPass::start(const RunOptions &options)
{
    m_options = options.copy;
    m_progress.counting = false;
    m_progress.filesTotal = static_cast<int>(rows().size());
    for (const qsizetype row : rows()) {
        const std::optional<Item> &item = task().plan->rows()[row].item(otherSide(task().to));
        const bool isFile = item && item->type() == files::FileType::Regular;
        m_progress.bytesTotal += isFile ? item->attributes.size.value_or(0) : 0;
    }
    m_ticker.start();
    QtConcurrent::run([base = targetBase()] {
        return std::make_shared<Shared>(LocalTree::open(base));
    }).then(this, [this](const std::shared_ptr<Shared> &shared) {
        if (m_isOver) {
            return;
        }
        if (!shared->tree) {
            m_isOver = true;
            m_ticker.stop();
            emit finished(Failure(shared->tree.error()));
            return;
        }
        m_shared = shared;
        takeMore();
    });
}

void LocalPass::cancel()
{
    if (m_shared != nullptr) {
        m_shared->isGivenUp = true;
    }
    m_isOver = true;
    m_ticker.stop();
}

// An errand may be done at once: then it goes on here, and not one call deeper for each of them.
void LocalPass::takeMore()
{
    if (std::exchange(m_isTaking, true)) {
        return;
    }
    while (!m_isOver && m_busy < mostLocalFiles && m_next < rows().size()) {
        const qsizetype row = rows()[m_next++];
        const TreeRow &pair = task().plan->rows()[row];
        ++m_busy;
        m_progress.currentFile = task().source.child(pair.path);
        QtConcurrent::run([errand = Errand{m_progress.currentFile, targetNames(pair.path),
                                           pair.item(task().to), m_options},
                           shared = m_shared] {
            return carryOut(errand, *shared);
        }).then(this, [this, row](const Outcome &outcome) { handle(row, outcome); });
    }
    m_isTaking = false;
    if (m_busy == 0 && !std::exchange(m_isOver, true)) {
        m_ticker.stop();
        tellProgress();
        emit finished(m_summary);
    }
}

// On a disk thread. Replaced is only what was compared.
LocalPass::Outcome LocalPass::carryOut(const Errand &errand, const Shared &shared)
{
    if (shared.isGivenUp) {
        return {Failure(Error{.kind = ErrorKind::Cancelled})};
    }
    const auto found = shared.tree->status(errand.target);
    if (!found && found.error().kind != ErrorKind::NotFound) {
        return {Failure(found.error())};
    }
    if (found) {
        if (const auto cause = objection(errand.compared, *found)) {
            return {Failure(Error{.kind = ErrorKind::AlreadyExists}), cause};
        }
    }
    const auto existing = found ? Existing::Replace : Existing::Keep;
    const auto source = localStatus(errand.source);
    if (!source) {
        return {Failure(source.error())};
    }
    if (source->attributes.type() == files::FileType::SymbolicLink) {
        return {shared.tree->makeLink(errand.target, source->linkTarget, existing).transform([] {
            return transfer::LocalCopied();
        })};
    }
    return {transfer::copyLocalFile(*shared.tree,
                                    {errand.source, errand.target, existing, errand.options},
                                    [&shared](quint64 bytes) {
                                        shared.bytes += bytes;
                                        return !shared.isGivenUp;
                                    })};
}

void LocalPass::handle(qsizetype row, const Outcome &outcome)
{
    using transfer::CopyNote;
    const QByteArray &path = task().plan->rows()[row].path;
    const files::FilePath source = task().source.child(path);
    --m_busy;
    ++m_progress.filesDone;
    if (outcome.objection) {
        refuse(path, *outcome.objection);
    }
    if (!outcome.copied) {
        Error error = outcome.copied.error();
        if (error.subject.isEmpty()) {
            error.operation = QStringLiteral("copy");
            error.subject = targetBase().child(targetNames(path).join('/')).toDisplay();
        }
        m_summary.failures.append({source, error, targetNames(path)});
    } else {
        ++m_summary.filesCopied;
        if (outcome.copied->note) {
            m_summary.notes.append({*outcome.copied->note, source, 0});
        }
        if (outcome.copied->likeness != transfer::Likeness::Full) {
            m_summary.notes.append({CopyNote::Kind::NotPreserved, source, 0});
        }
    }
    takeMore();
}

void LocalPass::tellProgress()
{
    m_progress.bytesDone = m_shared != nullptr ? m_shared->bytes.load() : 0;
    m_summary.bytesCopied = m_progress.bytesDone;
    m_rate.note(std::chrono::steady_clock::now(), m_progress.bytesDone);
    m_progress.bytesPerSecond = m_rate.bytesPerSecond();
    m_progress.timeLeft = m_rate.timeFor(m_progress.bytesTotal
                                         - std::min(m_progress.bytesTotal, m_progress.bytesDone));
    emit progressed(m_progress);
}

} // namespace synchronize
