#include "transfer/TransferRun.h"

#include "base/Recovery.h"

#include <algorithm>
#include <atomic>
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

constexpr qsizetype mostWaiting = 10'000; // files of the plan; then no further directory is read

constexpr auto progressInterval = 100ms;
constexpr auto busyPause = 1s;

Error errorOf(ErrorKind kind)
{
    Error error;
    error.kind = kind;
    error.operation = QStringLiteral("copy");
    return error;
}

} // namespace

TransferRun::TransferRun(sftp::Engine &engine, TransferRequest request, TransferLedger left,
                         std::shared_ptr<TransferFeed> feed, std::shared_ptr<Slot> slot,
                         std::shared_ptr<LaneBoard> lanes, std::optional<SourceServer> source)
    : m_engine(engine)
    , m_source(std::move(source))
    , m_request(std::move(request))
    , m_ledger(std::move(left))
    , m_feed(std::move(feed))
    , m_slot(std::move(slot))
    , m_policy([this](const Conflict &conflict) { emit m_feed->conflictRaised(conflict); },
               m_ledger.answers())
    , m_share(std::move(lanes))
{
    m_slot->run = this;
    QObject::connect(&m_ticker, &QTimer::timeout, &m_ticker, [this] { handleTick(); });
    m_ticker.setInterval(progressInterval);
    QObject::connect(&m_pause, &QTimer::timeout, &m_pause, [this] {
        m_ledger.releasePostponed();
        step();
    });
    m_pause.setSingleShot(true);
    m_pause.setInterval(busyPause);
}

TransferRun::~TransferRun()
{
    m_slot->run = nullptr;
    if (!m_isOver) {
        m_ledger.putBack();
        emit m_feed->interrupted(errorOf(ErrorKind::ConnectionLost), m_ledger);
    }
}

// What comes from another server comes over one channel: no lanes could help to read it.
std::unique_ptr<TransferEnds> TransferRun::makeEnds()
{
    if (m_request.direction == Direction::Download) {
        return makeDownloadEnds(m_engine, m_request.targetDirectory);
    }
    if (m_request.direction == Direction::Upload) {
        return makeUploadEnds(m_engine, m_request.targetDirectory, makeLocalSources());
    }
    Q_ASSERT(m_source);
    m_share.sendLanesAway();
    return makeUploadEnds(m_engine, m_request.targetDirectory, makeServerSources(*m_source));
}

void TransferRun::start()
{
    m_ends = makeEnds();
    FilePlacer::Record record;
    if (m_request.memory) {
        record = [this](const QByteArray &key, const FileDecision &decision,
                        std::move_only_function<void()> recorded) {
            this->record(key, decision, std::move(recorded));
        };
    }
    m_placer = std::make_unique<FilePlacer>(
        *m_ends, m_policy, m_ledger, [this] { step(); }, std::move(record));
    m_placer->setResumes(m_request.options.resume);
    m_ends->setDigest(m_share.services().digest);
    if (m_request.bytesPerSecond) {
        m_share.setLimit(*m_request.bytesPerSecond);
    }
    m_ticker.start();
    m_sinceTick.start();
    m_ends->open(m_guard([this](const Result<void> &opened) {
        m_isOpen = opened.has_value();
        if (m_isOpen || hasEnded()) {
            step();
        } else {
            finish(Failure(opened.error()));
        }
    }));
}

void TransferRun::cancel()
{
    if (m_request.options.keepPart) {
        keepParts();
    }
    finish(Failure(errorOf(ErrorKind::Cancelled)));
}

void TransferRun::answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope)
{
    if (m_isOver) {
        return; // it is asked again, if what is left goes on
    }
    m_policy.answer(conflict, answer, scope);
    m_ledger.setAnswers(m_policy.answersForAll());
    emit m_feed->answersChanged(m_policy.answersForAll());
    step();
}

void TransferRun::pause()
{
    if (m_isOver) {
        return;
    }
    keepParts();
    end();
    m_ledger.putBack();
    emit m_feed->interrupted(errorOf(ErrorKind::Cancelled), m_ledger);
}

void TransferRun::setLimit(quint64 bytesPerSecond)
{
    m_request.bytesPerSecond = bytesPerSecond;
    m_share.setLimit(bytesPerSecond);
}

void TransferRun::record(const QByteArray &key, const FileDecision &decision,
                         std::move_only_function<void()> recorded)
{
    static std::atomic<quint64> lastTicket = 0; // an answer may come in the next run only
    const quint64 ticket = recorded ? ++lastTicket : 0;
    if (recorded) {
        m_unrecorded[ticket] = std::move(recorded);
    }
    emit m_feed->decided(ticket, key, decision);
}

void TransferRun::confirm(quint64 ticket)
{
    auto found = m_unrecorded.extract(ticket);
    if (found && !m_isOver) {
        found.mapped()();
        step();
    }
}

void TransferRun::step()
{
    if (m_isOver) {
        return;
    }
    if (const auto reason = m_ends->endReason()) {
        handleLoss(*reason);
        return;
    }
    if (!m_isOpen) {
        return;
    }
    startSearches();
    while (mayStartFile()) {
        const auto file = m_ledger.takeFile();
        if (!file) {
            break;
        }
        startFile(*file);
    }
    if (!m_isOver && m_ledger.isIdle() && !m_ledger.isCounting() && !m_ledger.hasFiles()) {
        startWhatWaited();
    }
}

