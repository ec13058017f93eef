#include "app/headless/PutVerb.h"

namespace app {

PutVerb::PutVerb(ssh::ConnectionSettings settings, QByteArrayList sources, QByteArray destination,
                 const TransferOptions &options)
    : TransferVerb(std::move(settings), options)
    , m_sources(std::move(sources))
    , m_destination(std::move(destination))
{
}

void PutVerb::prepare()
{
    const files::FilePath path(m_destination);
    if (path.isAbsolute()) {
        look(path.normalized());
        return;
    }
    client().canonical({}).then(this, [this](const base::Result<files::FilePath> &home) {
        if (home) {
            look(home->child(m_destination).normalized());
        } else {
            fail(home.error());
        }
    });
}

void PutVerb::look(const files::FilePath &destination)
{
    client()
        .status(destination)
        .then(this, [this, destination](const base::Result<files::FileEntry> &status) {
            if (status) {
                beginTo(destination,
                        status->isEnterable() ? Destination::Directory : Destination::Name);
            } else if (status.error().kind == base::ErrorKind::NotFound) {
                beginTo(destination, Destination::Name);
            } else {
                fail(status.error());
            }
        });
}

void PutVerb::beginTo(const files::FilePath &destination, Destination kind)
{
    const bool isDirectory = kind == Destination::Directory;
    if (!isDirectory && (m_sources.size() > 1 || m_destination.endsWith('/'))) {
        fail(notADirectory(destination));
        return;
    }
    transfer::TransferRequest request;
    request.direction = transfer::Direction::Upload;
    for (const QByteArray &source : std::as_const(m_sources)) {
        request.sources.append(absoluteLocalPath(source));
    }
    request.targetDirectory = isDirectory ? destination : destination.parent();
    if (!isDirectory) {
        request.targetNames = {{destination.name()}};
    }
    begin(request);
}

} // namespace app
