#include "transfer/TransferRun.h"

#include "transfer/FileNames.h"

#include <utility>

namespace transfer {
namespace {

using namespace std::chrono_literals;

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileEntry;
using files::FileMode;
using files::FilePath;
using files::FileType;

// So many at a time that a tree of small files costs round trips per batch, not per file. Large
// files fill the line by themselves: a few are enough, and more would only take memory.
constexpr int mostFiles = 128;
constexpr int fewFiles = 4;
constexpr quint64 enoughBytes = quint64{16} * 1024 * 1024;
constexpr int mostDirectories = 32;
constexpr qsizetype mostWaiting = 10'000; // files of the plan; then no further directory is read
constexpr int mostNumbers = 1000; // tried for a free name

constexpr auto progressInterval = 100ms;

Error makeError(ErrorKind kind, const char *operation, const FilePath &path)
{
    Error error;
    error.kind = kind;
    error.operation = QString::fromLatin1(operation);
    error.subject = path.toDisplay();
    return error;
}

} // namespace

TransferRun::TransferRun(sftp::Engine &engine, TransferRequest request,
                         std::shared_ptr<TransferFeed> feed, std::shared_ptr<Slot> slot,
                         std::shared_ptr<LaneBoard> lanes)
    : m_engine(engine)
    , m_request(std::move(request))
    , m_feed(std::move(feed))
    , m_slot(std::move(slot))
    , m_policy([this](const Conflict &conflict) { emit m_feed->conflictRaised(conflict); })
    , m_share(std::move(lanes))
{
    m_slot->run = this;
    QObject::connect(&m_ticker, &QTimer::timeout, &m_ticker, [this] { handleTick(); });
    m_ticker.setInterval(progressInterval);
}

TransferRun::~TransferRun()
{
    m_slot->run = nullptr;
    if (!m_isOver) {
        emit m_feed->finished(Failure(makeError(ErrorKind::ConnectionLost, "copy", {})));
    }
}

void TransferRun::start()
{
    m_ends = m_request.direction == Direction::Download
        ? makeDownloadEnds(m_engine, m_request.targetDirectory)
        : makeUploadEnds(m_engine, m_request.targetDirectory);
    if (m_request.bytesPerSecond) {
        m_share.setLimit(*m_request.bytesPerSecond);
    }
    m_ticker.start();
    m_sinceTick.start();
    ++m_busyDirectories;
    m_ends->open(m_guard([this](const Result<void> &opened) {
        --m_busyDirectories;
        if (opened) {
            addSources();
            step();
        } else {
            finish(Failure(opened.error()));
        }
    }));
}

void TransferRun::addSources()
{
    for (const FilePath &source : std::as_const(m_request.sources)) {
        const QByteArray name = m_request.targetName.value_or(source.name());
        ++m_busyDirectories;
        m_ends->sourceStatus(source, m_guard([this, source, name](const Result<FileEntry> &entry) {
                                 --m_busyDirectories;
                                 if (entry) {
                                     m_plan.addSource(source, *entry, name);
                                 } else {
                                     addFailure(source, entry.error());
                                 }
                                 step();
                             }));
    }
}

void TransferRun::cancel()
{
    if (m_request.options.keepPart) {
        for (const auto &[id, running] : m_copies) {
            running.copy->keepPart();
        }
    }
    finish(Failure(makeError(ErrorKind::Cancelled, "copy", {})));
}

void TransferRun::answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope)
{
    m_policy.answer(conflict, answer, scope);
    step();
}

void TransferRun::step()
{
    if (m_isOver) {
        return;
    }
    if (const auto &reason = m_engine.endReason()) {
        finish(Failure(*reason));
        return;
    }
    while (m_busyDirectories < mostDirectories && m_plan.waitingFiles() < mostWaiting) {
        const auto directory = m_plan.takeDirectory();
        if (!directory) {
            break;
        }
        startDirectory(*directory);
    }
    while (mayStartFile()) {
        const auto file = m_plan.takeFile();
        if (!file) {
            break;
        }
        startFile(*file);
    }
    for (const FileFailure &failure : m_plan.takeFailures()) {
        addFailure(failure.path, failure.error);
        ++m_progress.filesDone;
    }
    m_progress.counting = m_busyDirectories > 0 || m_plan.hasDirectories();
    if (!m_progress.counting && m_busyFiles == 0 && m_plan.waitingFiles() == 0
        && m_policy.waitingCount() == 0) {
        finish(m_summary);
    }
}

void TransferRun::startDirectory(const PlannedItem &item)
{
    ++m_busyDirectories;
    const FileMode mode = item.entry.attributes.mode().value_or(FileMode(0777));
    m_ends->makeTargetDirectory(item.target, mode,
                                m_guard([this, item](const Result<DirectoryState> &made) {
                                    if (made) {
                                        listDirectory(item, *made);
                                        return;
                                    }
                                    --m_busyDirectories;
                                    addFailure(item.source, made.error());
                                    step();
                                }));
}

