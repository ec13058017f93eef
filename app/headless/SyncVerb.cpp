#include "app/headless/SyncVerb.h"

#include "app/headless/Report.h"
#include "app/headless/SyncReport.h"
#include "ui/errors/CopyNoteText.h"
#include "ui/errors/SyncFailureText.h"

#include <cerrno>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {

using base::Result;
using files::FileEntry;
using files::FilePath;
using synchronize::Side;

namespace {

// Behind different jump hosts one address may be two servers.
bool leadToSameMachine(const ssh::ConnectionSettings &one, const ssh::ConnectionSettings &other)
{
    return one.host.compare(other.host, Qt::CaseInsensitive) == 0 && one.port == other.port
        && one.route == other.route;
}

} // namespace

SyncVerb::SyncVerb(const Servers &servers, SyncRequest request)
    : TransferVerb(servers.target ? *servers.target : *servers.source, request.options)
    , m_request(std::move(request))
{
    m_targetLink = servers.target ? &server() : nullptr;
    if (!servers.source) {
        return;
    }
    if (!servers.target || *servers.source == *servers.target) {
        m_sourceLink = &server(); // one login does for both
    } else {
        m_sourceLink = &addSource(*servers.source);
    }
    m_isSameMachine = servers.target && leadToSameMachine(*servers.source, *servers.target);
    for (const Side side : {Side::Left, Side::Right}) {
        if (linkOf(side) != nullptr) {
            transfer::TransferQueue &queue = linkOf(side)->queue();
            const QString &title = directoryOf(side).target;
            queue.setServer({title, base::displayText(title), {}, {}, false});
            queue.findSources([this, side](const transfer::TransferServer &) {
                return &linkOf(otherSide(side))->queue();
            });
        }
    }
}

ServerLink *SyncVerb::linkOf(Side side) const
{
    return side == Side::Left ? m_sourceLink : m_targetLink;
}

files::FileSystem &SyncVerb::filesOf(Side side)
{
    return linkOf(side) == nullptr ? static_cast<files::FileSystem &>(m_localFiles)
                                   : linkOf(side)->client();
}

const SyncDirectory &SyncVerb::directoryOf(Side side) const
{
    return side == Side::Left ? m_request.source : m_request.target;
}

FilePath &SyncVerb::root(Side side)
{
    return side == Side::Left ? m_source : m_target;
}

SyncSides SyncVerb::sides() const
{
    if (m_sourceLink == nullptr) {
        return SyncSides::Upload;
    }
    return m_targetLink == nullptr ? SyncSides::Download : SyncSides::BetweenServers;
}

synchronize::CopyRoute SyncVerb::routeTo(Side side) const
{
    using transfer::Direction;
    ServerLink *target = linkOf(side);
    ServerLink *source = linkOf(otherSide(side));
    if (target == nullptr) {
        return {&source->queue(), Direction::Download};
    }
    if (source == nullptr) {
        return {&target->queue(), Direction::Upload};
    }
    return {&target->queue(), Direction::Relay, source->queue().server()};
}

// Of two servers it is told which one it was.
void SyncVerb::failAt(Side side, base::Error error)
{
    if (sides() == SyncSides::BetweenServers) {
        error.server = directoryOf(side).target;
    }
    fail(error);
}

void SyncVerb::prepare()
{
    find(Side::Left, [this] { find(Side::Right, [this] { resolveSource(); }); });
}

void SyncVerb::find(Side side, const std::function<void()> &then)
{
    const FilePath path(directoryOf(side).path);
    if (linkOf(side) == nullptr) {
        root(side) = absoluteLocalPath(path.bytes());
        then();
        return;
    }
    filesOf(side).canonical({}).then(this, [this, side, path, then](const Result<FilePath> &home) {
        if (!home) {
            failAt(side, home.error());
            return;
        }
        root(side) = (path.isAbsolute() ? path : home->child(path.bytes())).normalized();
        then();
    });
}

void SyncVerb::resolveSource()
{
    filesOf(Side::Left).canonical(m_source).then(this, [this](const Result<FilePath> &source) {
        if (source) {
            m_source = *source;
            checkSource();
        } else {
            failAt(Side::Left, source.error());
        }
    });
}

void SyncVerb::checkSource()
{
    filesOf(Side::Left).status(m_source).then(this, [this](const Result<FileEntry> &status) {
        if (!status) {
            failAt(Side::Left, status.error());
        } else if (status->attributes.type() != files::FileType::Directory) {
            failAt(Side::Left, base::Error::fromErrno(ENOTDIR, u"sync"_s, m_source.toDisplay()));
        } else {
            findTarget();
        }
    });
}

void SyncVerb::findTarget()
{
    filesOf(Side::Right).status(m_target).then(this, [this](const Result<FileEntry> &status) {
        if (!status && status.error().kind == base::ErrorKind::NotFound) {
            begin();
        } else if (!status) {
            failAt(Side::Right, status.error());
        } else if (!status->isEnterable()) {
            failAt(Side::Right, base::Error::fromErrno(ENOTDIR, u"sync"_s, m_target.toDisplay()));
        } else {
            resolveTarget();
        }
    });
}

void SyncVerb::resolveTarget()
{
    filesOf(Side::Right).canonical(m_target).then(this, [this](const Result<FilePath> &target) {
        if (target) {
            m_target = *target;
            begin();
        } else {
            failAt(Side::Right, target.error());
        }
    });
}