// Nothing else is left or under way.
void TransferRun::startWhatWaited()
{
    if (m_pause.isActive() || m_busyDirectories > 0) {
        return;
    }
    if (m_ledger.hasPostponed()) {
        m_isGentle = true;
        m_pause.start();
    } else if (m_ledger.releaseLookalike()) {
        step();
    } else if (const auto directories = m_ledger.deepestDirectories(); !directories.isEmpty()) {
        finishDirectories(directories);
    } else {
        finish(m_ledger.summary());
    }
}

// Of one depth: what is in them has all that it gets already.
void TransferRun::finishDirectories(const QList<PlannedItem> &directories)
{
    m_busyDirectories = directories.size();
    for (const PlannedItem &item : directories) {
        m_ends->makeTargetAlike(item.target, item.entry.attributes,
                                m_guard([this, item](const Result<Likeness> &likeness) {
                                    if (hasEnded()) {
                                        step();
                                        return;
                                    }
                                    if (likeness != Likeness::Full) {
                                        m_ledger.noteUnlike(item.source);
                                    }
                                    if (--m_busyDirectories == 0) {
                                        m_ledger.forgetDeepestDirectories();
                                        step();
                                    }
                                }));
    }
}

void TransferRun::startSearches()
{
    while (m_ledger.busySearches() < mostDirectories && m_ledger.waitingFiles() < mostWaiting) {
        if (const auto source = m_ledger.takeSource()) {
            lookAtSource(*source);
        } else if (const auto directory = m_ledger.takeDirectory()) {
            startDirectory(*directory);
        } else {
            break;
        }
    }
}

void TransferRun::lookAtSource(const PlannedItem &item)
{
    m_ends->sourceStatus(item.source, m_guard([this, item](const Result<FileEntry> &entry) {
                             if (entry) {
                                 m_ledger.found(item, *entry);
                                 step();
                             } else {
                                 fail(item, entry.error());
                             }
                         }));
}

void TransferRun::startDirectory(const PlannedItem &item)
{
    const FileMode mode = item.entry.attributes.mode().value_or(FileMode(0777));
    m_ends->makeTargetDirectory(item.target, mode,
                                m_guard([this, item](const Result<DirectoryState> &made) {
                                    if (made) {
                                        handleDirectory(item, *made);
                                    } else {
                                        fail(item, made.error());
                                    }
                                }));
}

void TransferRun::handleDirectory(const PlannedItem &item, DirectoryState state)
{
    if (state == DirectoryState::ExistedBefore && !item.lookalike.isEmpty()) {
        tellApart(item);
    } else {
        listDirectory(item, state);
    }
}

// Two directories that became one would overwrite each other's files.
void TransferRun::tellApart(const PlannedItem &item)
{
    m_ends->isTargetApart(item.target, item.lookalike,
                          m_guard([this, item](const Result<bool> &isApart) {
                              if (isApart && *isApart) {
                                  listDirectory(item, DirectoryState::ExistedBefore);
                                  return;
                              }
                              Error error = errorOf(ErrorKind::AlreadyExists);
                              error.subject = m_ends->targetPath(item.target).toDisplay();
                              fail(item, isApart ? error : isApart.error(),
                                   isApart ? CopyObstacle::NamesAlike : CopyObstacle::None);
                          }));
}

void TransferRun::listDirectory(const PlannedItem &item, DirectoryState state)
{
    m_ends->sourceContents(
        item.source, m_guard([this, item, state](const Result<sftp::DirectoryContents> &contents) {
            if (contents) {
                if (m_request.options.preserve) {
                    m_ledger.rememberDirectory(item);
                }
                m_ledger.listed(item, state, *contents);
                step();
            } else {
                fail(item, contents.error());
            }
        }));
}

// What fails with a connection is not the item's fault: it is left for another connection.
void TransferRun::fail(const PlannedItem &item, const Error &error, CopyObstacle obstacle)
{
    if (!hasEnded()) {
        m_ledger.failed(item, error, obstacle);
    }
    step();
}

void TransferRun::handleTick()
{
    if (hasEnded()) {
        step(); // while only the user was waited for, nothing else tells
        return;
    }
    tellProgress();
    m_share.refill(std::chrono::nanoseconds(m_sinceTick.durationElapsed()));
    m_sinceTick.start();
    if (m_request.bytesPerSecond) {
        for (const auto &[id, copy] : m_copies) {
            copy->proceed();
        }
        step();
    }
}

void TransferRun::tellProgress()
{
    Progress progress = m_ledger.progress();
    m_rate.note(std::chrono::steady_clock::now(), m_bytesMoved);
    progress.bytesPerSecond = m_rate.bytesPerSecond();
    progress.timeLeft = progress.counting
        ? std::nullopt
        : m_rate.timeFor(progress.bytesTotal - progress.bytesDone);
    emit m_feed->progressed(progress);
}

void TransferRun::handleLoss(const Error &reason)
{
    // Cancelled: its client was let go, for another one perhaps.
    if (!base::mayHeal(reason) && reason.kind != ErrorKind::Cancelled) {
        finish(Failure(reason));
        return;
    }
    keepParts();
    end();
    m_ledger.putBack();
    emit m_feed->interrupted(reason, m_ledger);
}

void TransferRun::keepParts()
{
    for (const auto &[id, copy] : m_copies) {
        copy->keepPart();
    }
}

// The copies that still run end with this, and clean up behind them.
void TransferRun::finish(const Result<Summary> &result)
{
    if (m_isOver) {
        return;
    }
    end();
    emit m_feed->finished(result);
}

void TransferRun::end()
{
    m_isOver = true;
    m_guard.reset();
    if (m_placer) {
        m_placer->stop(); // a disk may answer yet, and the ledger is given away
    }
    m_ticker.stop();
    m_pause.stop();
    tellProgress();
    m_engine.release(*this);
}

} // namespace transfer