void TransferRun::listDirectory(const PlannedItem &item, DirectoryState state)
{
    m_ends->sourceContents(
        item.source, m_guard([this, item, state](const Result<sftp::DirectoryContents> &contents) {
            --m_busyDirectories;
            if (contents) {
                m_plan.addContents(item, state, *contents);
            } else {
                addFailure(item.source, contents.error());
            }
            step();
        }));
}

// Each file takes a handle of the server, and so does each directory.
bool TransferRun::mayStartFile() const
{
    const int handles = std::max(fewFiles, m_engine.limits().openHandles - mostDirectories);
    return m_share.mayMove()
        && (m_busyFiles < fewFiles
            || (m_busyFiles < std::min(mostFiles, handles) && m_busyBytes < enoughBytes));
}

void TransferRun::enter(const PlannedItem &item)
{
    ++m_busyFiles;
    m_busyBytes += item.entry.attributes.size.value_or(0);
}

void TransferRun::leave(const PlannedItem &item)
{
    --m_busyFiles;
    m_busyBytes -= item.entry.attributes.size.value_or(0);
}

void TransferRun::startFile(const PlannedItem &item)
{
    enter(item);
    if (item.entry.attributes.type() == FileType::SymbolicLink) {
        readLink(item);
    } else {
        lookAtTarget(item);
    }
}

// Links are copied as links, and only those that stay within what is copied: others would lead to
// something else at the other end.
void TransferRun::readLink(const PlannedItem &item)
{
    m_ends->sourceStatus(
        item.source, m_guard([this, item](const Result<FileEntry> &entry) {
            if (!entry) {
                finishFile(item, Failure(entry.error()));
            } else if (!isContainedLink(entry->linkTarget, item.target.size() - 1)) {
                finishFile(item,
                           Failure(makeError(ErrorKind::Unsupported, "copy link", item.source)));
            } else {
                PlannedItem link = item;
                link.entry.linkTarget = entry->linkTarget;
                lookAtTarget(link);
            }
        }));
}

void TransferRun::lookAtTarget(const PlannedItem &item)
{
    if (item.parentState == DirectoryState::Created) {
        place(item, Existing::Keep); // nothing can be there, and nothing would be replaced
        return;
    }
    m_ends->targetStatus(item.target, m_guard([this, item](const Result<FileEntry> &inTheWay) {
                             if (inTheWay) {
                                 askAbout(item, *inTheWay);
                             } else if (inTheWay.error().kind == ErrorKind::NotFound) {
                                 place(item, Existing::Keep);
                             } else {
                                 finishFile(item, Failure(inTheWay.error()));
                             }
                         }));
}

// While the user thinks, the file does not count as busy: others take its turn.
void TransferRun::askAbout(const PlannedItem &item, const FileEntry &inTheWay)
{
    leave(item);
    Conflict conflict;
    conflict.source = item.source;
    conflict.target = m_ends->targetPath(item.target);
    conflict.sourceEntry = item.entry;
    conflict.targetEntry = inTheWay;
    m_policy.ask(conflict, [this, item, inTheWay](ConflictAnswer answer) {
        enter(item);
        decide(item, inTheWay, answer);
    });
    step();
}

void TransferRun::decide(const PlannedItem &item, const FileEntry &inTheWay, ConflictAnswer answer)
{
    switch (answer) {
    case ConflictAnswer::Overwrite:
        if (inTheWay.attributes.type() == FileType::Directory) {
            finishFile(item,
                       Failure(makeError(ErrorKind::IsADirectory, "replace",
                                         m_ends->targetPath(item.target))));
        } else {
            place(item, Existing::Replace, inTheWay.attributes);
        }
        break;
    case ConflictAnswer::Skip:
        leave(item);
        ++m_summary.filesSkipped;
        ++m_progress.filesDone;
        break; // the caller takes the next step
    case ConflictAnswer::KeepBoth:
        findFreeName(item, item.target.last(), 2);
        break;
    }
}

void TransferRun::findFreeName(PlannedItem item, const QByteArray &name, int number)
{
    item.target.last() = numberedName(name, number);
    m_ends->targetStatus(
        item.target, m_guard([this, item, name, number](const Result<FileEntry> &inTheWay) {
            if (inTheWay && number < mostNumbers) {
                findFreeName(item, name, number + 1);
            } else if (!inTheWay && inTheWay.error().kind == ErrorKind::NotFound) {
                place(item, Existing::Keep);
            } else {
                finishFile(item,
                           Failure(inTheWay ? makeError(ErrorKind::AlreadyExists, "find free name",
                                                        m_ends->targetPath(item.target))
                                            : inTheWay.error()));
            }
        }));
}