void SyncVerb::begin()
{
    using synchronize::TreeComparison;
    if (m_isSameMachine && (m_source.contains(m_target) || m_target.contains(m_source))) {
        report(
            u"%1 and %2 are the same directory, or one is in the other: name two that are apart."_s
                .arg(m_source.toDisplay(), m_target.toDisplay()));
        print({}, ExitStatus::SomeFailed);
        return;
    }
    if (m_request.watches) {
        watch();
        return;
    }
    m_comparison = std::make_unique<TreeComparison>(place(Side::Left), place(Side::Right),
                                                    m_request.comparison);
    connect(m_comparison.get(), &TreeComparison::finished, this, &SyncVerb::handleCompared);
    m_comparison->start();
}

// What has not arrived may be what an extra file is the last copy of: nothing is removed then.
void SyncVerb::handleCompared(const Result<synchronize::TreeRows> &rows)
{
    if (!rows) {
        fail(rows.error());
        return;
    }
    m_plan = synchronize::SyncPlan(*rows, m_request.rules);
    if (m_request.rules.deletes && m_plan.conflicts() + m_plan.unreadable() > 0) {
        const synchronize::SyncSums &sums = m_plan.sums(Side::Right);
        m_hasKept = sums.deletedFiles + sums.deletedDirectories > 0;
        m_request.rules.deletes = false;
        m_plan.setRules(m_request.rules);
    }
    m_request.isDryRun ? printPlan() : carryOut();
}

void SyncVerb::printPlan()
{
    if (m_hasKept) {
        report(u"Nothing would be removed, because not everything can be copied."_s);
    }
    if (options().printsSummary) {
        print(planJson(m_plan, sides()), ExitStatus::Success);
        return;
    }
    for (const QString &sentence : refusals(m_plan)) {
        report(sentence);
    }
    print(planLines(m_plan, sides()), ExitStatus::Success);
}

void SyncVerb::carryOut()
{
    using synchronize::RunProgress;
    using synchronize::SyncRun;
    m_run = std::make_unique<SyncRun>(
        place(Side::Left), place(Side::Right),
        synchronize::CopyRoutes{routeTo(Side::Left), routeTo(Side::Right)}, m_plan,
        synchronize::RunOptions{copyOptions(), options().bytesPerSecond});
    connect(m_run.get(), &SyncRun::progressed, this, [this](const RunProgress &progress) {
        if (progress.phase == RunProgress::Phase::Copying) {
            follow(progress.copying);
        }
    });
    connect(m_run.get(), &SyncRun::finished, this, &SyncVerb::handleFinished);
    beginWork();
    m_run->start();
}

void SyncVerb::watch()
{
    using synchronize::TreeKeeper;
    synchronize::KeeperOptions keeper;
    keeper.comparison = m_request.comparison;
    keeper.run = {copyOptions(), options().bytesPerSecond};
    keeper.deletes = m_request.rules.deletes;
    keeper.keepsNewer = m_request.rules.newerWins;
    m_keeper = std::make_unique<TreeKeeper>(place(Side::Left), place(Side::Right), keeper,
                                            routeTo(Side::Right));
    connect(m_keeper.get(), &TreeKeeper::updated, this, &SyncVerb::handleRound);
    connect(m_keeper.get(), &TreeKeeper::roundFailed, this,
            [](const base::Error &reason) { report(reason); });
    connect(m_keeper.get(), &TreeKeeper::failed, this, [this](const base::Error &reason) {
        endWork();
        report(ui::watchFailureText(reason).toSentence());
        print({}, ExitStatus::SomeFailed);
    });
    beginWork();
    m_keeper->start();
}

// What has got further has a right to as many tries as before.
void SyncVerb::handleRound(const synchronize::RunSummary &summary)
{
    allowRetries();
    reportRun(summary);
    write(options().printsSummary ? roundJson(summary) : roundLine(summary));
}

void SyncVerb::cancelWork()
{
    if (m_keeper != nullptr) {
        m_keeper->stop();
        endWork();
    } else {
        m_run->cancel();
    }
}

void SyncVerb::suspendWork(ServerLink &link)
{
    m_comparison.reset(); // nothing has begun: it is made anew, if at all
    if (m_keeper != nullptr) {
        m_keeper->suspend();
    } else if (m_run != nullptr) {
        useFiles(link, nullptr);
    }
}

void SyncVerb::resumeWork(ServerLink &link)
{
    if (m_keeper != nullptr) {
        m_keeper->resume(link.client());
    } else {
        useFiles(link, &link.client());
    }
}

void SyncVerb::useFiles(const ServerLink &link, files::FileSystem *files)
{
    for (const Side side : {Side::Left, Side::Right}) {
        if (linkOf(side) == &link) {
            m_run->useFiles(side, files);
        }
    }
}

void SyncVerb::handleFinished(const Result<synchronize::RunSummary> &summary)
{
    if (endWork()) {
        return;
    }
    if (summary) {
        tell(*summary);
    } else {
        fail(summary.error());
    }
}

void SyncVerb::reportRun(const synchronize::RunSummary &summary)
{
    for (const transfer::CopyNote &note : summary.notes) {
        report(ui::copyNoteText(note));
    }
    for (const synchronize::RunFailure &failure : summary.failures) {
        report(ui::syncFailureText(failure).toSentence());
    }
}

void SyncVerb::tell(const synchronize::RunSummary &summary)
{
    const QStringList refused = refusals(m_plan);
    for (const QString &sentence : refused) {
        report(sentence);
    }
    reportRun(summary);
    if (m_hasKept || summary.kept > 0) {
        report(u"Nothing was removed, because not everything was copied."_s);
    }
    const bool isComplete = summary.failures.isEmpty() && refused.isEmpty();
    print(options().printsSummary ? summaryJson(summary, m_plan) : QByteArray(),
          isComplete ? ExitStatus::Success : ExitStatus::SomeFailed);
}

} // namespace app
