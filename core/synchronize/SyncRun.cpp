#include "synchronize/SyncRun.h"

#include "synchronize/CopyPass.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace synchronize {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileEntry;
using transfer::Summary;

constexpr int mostBusy = 32; // requests for single files and directories
constexpr auto tickTime = std::chrono::milliseconds(100);

size_t indexOf(Side side)
{
    return side == Side::Left ? 0 : 1;
}

Error lostConnection()
{
    return Error{.kind = ErrorKind::ConnectionLost};
}

Side targetOf(Action action)
{
    return action == Action::CopyRight || action == Action::DeleteRight ? Side::Right : Side::Left;
}

} // namespace

SyncRun::SyncRun(Place left, Place right, CopyRoutes routes, SyncPlan plan, RunOptions options,
                 QObject *parent)
    : QObject(parent)
    , m_left(std::move(left))
    , m_right(std::move(right))
    , m_routes(std::move(routes))
    , m_plan(std::make_shared<const SyncPlan>(std::move(plan)))
    , m_options(options)
{
    m_ticker.setInterval(tickTime);
    connect(&m_ticker, &QTimer::timeout, this, [this] { emit progressed(m_progress); });
}

SyncRun::~SyncRun() = default;

void SyncRun::start()
{
    for (qsizetype row = 0; row < m_plan->size(); ++row) {
        const Action action = m_plan->action(row);
        if (isDeletion(action)) {
            m_deleted.push_back(row);
        } else if (isCopy(action) && m_plan->rows()[row].isDirectory()) {
            m_made.push_back(row);
        }
        m_progress.total += isCopy(action) || isDeletion(action) ? 1 : 0;
    }
    m_ticker.start();
    forEach({{0, 1}}, &SyncRun::makeRoot, &SyncRun::makeDirectories);
}

void SyncRun::cancel()
{
    for (const auto &pass : m_passes) {
        if (pass != nullptr) {
            pass->cancel();
        }
    }
    finish(Failure(Error{.kind = ErrorKind::Cancelled}));
}

void SyncRun::useFiles(Side side, files::FileSystem *files)
{
    place(side).files = files;
    if (files != nullptr && m_isSuspended) {
        m_isSuspended = false;
        takeMore();
    }
}

// Of a comparison for which one of the two directories might be missing.
void SyncRun::makeRoot(qsizetype number)
{
    const Side side = number == 0 ? Side::Left : Side::Right;
    const SyncSums &sums = m_plan->sums(side);
    Place &place = this->place(side);
    if (sums.files + sums.directories == 0) {
        settle();
        return;
    }
    if (place.files == nullptr) {
        retry(number, lostConnection());
        return;
    }
    place.files->status(place.root).then(this, [this, &place](const Result<FileEntry> &entry) {
        if (entry || entry.error().kind != ErrorKind::NotFound || place.files == nullptr) {
            settle(); // what else is wrong with it, each copy tells
            return;
        }
        place.files->makeDirectory(place.root).then(this, [this](const Result<void> &made) {
            made ? settle() : finish(Failure(made.error()));
        });
    });
}

// Rows by how deep they are.
SyncRun::Levels SyncRun::levelsOf(const std::vector<qsizetype> &rows) const
{
    Levels levels;
    for (const qsizetype row : rows) {
        const auto depth = static_cast<size_t>(m_plan->rows()[row].depth());
        levels.resize(std::max(levels.size(), depth + 1));
        levels[depth].push_back(row);
    }
    return levels;
}

void SyncRun::makeDirectories()
{
    forEach(levelsOf(m_made), &SyncRun::makeDirectory, &SyncRun::copy);
}

void SyncRun::makeDirectory(qsizetype row)
{
    if (isBelowFailed(row)) {
        settle();
        return;
    }
    if (mustWait(row)) {
        return;
    }
    filesOf(row).makeDirectory(pathOf(row)).then(this, [this, row](const Result<void> &made) {
        if (made) {
            ++m_summary.directoriesMade;
            setMode(row);
        } else if (isInterruption(made.error())) {
            retry(row, made.error());
        } else {
            acceptDirectory(row, made.error());
        }
    });
}

