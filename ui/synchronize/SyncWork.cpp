#include "ui/synchronize/SyncWork.h"

#include "transfer/TransferQueue.h"

#include <utility>

namespace ui {

using base::Error;
using base::Result;
using files::FilePath;
using synchronize::Side;
using synchronize::SyncRun;
using synchronize::TreeComparison;
using synchronize::TreeKeeper;

namespace {

Error lost(const FilePath &directory)
{
    return {.kind = base::ErrorKind::ConnectionLost,
            .operation = {},
            .subject = directory.toDisplay(),
            .detail = {}};
}

} // namespace

// A side's title tells it from the other one where something fails.
SyncWork::SyncWork(const SyncEnds &ends, QObject *parent)
    : QObject(parent)
    , m_isSameMachine(ends.isSameMachine)
{
    for (const Side side : bothSides) {
        if (ends.at(side).isLocal()) {
            continue;
        }
        auto queue = std::make_unique<transfer::TransferQueue>();
        const QString key = side == Side::Left ? QStringLiteral("left") : QStringLiteral("right");
        queue->setServer({key, ends.name(side), {}, {}, false});
        queue->findSources([this, side](const transfer::TransferServer &) {
            return at(otherSide(side)).queue.get();
        });
        at(side).queue = std::move(queue);
    }
}

SyncWork::~SyncWork() = default;

void SyncWork::setFiles(Side side, files::FileSystem *files, const AttachQueue &attachQueue)
{
    at(side).files = files;
    if (files != nullptr && at(side).queue != nullptr) {
        attachQueue(*at(side).queue);
    }
    if (m_run) {
        m_run->useFiles(side, files);
    } else if (m_keeper) {
        resumeKeeper(side, files);
    } else if (files == nullptr && m_state != State::Idle) {
        giveUp(lost(at(side).root));
    }
    emit stateChanged();
}

// Its source, of this computer, does not go.
void SyncWork::resumeKeeper(Side side, files::FileSystem *files)
{
    if (side != m_kept) {
        return;
    }
    if (files == nullptr) {
        m_keeper->suspend();
    } else {
        m_keeper->resume(*files);
    }
}

synchronize::CopyRoute SyncWork::routeTo(Side side) const
{
    using transfer::Direction;
    transfer::TransferQueue *target = at(side).queue.get();
    transfer::TransferQueue *source = at(otherSide(side)).queue.get();
    if (target == nullptr) {
        return {source, Direction::Download};
    }
    if (source == nullptr) {
        return {target, Direction::Upload};
    }
    return {target, Direction::Relay, source->server()};
}

synchronize::Place SyncWork::place(Side side) const
{
    return {at(side).files, at(side).root};
}

void SyncWork::begin(State state)
{
    stop();
    m_state = state;
    emit stateChanged();
}

// What has ended is in the middle of its last signal.
void SyncWork::end()
{
    for (QObject *over :
         {static_cast<QObject *>(m_comparison.release()), static_cast<QObject *>(m_run.release()),
          static_cast<QObject *>(m_keeper.release())}) {
        if (over != nullptr) {
            over->disconnect(this);
            over->deleteLater();
        }
    }
    ++m_act;
    m_state = State::Idle;
}

void SyncWork::stop()
{
    m_comparison.reset();
    m_run.reset();
    m_keeper.reset();
    end();
    emit stateChanged();
}

void SyncWork::giveUp(const Error &error)
{
    const State before = m_state;
    stop();
    if (before == State::Keeping) {
        emit keepingEnded(error);
    } else {
        emit compared(base::Failure(error));
    }
}

void SyncWork::find(const FilePath &left, const FilePath &right, std::function<void()> then)
{
    findSide(Side::Left, left, [this, right, then = std::move(then)] {
        findSide(Side::Right, right, [this, then] {
            const bool isOne
                = m_left.root.contains(m_right.root) || m_right.root.contains(m_left.root);
            if (m_isSameMachine && isOne) {
                stop();
                emit overlapping();
            } else {
                then();
            }
        });
    });
}

void SyncWork::findSide(Side side, const FilePath &path, std::function<void()> then)
{
    if (at(side).files == nullptr) { // gone since the caller looked
        giveUp(lost(path));
        return;
    }
    at(side).files->canonical(path).then(
        this, [this, act = m_act, side, then = std::move(then)](const Result<FilePath> &found) {
            if (act != m_act) {
                return;
            }
            if (!found) {
                giveUp(found.error());
                return;
            }
            at(side).root = *found;
            then();
        });
}

void SyncWork::compare(const FilePath &left, const FilePath &right,
                       const synchronize::ComparisonOptions &options)
{
    begin(State::Comparing);
    find(left, right, [this, options] { startComparison(options); });
}

void SyncWork::startComparison(const synchronize::ComparisonOptions &options)
{
    m_comparison = std::make_unique<TreeComparison>(place(Side::Left), place(Side::Right), options);
    connect(m_comparison.get(), &TreeComparison::progressed, this, &SyncWork::comparing);
    connect(m_comparison.get(), &TreeComparison::finished, this,
            [this](const Result<synchronize::TreeRows> &rows) {
                const auto kept = rows; // what tells it is let go of
                end();
                emit compared(kept);
                emit stateChanged();
            });
    m_comparison->start();
}

void SyncWork::run(const synchronize::SyncPlan &plan, const synchronize::RunOptions &options)
{
    if (!isConnected()) {
        return;
    }
    begin(State::Running);
    const synchronize::CopyRoutes routes{routeTo(Side::Left), routeTo(Side::Right)};
    m_run = std::make_unique<SyncRun>(place(Side::Left), place(Side::Right), routes, plan, options);
    connect(m_run.get(), &SyncRun::progressed, this, &SyncWork::running);
    connect(m_run.get(), &SyncRun::interrupted, this, &SyncWork::interrupted);
    connect(m_run.get(), &SyncRun::finished, this,
            [this](const Result<synchronize::RunSummary> &summary) {
                const auto kept = summary;
                end();
                emit ran(kept);
                emit stateChanged();
            });
    m_run->start();
}

void SyncWork::keep(Side source, const FilePath &left, const FilePath &right,
                    const synchronize::KeeperOptions &options)
{
    begin(State::Keeping);
    find(left, right, [this, source, options] { startKeeping(source, options); });
}

void SyncWork::startKeeping(Side source, const synchronize::KeeperOptions &options)
{
    m_kept = otherSide(source);
    m_keeper = std::make_unique<TreeKeeper>(place(source), place(m_kept), options, routeTo(m_kept));
    connect(m_keeper.get(), &TreeKeeper::failed, this, [this](const Error &reason) {
        const Error kept = reason;
        end();
        emit keepingEnded(kept);
        emit stateChanged();
    });
    emit keeping(m_keeper.get());
    m_keeper->start();
}

} // namespace ui
