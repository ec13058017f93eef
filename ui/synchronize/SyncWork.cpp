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

SyncWork::SyncWork(files::FileSystem &local, QObject *parent)
    : QObject(parent)
    , m_local(local)
    , m_queue(std::make_unique<transfer::TransferQueue>())
{
}

SyncWork::~SyncWork() = default;

void SyncWork::setServer(files::FileSystem *files, const AttachQueue &attachQueue)
{
    m_server = files;
    if (files != nullptr) {
        attachQueue(*m_queue);
    }
    if (m_run) {
        m_run->useFiles(Side::Right, files);
    } else if (m_keeper && files == nullptr) {
        m_keeper->suspend();
    } else if (m_keeper) {
        m_keeper->resume(*files);
    } else if (files == nullptr && m_state != State::Idle) {
        giveUp(lost(m_right));
    }
    emit stateChanged();
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
    if (m_server == nullptr) { // gone since the caller looked
        giveUp(lost(right));
        return;
    }
    const quint64 act = m_act;
    m_local.canonical(left).then(
        this, [this, act, right, then = std::move(then)](const Result<FilePath> &found) {
            if (act != m_act) {
                return;
            }
            if (!found) {
                giveUp(found.error());
                return;
            }
            m_left = *found;
            m_server->canonical(right).then(this, [this, act, then](const Result<FilePath> &path) {
                if (act != m_act) {
                    return;
                }
                if (!path) {
                    giveUp(path.error());
                    return;
                }
                m_right = *path;
                then();
            });
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
    m_comparison = std::make_unique<TreeComparison>(left(), right(), options);
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
    if (m_server == nullptr) {
        return;
    }
    begin(State::Running);
    m_run = std::make_unique<SyncRun>(left(), right(), Side::Left, plan, options, *m_queue);
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

void SyncWork::keep(const FilePath &left, const FilePath &right,
                    const synchronize::KeeperOptions &options)
{
    begin(State::Keeping);
    find(left, right, [this, options] { startKeeping(options); });
}

void SyncWork::startKeeping(const synchronize::KeeperOptions &options)
{
    m_keeper = std::make_unique<TreeKeeper>(left(), right(), options, *m_queue);
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
