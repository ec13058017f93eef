#include "app/headless/SyncVerb.h"

#include "app/headless/Report.h"
#include "base/DisplayText.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using base::Result;
using files::FileEntry;
using files::FilePath;
using transfer::Difference;

QString actionOf(Difference::Kind kind)
{
    switch (kind) {
    case Difference::Kind::Create:
        return u"create"_s;
    case Difference::Kind::Replace:
        return u"replace"_s;
    case Difference::Kind::Extra:
        return u"remove"_s;
    case Difference::Kind::Obstacle:
        break;
    }
    return u"refuse"_s; // a copy fails there
}

QString pathOf(const Difference &difference)
{
    const QByteArray path = difference.names.join('/');
    return base::displayText(QByteArrayView(path)) + (difference.isDirectory ? u"/"_s : QString());
}

} // namespace

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
            beginCopy();
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
            beginCopy();
        } else {
            fail(target.error());
        }
    });
}

void SyncVerb::beginCopy()
{
    if (m_target.name().isEmpty()) {
        fail(base::Error::fromErrno(EBUSY, u"sync"_s, m_target.toDisplay())); // the root
        return;
    }
    if (m_request.isDryRun) {
        compare([this](const Differences &differences) { printDifferences(differences); });
        return;
    }
    transfer::TransferRequest request;
    request.direction = m_request.direction;
    request.sources = {m_source};
    request.targetDirectory = m_target.parent();
    request.targetNames = {{m_target.name()}};
    begin(request);
}

template<typename Then>
void SyncVerb::compare(const Then &then)
{
    using transfer::TreeDifference;
    auto *difference = new TreeDifference({&sourceFiles(), m_source}, {&targetFiles(), m_target},
                                          options().links, this);
    connect(difference, &TreeDifference::finished, this,
            [this, difference, then](const Result<Differences> &differences) {
                difference->deleteLater();
                if (differences) {
                    then(*differences);
                } else {
                    fail(differences.error());
                }
            });
    difference->start();
}

void SyncVerb::printDifferences(const Differences &differences)
{
    QJsonArray array;
    QString lines;
    for (const Difference &difference : differences) {
        if (difference.kind == Difference::Kind::Extra && !m_request.removesExtra) {
            continue;
        }
        const QString action = actionOf(difference.kind);
        array.append(QJsonObject{{u"action"_s, action}, {u"path"_s, pathOf(difference)}});
        lines += action + u' ' + pathOf(difference) + u'\n';
    }
    print(options().printsSummary ? QJsonDocument(array).toJson(QJsonDocument::Compact) + '\n'
                                  : lines.toUtf8(),
          ExitStatus::Success);
}

// What has not arrived may be what an extra file is the last copy of: nothing is removed then.
void SyncVerb::conclude(const transfer::Summary &summary)
{
    if (!m_request.removesExtra) {
        tell(summary);
    } else if (!summary.failures.isEmpty()) {
        report(u"Nothing was removed, because not everything was copied."_s);
        tell(summary, {{u"removed"_s, 0}});
    } else {
        compare(
            [this, summary](const Differences &differences) { removeExtra(summary, differences); });
    }
}

void SyncVerb::removeExtra(const transfer::Summary &summary, const Differences &differences)
{
    struct Removal
    {
        transfer::Summary summary;
        int left = 1; // with this call
        int removed = 0;
    };
    const auto removal = std::make_shared<Removal>(Removal{summary}); // of all the answers
    const auto settle = [this, removal] {
        if (--removal->left == 0) {
            tell(removal->summary, {{u"removed"_s, removal->removed}});
        }
    };
    for (const Difference &difference : differences) {
        if (difference.kind != Difference::Kind::Extra) {
            continue;
        }
        ++removal->left;
        const FilePath path = m_target.child(difference.names.join('/'));
        targetFiles().removeTree(path).then(
            this, [removal, settle, path](const Result<void> &removed) {
                removal->removed += removed ? 1 : 0;
                if (!removed) {
                    removal->summary.failures.append({path, removed.error()});
                }
                settle();
            });
    }
    settle();
}

} // namespace app