void TransferRun::place(const PlannedItem &item, Existing existing,
                        const files::FileAttributes &replaced)
{
    if (item.entry.attributes.type() == FileType::SymbolicLink) {
        m_ends->makeTargetLink(
            item.target, item.entry.linkTarget, existing,
            m_guard([this, item](const Result<void> &made) { finishFile(item, made); }));
    } else if (item.entry.attributes.size.value_or(0) >= LaneBoard::leastBytes) {
        checkSpace(item, existing, replaced);
    } else {
        copyFile(item, existing, replaced);
    }
}

// Better told now than after an hour. For small files it would cost more than it saves.
void TransferRun::checkSpace(const PlannedItem &item, Existing existing,
                             const files::FileAttributes &replaced)
{
    m_ends->targetFreeBytes(m_guard([this, item, existing, replaced](const Result<quint64> &bytes) {
        if (bytes && *bytes < *item.entry.attributes.size) {
            const FilePath target = m_ends->targetPath(item.target);
            finishFile(item, Failure(makeError(ErrorKind::NoSpace, "copy", target)));
        } else {
            copyFile(item, existing, replaced);
        }
    }));
}

void TransferRun::copyFile(const PlannedItem &item, Existing existing,
                           const files::FileAttributes &replaced)
{
    const quint64 id = ++m_lastCopy;
    CopyOrder order{item.source, item.entry.attributes, item.target,      existing,
                    replaced,    item.parentState,      m_request.options};
    RunningCopy &running = m_copies[id];
    running.copy = m_ends->copy(std::move(order), m_share, eventsOf(id, item));
    m_share.setCopies(std::ssize(m_copies));
    running.copy->start();
}

CopyEvents TransferRun::eventsOf(quint64 id, const PlannedItem &item)
{
    CopyEvents events;
    events.moved = [this, id, source = item.source](quint64 bytes) {
        m_progress.bytesDone += bytes;
        m_progress.currentFile = source;
        m_bytesMoved += bytes;
        m_copies.at(id).bytes += bytes;
    };
    events.found = [this, id](quint64 bytes) {
        m_progress.bytesDone += bytes;
        m_copies.at(id).bytesFound += bytes;
    };
    events.restarted = [this, id] {
        RunningCopy &copy = m_copies.at(id);
        m_progress.bytesDone -= copy.bytes + copy.bytesFound;
        copy.bytes = 0;
        copy.bytesFound = 0;
    };
    events.noted = [this, source = item.source](CopyNote::Kind kind, quint64 bytes) {
        m_summary.notes.append({kind, source, bytes});
    };
    events.finished
        = [this, id, item](const Result<void> &copied) { handleCopied(id, item, copied); };
    return events;
}

// The copy is still in the middle of its call: it goes when the event loop runs again.
void TransferRun::handleCopied(quint64 id, const PlannedItem &item, const Result<void> &copied)
{
    auto ended = m_copies.extract(id);
    m_share.setCopies(std::ssize(m_copies));
    if (copied) {
        m_summary.bytesCopied += ended.mapped().bytes;
    }
    m_finishedCopies.push_back(std::move(ended.mapped().copy));
    QMetaObject::invokeMethod(
        &m_ticker, [this] { m_finishedCopies.clear(); }, Qt::QueuedConnection);
    finishFile(item, copied);
}

void TransferRun::finishFile(const PlannedItem &item, const Result<void> &result)
{
    leave(item);
    ++m_progress.filesDone;
    if (result) {
        ++m_summary.filesCopied;
    } else {
        addFailure(item.source, result.error());
    }
    step();
}

void TransferRun::addFailure(const FilePath &path, const Error &error)
{
    m_summary.failures.append({path, error});
}

void TransferRun::handleTick()
{
    tellProgress();
    m_share.refill(std::chrono::nanoseconds(m_sinceTick.durationElapsed()));
    m_sinceTick.start();
    if (m_request.bytesPerSecond) {
        for (const auto &[id, running] : m_copies) {
            running.copy->proceed();
        }
        step();
    }
}

void TransferRun::tellProgress()
{
    m_rate.note(std::chrono::steady_clock::now(), m_progress.bytesDone);
    m_progress.filesTotal = m_plan.filesFound();
    m_progress.bytesTotal = std::max(m_plan.bytesFound(), m_progress.bytesDone);
    m_progress.bytesPerSecond = m_rate.bytesPerSecond();
    m_progress.timeLeft = m_progress.counting
        ? std::nullopt
        : m_rate.timeFor(m_progress.bytesTotal - m_progress.bytesDone);
    emit m_feed->progressed(m_progress);
}

// The copies that still run end with this, and clean up behind them.
void TransferRun::finish(const Result<Summary> &result)
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    m_guard.reset();
    m_ticker.stop();
    tellProgress();
    emit m_feed->finished(result);
    m_engine.release(*this);
}

} // namespace transfer
