#include "app/headless/GetVerb.h"

#include <sys/stat.h>

#include <algorithm>

namespace app {
namespace {

bool isDirectory(const files::FilePath &path)
{
    struct stat status;
    return ::stat(path.bytes().constData(), &status) == 0 && S_ISDIR(status.st_mode);
}

} // namespace

GetVerb::GetVerb(ssh::ConnectionSettings settings, QByteArrayList sources, QByteArray destination,
                 const TransferOptions &options)
    : TransferVerb(std::move(settings), options)
    , m_sources(std::move(sources))
    , m_destination(std::move(destination))
{
}

void GetVerb::prepare()
{
    const bool areAbsolute = std::ranges::all_of(
        m_sources, [](const QByteArray &source) { return files::FilePath(source).isAbsolute(); });
    if (areAbsolute) { // nobody needs to know where they would start from
        beginFrom({});
        return;
    }
    client().canonical({}).then(this, [this](const base::Result<files::FilePath> &home) {
        if (home) {
            beginFrom(*home);
        } else {
            fail(home.error());
        }
    });
}

void GetVerb::beginFrom(const files::FilePath &home)
{
    transfer::TransferRequest request;
    request.direction = transfer::Direction::Download;
    for (const QByteArray &source : std::as_const(m_sources)) {
        const files::FilePath path(source);
        request.sources.append((path.isAbsolute() ? path : home.child(source)).normalized());
    }
    request.targetDirectory = absoluteLocalPath(m_destination);
    if (!isDirectory(request.targetDirectory)) {
        if (request.sources.size() > 1 || m_destination.endsWith('/')) {
            fail(notADirectory(request.targetDirectory));
            return;
        }
        request.targetNames = {{request.targetDirectory.name()}};
        request.targetDirectory = request.targetDirectory.parent();
    }
    begin(request);
}

} // namespace app
