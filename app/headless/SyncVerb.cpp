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

SyncVerb::SyncVerb(ssh::ConnectionSettings settings, SyncRequest request)
    : TransferVerb(std::move(settings), request.options)
    , m_request(std::move(request))
{
}

files::FileSystem &SyncVerb::sourceFiles()
{
    return isUpload() ? static_cast<files::FileSystem &>(m_localFiles) : client();
}

files::FileSystem &SyncVerb::targetFiles()
{
    return isUpload() ? static_cast<files::FileSystem &>(client()) : m_localFiles;
}

void SyncVerb::prepare()
{
    client().canonical({}).then(this, [this](const Result<FilePath> &home) {
        if (home) {
            findSource(*home);
        } else {
            fail(home.error());
        }
    });
}

void SyncVerb::findSource(const FilePath &home)
{
    const FilePath path(m_request.remote.path);
    const FilePath remote = (path.isAbsolute() ? path : home.child(path.bytes())).normalized();
    const FilePath local = absoluteLocalPath(m_request.local);
    m_source = isUpload() ? local : remote;
    m_target = isUpload() ? remote : local;
    sourceFiles().canonical(m_source).then(this, [this](const Result<FilePath> &source) {
        if (source) {
            checkSource(*source);
        } else {
            fail(source.error());
        }
    });
}

void SyncVerb::checkSource(const FilePath &source)
{
    m_source = source;
    sourceFiles().status(m_source).then(this, [this](const Result<FileEntry> &status) {
        if (!status) {
            fail(status.error());
        } else if (status->attributes.type() != files::FileType::Directory) {
            fail(base::Error::fromErrno(ENOTDIR, u"sync"_s, m_source.toDisplay()));
        } else {
            findTarget();
        }
    });
}

void SyncVerb::findTarget()
{
    targetFiles().status(m_target).then(this, [this](const Result<FileEntry> &status) {
        if (!status && status.error().kind == base::ErrorKind::NotFound) {
            begin();
        } else if (!status) {
            fail(status.error());
        } else if (!status->isEnterable()) {
            fail(base::Error::fromErrno(ENOTDIR, u"sync"_s, m_target.toDisplay()));
        } else {
            resolveTarget();
        }
    });
}

void SyncVerb::resolveTarget()
{
    targetFiles().canonical(m_target).then(this, [this](const Result<FilePath> &target) {
        if (target) {
            m_target = *target;
            begin();
        } else {
            fail(target.error());
        }
    });
}

Side SyncVerb::local() const
{
    return isUpload() ? Side::Left : Side::Right;
}

void SyncVerb::begin()
{
    using synchronize::TreeComparison;
    if (m_request.watches) {
        watch();
        return;
    }
    m_comparison = std::make_unique<TreeComparison>(synchronize::Place{&sourceFiles(), m_source},
                                                    synchronize::Place{&targetFiles(), m_target},
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
    print(options().printsSummary ? planJson(m_plan, local()) : planLines(m_plan, local()),
          ExitStatus::Success);
}

void SyncVerb::carryOut()
{
    using synchronize::RunProgress;
    using synchronize::SyncRun;
    m_run = std::make_unique<SyncRun>(
        synchronize::Place{&sourceFiles(), m_source}, synchronize::Place{&targetFiles(), m_target},
        synchronize::CopyRoutes::withServer(local(), queue()), m_plan,
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
    m_keeper = std::make_unique<TreeKeeper>(synchronize::Place{&m_localFiles, m_source},
                                            synchronize::Place{&client(), m_target}, keeper,
                                            synchronize::CopyRoute{&queue()});
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

void SyncVerb::suspendWork()
{
    m_comparison.reset(); // nothing has begun: it is made anew, if at all
    if (m_keeper != nullptr) {
        m_keeper->suspend();
    } else if (m_run != nullptr) {
        m_run->useFiles(otherSide(local()), nullptr);
    }
}

void SyncVerb::resumeWork()
{
    if (m_keeper != nullptr) {
        m_keeper->resume(client());
    } else {
        m_run->useFiles(otherSide(local()), &client());
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
