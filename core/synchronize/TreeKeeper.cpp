#include "synchronize/TreeKeeper.h"

#include <utility>

namespace synchronize {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

bool isInterruption(const Error &error)
{
    return error.kind == ErrorKind::ConnectionLost || error.kind == ErrorKind::Cancelled;
}

} // namespace

TreeKeeper::TreeKeeper(Place local, Place target, KeeperOptions options, CopyRoute route,
                       QObject *parent)
    : QObject(parent)
    , m_local(std::move(local))
    , m_target(std::move(target))
    , m_options(std::move(options))
    , m_route(std::move(route))
    , m_watch(m_local.root, m_options.comparison.filter, m_options.quietTime)
{
    connect(&m_watch, &TreeWatch::started, this, &TreeKeeper::beginRound);
    connect(&m_watch, &TreeWatch::changed, this,
            [this](const QByteArrayList &directories, bool isEverything) {
                m_changed.unite(QSet<QByteArray>(directories.cbegin(), directories.cend()));
                m_isEverything = m_isEverything || isEverything;
                if (m_state == State::Watching) {
                    beginRound();
                }
            });
    connect(&m_watch, &TreeWatch::failed, this, [this](const Error &reason) {
        stop();
        emit failed(reason);
    });
}

TreeKeeper::~TreeKeeper() = default;

void TreeKeeper::start()
{
    m_watch.start();
}

void TreeKeeper::stop()
{
    m_comparison.reset();
    m_run.reset();
    setState(State::Ended);
}

void TreeKeeper::suspend()
{
    m_target.files = nullptr;
    if (m_comparison != nullptr) {
        m_comparison->cancel();
    }
    if (m_run != nullptr) {
        m_run->useFiles(Side::Right, nullptr);
    }
    if (m_state != State::Starting && m_state != State::Ended) {
        setState(State::WaitingForConnection);
    }
}

void TreeKeeper::resume(files::FileSystem &target)
{
    m_target.files = &target;
    if (m_state != State::WaitingForConnection) {
        return;
    }
    if (m_run != nullptr) {
        setState(State::Working);
        m_run->useFiles(Side::Right, &target);
    } else {
        beginRound();
    }
}

void TreeKeeper::beginRound()
{
    if (m_state == State::Ended) {
        return;
    }
    if (m_target.files == nullptr) {
        setState(State::WaitingForConnection);
        return;
    }
    if (!m_isEverything && m_changed.isEmpty()) {
        setState(State::Watching);
        return;
    }
    ComparisonOptions options = m_options.comparison;
    m_round = std::exchange(m_isEverything, false)
        ? QByteArrayList()
        : QByteArrayList(m_changed.cbegin(), m_changed.cend());
    m_changed.clear();
    options.only = m_round;
    setState(State::Working);
    m_comparison = std::make_unique<TreeComparison>(m_local, m_target, std::move(options));
    connect(m_comparison.get(), &TreeComparison::finished, this, &TreeKeeper::handleCompared);
    m_comparison->start();
}

void TreeKeeper::handleCompared(const Result<TreeRows> &rows)
{
    m_comparison.release()->deleteLater(); // it is in the middle of its own signal
    if (!rows) {
        endRound(rows.error());
        return;
    }
    SyncRules rules{.deletes = m_options.deletes, .newerWins = m_options.keepsNewer};
    SyncPlan plan(*rows, rules);
    if (plan.unreadable() > 0) { // something may have moved to there: nothing is deleted now
        rules.deletes = false;
        plan.setRules(rules);
    }
    if (m_options.deletes) {
        for (const TreeRow &row : *rows) {
            if (row.left) {
                m_wasHere.insert(row.path);
            }
        }
        spareWhatWasNeverHere(plan);
    }
    if (plan.isEmpty()) {
        endRound(std::nullopt);
        return;
    }
    m_run = std::make_unique<SyncRun>(m_local, m_target, CopyRoutes{{}, m_route}, std::move(plan),
                                      m_options.run);
    connect(m_run.get(), &SyncRun::progressed, this, &TreeKeeper::progressed);
    connect(m_run.get(), &SyncRun::finished, this, &TreeKeeper::handleFinished);
    m_run->start();
}

// What is at the target alone was put there by somebody else, and nobody has been shown that it
// would be deleted.
void TreeKeeper::spareWhatWasNeverHere(SyncPlan &plan) const
{
    for (qsizetype row = 0; row < plan.size(); ++row) {
        if (plan.action(row) == Action::DeleteRight
            && !m_wasHere.contains(plan.rows().at(row).path)) {
            plan.setAction(row, Action::Nothing);
        }
    }
}

void TreeKeeper::handleFinished(const Result<RunSummary> &summary)
{
    m_run.release()->deleteLater();
    if (!summary) {
        endRound(summary.error());
        return;
    }
    m_lastUpdate = QDateTime::currentDateTime();
    emit updated(*summary);
    endRound(std::nullopt);
}

// What was not carried over is the matter of the next round.
void TreeKeeper::endRound(const std::optional<Error> &failure)
{
    if (m_state == State::Ended) {
        return;
    }
    if (!failure) {
        beginRound();
        return;
    }
    m_isEverything = m_isEverything || m_round.isEmpty();
    m_changed.unite(QSet<QByteArray>(m_round.cbegin(), m_round.cend()));
    if (isInterruption(*failure)) {
        setState(State::WaitingForConnection);
        return;
    }
    setState(State::Watching);
    emit roundFailed(*failure);
}

void TreeKeeper::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        emit stateChanged();
    }
}

} // namespace synchronize