// It may have appeared meanwhile, or been made before a connection was lost.
void SyncRun::acceptDirectory(qsizetype row, const Error &reason)
{
    if (mustWait(row)) {
        return;
    }
    filesOf(row)
        .status(pathOf(row))
        .then(this, [this, row, reason](const Result<FileEntry> &entry) {
            const bool isThere = entry && entry->attributes.type() == files::FileType::Directory;
            if (!isThere) {
                m_failed.insert(row);
                fail(row, RunFailure::Cause::Error, reason);
            }
            settle();
        });
}

// As files get it. Its owner may always enter it: what is in it is to come.
void SyncRun::setMode(qsizetype row)
{
    const TreeRow &pair = m_plan->rows()[row];
    const auto mode = pair.item(otherSide(sideOf(row)))->attributes.mode();
    ++m_progress.done;
    if (!mode || place(sideOf(row)).files == nullptr) {
        settle();
        return;
    }
    filesOf(row)
        .setMode(pathOf(row), files::FileMode((mode->bits() & 0777U) | 0700U))
        .then(this, [this](const Result<void> &) { settle(); });
}

void SyncRun::copy()
{
    m_progress.phase = RunProgress::Phase::Copying;
    for (const Side side : {Side::Left, Side::Right}) {
        m_passes[indexOf(side)] = CopyPass::make(
            {m_plan, side, place(otherSide(side)).root, place(side).root}, m_routes.to(side));
    }
    for (qsizetype row = 0; row < m_plan->size(); ++row) {
        const Action action = m_plan->action(row);
        if (isCopy(action) && !m_plan->rows()[row].isDirectory() && !isBelowFailed(row)) {
            m_passes[indexOf(targetOf(action))]->add(row);
        }
    }
    for (const Side side : {Side::Right, Side::Left}) {
        if (!m_passes[indexOf(side)]->isEmpty()) {
            startPass(side);
            return;
        }
    }
    finishDirectories();
}

void SyncRun::startPass(Side to)
{
    m_pass = m_passes[indexOf(to)].get();
    m_doneBefore = m_progress.done;
    connect(m_pass, &CopyPass::progressed, this, [this](const transfer::Progress &progress) {
        m_progress.copying = progress;
        m_progress.done = m_doneBefore + static_cast<quint64>(progress.filesDone);
    });
    connect(m_pass, &CopyPass::interrupted, this, &SyncRun::interrupted);
    connect(m_pass, &CopyPass::finished, this, &SyncRun::handleCopied);
    m_pass->start(m_options);
}

void SyncRun::handleCopied(const Result<Summary> &result)
{
    if (!result) {
        finish(Failure(result.error()));
        return;
    }
    m_summary.filesCopied += result->filesCopied;
    m_summary.bytesCopied += result->bytesCopied;
    m_summary.notes += result->notes;
    m_summary.failures += m_pass->failures(*result);
    const bool isRight = m_pass == m_passes[indexOf(Side::Right)].get();
    if (isRight && !m_passes[indexOf(Side::Left)]->isEmpty()) {
        startPass(Side::Left);
    } else {
        m_pass = nullptr;
        finishDirectories();
    }
}

// Owner, mode and times at last: what is put into a directory changes them.
void SyncRun::finishDirectories()
{
    Levels levels = m_options.copy.preserve ? levelsOf(m_made) : Levels();
    std::ranges::reverse(levels);
    forEach(std::move(levels), &SyncRun::finishDirectory, &SyncRun::checkParents);
}

