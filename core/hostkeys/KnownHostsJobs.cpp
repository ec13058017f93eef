#include "hostkeys/KnownHostsJobs.h"

#include "hostkeys/KnownHostsFile.h"

#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace hostkeys {
namespace {

// The argument of the work is the value that it has, which takes the place of captured copies.
template<typename Value, typename Work>
auto inPool(const Value &value, const Work &work)
{
    return QtFuture::makeReadyValueFuture(value).then(QThreadPool::globalInstance(), work);
}

base::Result<KnownHostsImport> import(const QList<KnownHosts::Source> &sources, const QString &from)
{
    const auto failure = [&from](base::ErrorKind kind) {
        return base::Failure(base::Error{.kind = kind,
                                         .operation = QStringLiteral("import host keys"),
                                         .subject = from,
                                         .detail = {}});
    };
    const auto writable
        = std::ranges::find(sources, KnownHosts::Role::Writable, &KnownHosts::Source::role);
    if (writable == sources.end()) {
        return failure(base::ErrorKind::ReadOnly);
    }
    if (!QFileInfo::exists(from)) {
        return failure(base::ErrorKind::NotFound);
    }
    const auto content = KnownHostsFile(from).read();
    const auto hosts = KnownHosts::load(sources);
    if (!content || !hosts) {
        return base::Failure(content ? hosts.error() : content.error());
    }
    auto plan = KnownHostsImport::plan(*hosts, *content);
    return plan.writeTo(writable->path).transform([&plan] { return std::move(plan); });
}

} // namespace

QFuture<KnownHosts::Survey> surveyInPool(const QList<KnownHosts::Source> &sources)
{
    return inPool(sources,
                  [](const QList<KnownHosts::Source> &files) { return KnownHosts::survey(files); });
}

QFuture<base::Result<void>> applyInPool(const QList<FileChange> &changes)
{
    return inPool(changes, [](const QList<FileChange> &all) { return apply(all); });
}

QFuture<base::Result<QList<FileChange>>> replaceInPool(const TrustScope &scope, const HostKey &key)
{
    return inPool(scope, [key](const TrustScope &where) {
        return KnownHosts::load(where.sources)
            .and_then([&](const KnownHosts &hosts) {
                return replacementsOf(hosts, where.host, where.port, key);
            })
            .and_then([](const QList<FileChange> &changes) {
                return apply(changes).transform([&changes] { return changes; });
            });
    });
}

QFuture<base::Result<KnownHostsImport>> importInPool(const QList<KnownHosts::Source> &sources,
                                                     const QString &from)
{
    return inPool(sources,
                  [from](const QList<KnownHosts::Source> &files) { return import(files, from); });
}

} // namespace hostkeys