void SyncRun::finishDirectory(qsizetype row)
{
    const Item &source = *m_plan->rows()[row].item(otherSide(sideOf(row)));
    files::FileAttributes wanted = source.attributes;
    wanted.size.reset();
    if (isBelowFailed(row) || m_failed.contains(row)) {
        settle();
        return;
    }
    if (mustWait(row)) {
        return;
    }
    filesOf(row)
        .setAttributes(pathOf(row), wanted)
        .then(this, [this, row, wanted](const Result<void> &set) {
            if (set) {
                settle();
                return;
            }
            files::FileAttributes rest
                = wanted; // like cp(1), without the owner where that is refused
            rest.userId.reset();
            rest.groupId.reset();
            if (mustWait(row)) {
                return;
            }
            const files::FilePath path
                = place(otherSide(sideOf(row))).path(m_plan->rows()[row].path);
            m_summary.notes.append({transfer::CopyNote::Kind::NotPreserved, path, 0});
            filesOf(row).setAttributes(pathOf(row), rest).then(this, [this](const Result<void> &) {
                settle();
            });
        });
}

void SyncRun::conclude()
{
    finish(m_summary);
}

// One level after the other, and of each many at a time.
void SyncRun::forEach(Levels levels, Step step, Next next)
{
    std::erase_if(levels, [](const auto &level) { return level.empty(); });
    m_levels = std::move(levels);
    m_step = step;
    m_next = next;
    m_waiting.clear();
    takeMore();
}

// Steps may end within their call: then it goes on here, and not one call deeper for each of them.
void SyncRun::takeMore()
{
    if (std::exchange(m_isTaking, true)) {
        return;
    }
    while (!m_isOver && !m_isSuspended && m_busy < mostBusy) {
        if (!m_waiting.empty()) {
            const qsizetype row = m_waiting.front();
            m_waiting.pop_front();
            ++m_busy;
            (this->*m_step)(row);
        } else if (m_busy == 0 && !m_levels.empty()) {
            m_waiting.assign(m_levels.front().begin(), m_levels.front().end());
            m_levels.pop_front();
        } else if (m_busy == 0 && m_next != nullptr) {
            (this->*std::exchange(m_next, nullptr))();
        } else {
            break;
        }
    }
    m_isTaking = false;
}

void SyncRun::settle()
{
    --m_busy;
    takeMore();
}

// A client that was let go answers with the second.
bool SyncRun::isInterruption(const Error &error)
{
    return error.kind == ErrorKind::ConnectionLost || error.kind == ErrorKind::Cancelled;
}

bool SyncRun::mustWait(qsizetype row)
{
    const bool isGone = place(sideOf(row)).files == nullptr;
    if (isGone) {
        retry(row, lostConnection());
    }
    return isGone;
}

// Once the connection is there again.
void SyncRun::retry(qsizetype row, const Error &reason)
{
    --m_busy;
    m_waiting.push_front(row);
    if (!std::exchange(m_isSuspended, true)) {
        emit interrupted(reason);
    }
}

// Of a directory that is not empty for this, nothing more is said.
void SyncRun::fail(qsizetype row, RunFailure::Cause cause, const Error &error)
{
    const bool isDeletion = synchronize::isDeletion(m_plan->action(row));
    Error told = error;
    if (told.subject.isEmpty()) {
        told.operation = isDeletion ? QStringLiteral("delete") : QStringLiteral("create");
        told.subject = pathOf(row).toDisplay();
    }
    m_summary.failures.append(
        {sideOf(row), m_plan->rows()[row].path, isDeletion, cause, std::move(told)});
    ++m_progress.done;
    for (qsizetype up = m_plan->parentOf(row); isDeletion && up >= 0; up = m_plan->parentOf(up)) {
        m_failed.insert(up);
    }
}

bool SyncRun::isBelowFailed(qsizetype row) const
{
    for (qsizetype up = m_plan->parentOf(row); up >= 0; up = m_plan->parentOf(up)) {
        if (m_failed.contains(up)) {
            return true;
        }
    }
    return false;
}

Side SyncRun::sideOf(qsizetype row) const
{
    return targetOf(m_plan->action(row));
}

files::FilePath SyncRun::pathOf(qsizetype row)
{
    return place(sideOf(row)).path(m_plan->rows()[row].path);
}

files::FileSystem &SyncRun::filesOf(qsizetype row)
{
    return *place(sideOf(row)).files;
}

void SyncRun::finish(const Result<RunSummary> &result)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_ticker.stop();
    emit progressed(m_progress);
    emit finished(result);
}

} // namespace synchronize
